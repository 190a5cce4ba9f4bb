import { match as matchShape, type Match } from "@minka/contracts/matches";
import { request as requestShape, type Request } from "@minka/contracts/matching";
import type { Need } from "@minka/contracts/need";
import { newId } from "@minka/database/new-id";
import { loanRequirements } from "@minka/domain/vocabulary";
import { countSegments, foldToGsm7 } from "@minka/language/gsm7";
import { renderText } from "@minka/language/texts";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { sayAsked } from "../src/conversations/say-asked.ts";
import { sayList, sayOffer, sayWhere, visitText } from "../src/conversations/say-match.ts";

const now = new Date("2026-11-24T14:00:00Z");

const newcomer = { code: "new-provider", parameters: {} };

function match(over: Partial<Match> = {}): Match {
  return matchShape.parse({
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
    reasons: [newcomer],
    askExpiresAt: null,
    declineReason: null,
    ...over,
  });
}

const request = (need: Need, matches: Match[]): Request =>
  requestShape.parse({
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

test("a list says why each is on it, and what has to be known before choosing", () => {
  const reasons: Match["reasons"] = [
    { code: "distance", parameters: { km: 9 } },
    { code: "crop", parameters: { crop: "cacao" } },
    { code: "price", parameters: { centimos: 3_000 } },
    { code: "answers-in", parameters: { hours: 2 } },
    { code: "rating", parameters: { mean: 4.6, count: 17 } },
  ];
  const visit = { priceCentimos: 3_000, priceUnit: "visita", distanceKm: 9, reasons };
  expect(listed("assistance", visit)).toBe(
    "1 Agro Tocache, a 9 km, atiende cacao, S/ 30, contesta en 2 h, 4.6 de 17 opiniones",
  );
  const later = { code: "later-month", parameters: { month: "2026-12" } };
  const call = { distanceKm: null, byPhone: true, reasons: [{ code: "by-phone", parameters: {} }, later] };
  expect(listed("assistance", call)).toContain("por teléfono, S/ 161, desde diciembre");
  const urea = [{ code: "product", parameters: { product: "urea" } }, newcomer];
  const matches = [match({ reasons: urea, offerTitle: "Urea 46 %" })];
  const lineFor = (product: "fertilizer" | "urea") =>
    sayList(request({ kind: "input", product }, matches), matches).split("\n")[1];
  expect(lineFor("fertilizer")).toBe("1 Agro Tocache, urea, S/ 161/saco, nuevo");
  expect(lineFor("urea")).toBe("1 Agro Tocache, Urea 46 %, S/ 161/saco, nuevo");
});

test("whatever speaks for three offers, their list fits two segments and keeps what has to be known", () => {
  const told = fc.record({
    km: fc.option(fc.integer({ min: 1, max: 500 })),
    soles: fc.integer({ min: 0, max: 9_999 }),
    hours: fc.option(fc.integer({ min: 1, max: 40 })),
    rating: fc.option(fc.integer({ min: 1, max: 999 })),
    asks: fc.boolean(),
    kind: fc.constantFrom<Need["kind"]>("assistance", "credit", "input"),
  });
  fc.assert(
    fc.property(fc.array(told, { minLength: 3, maxLength: 3 }), ([first, ...rest]) => {
      const kind = first?.kind ?? "assistance";
      const matches = [first, ...rest].map((each) =>
        match({
          providerName: "Rosalbina Esperanza Pinedo Shupingahua",
          distanceKm: each?.km ?? null,
          priceCentimos: (each?.soles ?? 0) * 100,
          priceUnit: kind === "input" ? "saco de 50 kg" : null,
          reasons: [
            { code: "crop", parameters: { crop: "cacao" } },
            ...(each?.hours ? [{ code: "answers-in", parameters: { hours: each.hours } }] : []),
            ...(each?.rating
              ? [{ code: "rating", parameters: { mean: 4.6, count: each.rating } }]
              : [newcomer]),
            ...(each?.asks && kind === "credit"
              ? [{ code: "missing", parameters: { requirements: "land_title,association_endorsement" } }]
              : []),
            ...(each?.asks && kind !== "credit" ? [{ code: "adviser-sells", parameters: {} }] : []),
            ...(each?.asks && kind === "assistance"
              ? [{ code: "later-month", parameters: { month: "2026-09" } }]
              : []),
          ],
        }),
      );
      const text = foldToGsm7(sayList(request({ kind }, matches), matches));
      expect(countSegments(text).segments, text).toBeLessThanOrEqual(2);
      for (const [index, each] of [first, ...rest].entries())
        if (each?.asks) expect(text.split("\n")[index + 1]).toMatch(/pide |tambi.n vende/);
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

test("which papers a lender wants is told once it is chosen, as many as two segments hold", () => {
  const requirements = ["identity_document", "guarantor"];
  const missing = (codes: readonly string[]) => ({
    reasons: [{ code: "missing", parameters: { requirements: codes.join(",") } }, newcomer],
  });
  expect(listed("credit", missing(requirements))).toBe("1 Agro Tocache, S/ 161/saco, pide papeles, nuevo");
  const asked = (codes: readonly string[]) =>
    sayAsked({ match: match(missing(codes)), expiresAt: new Date("2026-11-25T12:00:00Z"), now });
  expect(asked(requirements)).toMatch(/^Le preguntamos a Agro Tocache\. .+ Le pedirán: DNI, garante\.$/);
  expect(asked([])).not.toContain("pedirán");
  const all = asked(loanRequirements);
  expect(all).toMatch(/ y más\.$/);
  expect(countSegments(foldToGsm7(all)).segments).toBeLessThanOrEqual(2);
});

test("a list says in which state a harvest is bought, and the buyer in which it is sold", () => {
  const reasons = [{ code: "crop-state", parameters: { state: "wet" } }, newcomer];
  const buyer = match({ priceCentimos: 300, priceUnit: "kg", reasons });
  const sold: Need = { kind: "purchase", crop: "cacao", state: "wet", quantity: 5, unit: "quintal" };
  expect(sayList(request(sold, [buyer]), [buyer])).toContain(
    "\n1 Agro Tocache, compra en baba, paga S/ 3/kg",
  );
  expect(sayOffer(request(sold, []), buyer, now)).toContain("comprador de 5 quintales de cacao en baba");
});

test("an urgent order says so first, and that whoever is quicker goes", () => {
  const need: Need = { kind: "assistance", topic: "pest_management", crop: "cacao", urgency: "urgent" };
  expect(sayOffer(request(need, []), match(), now)).toMatch(/^URGENTE: visita .+ Va quien acepte primero\./);
});

test("who advises by phone does not come: the texts of being served are said", () => {
  const call = match({ byPhone: true });
  const visit = match();
  const about = request({ kind: "assistance" }, [call, visit]);
  expect(visitText(about, "outcome", call.id)).toBe("outcome_deal");
  expect(visitText(about, "outcome", visit.id)).toBe("outcome");
});
