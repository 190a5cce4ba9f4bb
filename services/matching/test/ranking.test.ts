import { kinds } from "@minka/domain/vocabulary";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { explain } from "../src/ranking/explain.ts";
import { rankCandidates, type Knowledge } from "../src/ranking/rank-candidates.ts";
import { partsOf, scoreOf, scoreParts, type Facts } from "../src/ranking/score.ts";
import { weightsOf } from "../src/ranking/weights.ts";
import { candidate } from "./fake-catalog.ts";

const count = fc.integer({ min: 0, max: 500 });
const facts: fc.Arbitrary<Facts> = fc
  .record({
    fits: fc.record({ topic: fc.boolean(), crop: fc.boolean() }),
    distanceKm: fc.option(fc.double({ min: 0, max: 900, noNaN: true })),
    priceCentimos: fc.option(fc.integer({ min: 0, max: 1_000_000_000 })),
    confirmedDaysAgo: fc.integer({ min: 0, max: 2_000 }),
    ratings: count,
    stars: fc.double({ min: 1, max: 5, noNaN: true }),
    asks: count,
    answered: fc.double({ min: 0, max: 1, noNaN: true }),
    minutesEach: fc.integer({ min: 0, max: 600 }),
    noShows: fc.integer({ min: 0, max: 20 }),
    openAsks: count,
    room: fc.option(
      fc
        .integer({ min: 1, max: 1_000 })
        .chain((of) => fc.record({ of: fc.constant(of), left: fc.integer({ min: -5, max: of }) })),
    ),
  })
  .map(({ stars, answered, minutesEach, ...rest }) => {
    const answers = Math.floor(rest.asks * answered);
    return {
      ...rest,
      answers,
      ratingSum: Math.round(rest.ratings * stars),
      answerMinutesSum: answers * minutesEach,
    };
  });
const kind = fc.constantFrom(...kinds);
const score = (of: Facts, forKind: (typeof kinds)[number] = "assistance") =>
  scoreOf(partsOf(of), weightsOf[forKind]);

const unknownYet: Knowledge = {
  ratings: 0,
  ratingSum: 0,
  asks: 0,
  answers: 0,
  answerMinutesSum: 0,
  noShows: 0,
  openAsks: 0,
  used: 0,
};
const request = { id: "0193f6f0-0000-7000-8000-000000000001", need: { kind: "assistance" as const } };
const now = new Date("2026-11-24T14:00:00Z");

test("the weights of every kind sum to one", () => {
  for (const weights of Object.values(weightsOf))
    expect(scoreParts.reduce((sum, part) => sum + weights[part], 0)).toBeCloseTo(1, 10);
});

test("score and parts stay within zero and one", () => {
  fc.assert(
    fc.property(facts, kind, (of, forKind) => {
      for (const value of [...Object.values(partsOf(of)), score(of, forKind)]) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test("a nearer, better rated, cheaper or freer offer is never worse", () => {
  fc.assert(
    fc.property(facts, kind, fc.integer({ min: 0, max: 300 }), (of, forKind, by) => {
      const base = score(of, forKind);
      const better: Partial<Facts>[] = [
        { distanceKm: of.distanceKm === null ? null : Math.max(0, of.distanceKm - by) },
        { ratingSum: Math.min(of.ratings * 5, of.ratingSum + by) },
        { ratings: of.ratings + 1, ratingSum: of.ratingSum + 5 },
        { noShows: Math.max(0, of.noShows - by) },
        { answerMinutesSum: Math.max(0, of.answerMinutesSum - by) },
        { openAsks: Math.max(0, of.openAsks - by) },
        { confirmedDaysAgo: Math.max(0, of.confirmedDaysAgo - by) },
        { fits: { topic: true, crop: true } },
      ];
      for (const change of better)
        expect(score({ ...of, ...change }, forKind)).toBeGreaterThanOrEqual(base - 1e-12);
      const paid = of.priceCentimos ?? 0;
      expect(score({ ...of, priceCentimos: Math.max(0, paid - by) })).toBeGreaterThanOrEqual(
        score({ ...of, priceCentimos: paid }) - 1e-12,
      );
    }),
  );
});

test("one five from a cousin does not beat forty fours", () => {
  const of = (ratings: number, ratingSum: number) =>
    partsOf({
      ...unknownYet,
      fits: { topic: true, crop: true },
      distanceKm: 1,
      priceCentimos: 0,
      confirmedDaysAgo: 0,
      room: null,
      ratings,
      ratingSum,
    }).rating;
  expect(of(40, 170)).toBeGreaterThan(of(1, 5));
  expect(of(0, 0)).toBeGreaterThan(of(20, 50));
});

test("a full offer is not listed, and a provider is listed once, with its better offer", () => {
  const full = candidate({ monthlyCapacity: 3 });
  const near = candidate({ distanceKm: 2 });
  const far = candidate({ distanceKm: 40, providerId: near.providerId });
  const list = rankCandidates(
    request,
    [
      { candidate: full, knowledge: { ...unknownYet, used: 3 } },
      { candidate: far, knowledge: unknownYet },
      { candidate: near, knowledge: unknownYet },
    ],
    { now, wider: false },
  );
  expect(list.map(({ candidate: { offerId } }) => offerId)).toEqual([near.offerId]);
});

test("equal offers take turns at the top from request to request, and the same request ranks the same", () => {
  const equals = [candidate(), candidate(), candidate()].map((each) => ({
    candidate: each,
    knowledge: unknownYet,
  }));
  const first = (id: string, order = equals) =>
    rankCandidates({ ...request, id }, order, { now, wider: false })[0]?.candidate.offerId;
  const tops = new Set(Array.from({ length: 60 }, (_, index) => first(`request ${index}`)));
  expect(tops.size).toBe(3);
  expect(first("same", equals.toReversed())).toBe(first("same"));
});

test("reasons name what counted, and nothing that is not known", () => {
  const need = { kind: "assistance", topic: "pruning", crop: "cacao" } as const;
  const known: Facts = {
    fits: { topic: true, crop: true },
    distanceKm: 9.2,
    priceCentimos: 3_000,
    confirmedDaysAgo: 3,
    ratings: 17,
    ratingSum: 78,
    asks: 12,
    answers: 10,
    answerMinutesSum: 1_000,
    noShows: 0,
    openAsks: 0,
    room: null,
  };
  expect(explain(need, known, { wider: false, womanOnly: false })).toEqual([
    { code: "topic", parameters: { topic: "pruning" } },
    { code: "crop", parameters: { crop: "cacao" } },
    { code: "distance", parameters: { km: 9 } },
    { code: "price", parameters: { centimos: 3_000 } },
    { code: "rating", parameters: { mean: 4.6, count: 17 } },
    { code: "answers-in", parameters: { hours: 2 } },
  ]);
  const blank: Facts = {
    ...known,
    fits: { topic: false, crop: false },
    distanceKm: null,
    priceCentimos: null,
    ratings: 0,
    ratingSum: 0,
    answers: 1,
  };
  expect(explain(need, blank, { wider: true, womanOnly: true }).map(({ code }) => code)).toEqual([
    "serves-area",
    "new-provider",
    "woman",
    "wider-search",
  ]);
});
