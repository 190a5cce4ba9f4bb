import type { Match, Request } from "@minka/contracts/matching";
import type { Need } from "@minka/contracts/need";
import { newId } from "@minka/database/new-id";
import { countSegments, foldToGsm7 } from "@minka/language/gsm7";
import { renderText } from "@minka/language/texts";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { sayList, sayOffer, sayWhere } from "../src/conversations/say-match.ts";

const now = new Date("2026-11-24T14:00:00Z");

function match(over: Partial<Match> = {}): Match {
  return {
    id: newId(),
    rank: 1,
    round: 1,
    state: "listed",
    offerId: newId(),
    offerVersion: 1,
    providerId: newId(),
    providerName: "Agro Tocache",
    providerPersonId: newId(),
    distanceKm: null,
    priceCentimos: 16_100,
    priceUnit: "saco",
    score: 0.8,
    reasons: [],
    askExpiresAt: null,
    declineReason: null,
    ...over,
  };
}

const request = (need: Need, matches: Match[]): Request => ({
  id: newId(),
  personId: newId(),
  openedThrough: null,
  need,
  districtCode: "221001",
  placeName: null,
  state: "listed",
  womanOnly: false,
  openedAt: now.toISOString(),
  round: 1,
  listExpiresAt: now.toISOString(),
  reason: null,
  matches,
  engagement: null,
});

/** The line of the only match on a list. */
const listed = (kind: Need["kind"], over: Partial<Match>) => {
  const matches = [match(over)];
  return sayList(request({ kind }, matches), matches).split("\n")[1];
};
const asked = (kind: Need["kind"], over: Partial<Match>) => sayOffer(request({ kind }, []), match(over), now);

test("a price says what it is for, but for a visit", () => {
  expect(listed("input", {})).toBe("1 Agro Tocache, S/ 161/saco, nuevo");
  expect(listed("purchase", { priceCentimos: 950, priceUnit: "kg" })).toBe(
    "1 Agro Tocache, paga S/ 9.50/kg, nuevo",
  );
  expect(listed("credit", { priceUnit: null })).toBe("1 Agro Tocache, S/ 161, nuevo");
  expect(listed("assistance", { priceCentimos: 3_000, priceUnit: "visita" })).toBe(
    "1 Agro Tocache, S/ 30, nuevo",
  );
  expect(listed("service", { priceCentimos: null })).toBe("1 Agro Tocache, nuevo");
});

test("what is free has no unit", () => {
  expect(listed("input", { priceCentimos: 0 })).toBe("1 Agro Tocache, gratis, nuevo");
  expect(asked("input", { priceCentimos: 0 })).toContain(", gratis");
  expect(asked("input", { priceCentimos: 0 })).not.toContain("saco");
});

test("a provider reads the price with its unit too", () => {
  expect(asked("input", {})).toContain("S/ 161/saco");
  expect(asked("assistance", { priceUnit: "visita" }).replace("S/ ", "")).not.toContain("/");
});

test("a list of three fits two segments, whatever the names, prices and units", () => {
  const anyMatch = fc
    .record({
      providerName: fc.string({ minLength: 2, maxLength: 80 }),
      distanceKm: fc.option(fc.double({ min: 0, max: 999, noNaN: true })),
      priceCentimos: fc.option(fc.integer({ min: 0, max: 1_000_000_000 })),
      priceUnit: fc.option(
        fc.constantFrom("saco de 50 kg", "quintal", "plantón injertado 9", "{[€]}{[€]}{[€]}{[€]}"),
      ),
      rating: fc.option(fc.integer({ min: 1, max: 9_999 })),
    })
    .map(({ rating, ...over }) =>
      match({
        ...over,
        reasons: rating === null ? [] : [{ code: "rating", parameters: { mean: 4.7, count: rating } }],
      }),
    );
  const kinds = fc.constantFrom<Need["kind"]>("input", "purchase", "equipment", "assistance");
  fc.assert(
    fc.property(kinds, fc.array(anyMatch, { minLength: 3, maxLength: 3 }), (kind, matches) => {
      const text = foldToGsm7(sayList(request({ kind }, matches), matches));
      expect(countSegments(text).segments).toBeLessThanOrEqual(2);
    }),
  );
});

test("where somebody is expected fits two segments, whatever the hamlet is called; an offer does not say it", () => {
  const { need, ...where } = request({ kind: "assistance" }, []);
  fc.assert(
    fc.property(fc.string({ minLength: 2, maxLength: 80 }), (placeName) => {
      const place = sayWhere({ ...where, placeName });
      expect(place).toContain("(Tocache)");
      const text = renderText("agreed_provider", {
        requester: "x".repeat(24),
        place,
        day: "miércoles 25",
        phone: "987 654 321",
      });
      expect(countSegments(foldToGsm7(text)).segments).toBeLessThanOrEqual(2);
    }),
  );
  const named = { ...where, need, placeName: "Nuevo Horizonte" };
  expect(sayOffer(named, match(), now)).not.toContain("Horizonte");
});
