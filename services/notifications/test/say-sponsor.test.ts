import { match as matchShape, type Match } from "@minka/contracts/matches";
import { request as requestShape } from "@minka/contracts/matching";
import type { Need } from "@minka/contracts/need";
import { newId } from "@minka/database/new-id";
import { countSegments, foldToGsm7 } from "@minka/language/gsm7";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { sayList, sayOffer, saySponsorChanged } from "../src/conversations/say-match.ts";

const now = new Date("2026-11-24T14:00:00Z");

const match = (over: Partial<Match> = {}): Match =>
  matchShape.parse({
    id: newId(),
    rank: 1,
    round: 1,
    state: "listed",
    offerId: newId(),
    offerVersion: 1,
    providerId: newId(),
    providerName: "Rosa Pinedo",
    providerPersonId: newId(),
    distanceKm: 9,
    priceCentimos: 3_000,
    priceUnit: "visita",
    score: 0.8,
    reasons: [],
    askExpiresAt: null,
    declineReason: null,
    ...over,
  });

const request = (kind: Need["kind"], matches: Match[], districtCode = "221001") =>
  requestShape.parse({
    id: newId(),
    personId: newId(),
    openedThrough: null,
    need: { kind },
    districtCode,
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

const sponsor = (paysCentimos: number, name = "Cacao Andino") => ({ sponsor: { name, paysCentimos } });
const line = (over: Partial<Match>, kind: Need["kind"] = "assistance") => {
  const matches = [match(over)];
  return sayList(request(kind, matches), matches).split("\n")[1];
};

test("who asks reads who pays how much and what is left for them", () => {
  expect(line(sponsor(2_000))).toBe("1 Rosa Pinedo, a 9 km, Cacao Andino paga S/ 20, usted S/ 10");
  expect(line(sponsor(3_000))).toBe("1 Rosa Pinedo, a 9 km, S/ 30, lo paga Cacao Andino");
  expect(line({ ...sponsor(2_000), priceUnit: "jornal" }, "service")).toContain(
    "Cacao Andino paga S/ 20, usted S/ 10/jornal",
  );
  expect(line({})).toBe("1 Rosa Pinedo, a 9 km, S/ 30");
});

test("the provider reads from whom the money comes", () => {
  const asked = (over: Partial<Match>) => sayOffer(request("assistance", []), match(over), now);
  expect(asked(sponsor(2_000))).toContain(", S/ 30, S/ 20 los paga Cacao Andino.");
  expect(asked(sponsor(3_000))).toContain(", S/ 30, lo paga Cacao Andino.");
});

test("money that is gone: who asks reads what it costs now, and how to call it off", () => {
  expect(saySponsorChanged(match(), "assistance")).toMatch(/Rosa Pinedo usted paga S\/ 30\. .*CANCELAR/);
  expect(saySponsorChanged(match(sponsor(1_000)), "assistance")).toContain("usted paga S/ 20.");
});

test("three sponsored offers fit two segments, whatever the names, and each says who pays", () => {
  const sponsored = fc
    .record({
      providerName: fc.string({ minLength: 2, maxLength: 80 }),
      distanceKm: fc.option(fc.double({ min: 0, max: 999, noNaN: true })),
      priceCentimos: fc.integer({ min: 2, max: 1_000_000 }),
      share: fc.integer({ min: 1, max: 100 }),
      name: fc.string({ minLength: 2, maxLength: 80 }).map((name) => `Coop${name}`),
      rating: fc.option(fc.integer({ min: 1, max: 9_999 })),
    })
    .map(({ rating, share, name, priceCentimos, ...over }) =>
      match({
        ...over,
        priceCentimos,
        ...sponsor(Math.max(1, Math.floor((priceCentimos * share) / 100)), name),
        reasons: rating === null ? [] : [{ code: "rating", parameters: { mean: 4.7, count: rating } }],
      }),
    );
  fc.assert(
    fc.property(fc.array(sponsored, { minLength: 3, maxLength: 3 }), (matches) => {
      const text = foldToGsm7(sayList(request("assistance", matches, "190109"), matches));
      expect(countSegments(text).segments, text).toBeLessThanOrEqual(2);
      for (const option of text.split("\n").slice(1, 4)) expect(option).toContain("Coop");
    }),
  );
});
