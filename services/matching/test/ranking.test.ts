import type { Candidate } from "@minka/contracts/catalog";
import { mostByLot, scoreParts, weightsByKind, type Weights } from "@minka/contracts/weights";
import { kinds } from "@minka/domain/vocabulary";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { toldHours, toldMean } from "../src/standings/as-told.ts";
import { explain } from "../src/ranking/explain.ts";
import { firstVersion, firstWeights } from "../src/ranking/first-weights.ts";
import { priceParts } from "../src/ranking/price-part.ts";
import {
  answering,
  completion,
  discovery,
  help,
  rating,
  speed,
  type Knowledge,
} from "../src/ranking/provider-parts.ts";
import { rankCandidates, type Known, type Ranking } from "../src/ranking/rank-candidates.ts";
import { inOrder, scoreOf, type ScoreParts } from "../src/ranking/score.ts";
import { candidate } from "./fake-catalog.ts";

const now = new Date("2026-11-24T14:00:00Z");
const kind = fc.constantFrom(...kinds);
const first = { version: firstVersion, weights: firstWeights, travelFactors: {} };
const ranking: Ranking = {
  now,
  weights: first,
  sex: null,
  language: null,
  wider: false,
  womanOnly: false,
  wantedOfferId: null,
};
const request = {
  id: "0193f6f0-0000-7000-8000-000000000001",
  need: { kind: "assistance" as const },
  districtCode: "221001",
};

const nothing: Knowledge = {
  ratings: 0,
  ratingSum: 0,
  publishedRatings: 0,
  publishedSum: 0,
  asks: 0,
  answers: 0,
  answerMinutesSum: 0,
  completed: 0,
  noShows: 0,
  cancelledLate: 0,
  helped: 0,
  helpAsked: 0,
  openAsks: 0,
  used: 0,
  usedNext: 0,
};

const count = fc.integer({ min: 0, max: 300 });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const knowledge: fc.Arbitrary<Knowledge> = fc
  .record({
    ratings: count,
    asks: count,
    completed: count,
    noShows: count,
    cancelledLate: count,
    helpAsked: count,
  })
  .chain((known) =>
    fc
      .record({ stars: share, answered: share, minutes: count, helped: share, openAsks: count, used: count })
      .map(({ stars, answered, minutes, helped, openAsks, used }) => {
        const answers = Math.floor(known.asks * answered);
        return {
          ...nothing,
          ...known,
          answers,
          ratingSum: Math.round(known.ratings * (1 + 4 * stars)),
          answerMinutesSum: answers * minutes,
          helped: Math.floor(known.helpAsked * helped),
          openAsks,
          used,
        };
      }),
  );
const offered: fc.Arbitrary<Candidate> = fc
  .record({
    distanceKm: fc.option(fc.double({ min: 0, max: 900, noNaN: true })),
    priceCentimos: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
    priceUnit: fc.constantFrom("visita", "saco"),
    monthlyCapacity: fc.option(fc.integer({ min: 0, max: 400 })),
    fits: fc.record({ topic: fc.boolean(), crop: fc.boolean() }),
    confirmedOn: fc.constantFrom("2026-11-24", "2026-06-01", "2024-01-01"),
    topicLevel: fc.constantFrom("basic" as const, "specialist" as const, null),
    certified: fc.boolean(),
    womenFocused: fc.boolean(),
    byPhone: fc.boolean(),
  })
  .map((over) => candidate(over));
const known: fc.Arbitrary<Known> = fc.record({ candidate: offered, knowledge });
const parts = fc
  .tuple(...scoreParts.map(() => share))
  .map((values) => Object.fromEntries(scoreParts.map((part, at) => [part, values[at]])) as ScoreParts);
/** Any that may be set: each at least 0, together 1, by lot not more than is allowed. */
const anyWeights: fc.Arbitrary<Weights> = fc
  .tuple(...scoreParts.map(() => fc.nat(100)), fc.nat(100))
  .map((raw) => {
    const total = raw.reduce((sum, each) => sum + each, 0) + 1;
    const weights = Object.fromEntries(
      scoreParts.map((part, at) => [part, (raw[at] ?? 0) / total]),
    ) as Weights;
    const rotation = Math.min(weights.rotation, mostByLot);
    const rest = scoreParts.reduce((sum, part) => sum + (part === "rotation" ? 0 : weights[part]), 0);
    return { ...weights, rotation, fit: weights.fit + 1 - rest - rotation };
  });

test("the weights that Minka begins with are ones that an operator could set", () => {
  expect(weightsByKind.safeParse(firstWeights).error).toBeUndefined();
  const { assistance } = firstWeights;
  const refused = (weights: object) =>
    weightsByKind.safeParse({ ...firstWeights, assistance: weights }).error?.issues.length ?? 0;
  expect(refused({ ...assistance, fit: assistance.fit + 0.01 })).toBe(1);
  expect(refused({ ...assistance, fit: -0.1, distance: 0.52 })).toBeGreaterThan(0);
  const { rotation: _, ...unnamed } = assistance;
  expect(refused({ ...unnamed, fit: assistance.fit + 0.02 })).toBeGreaterThan(0);
  expect(refused({ ...assistance, rotation: 0.12, fit: 0.1 })).toBe(1);
});

test("parts and score stay within zero and one", () => {
  fc.assert(
    fc.property(fc.array(known, { maxLength: 12 }), kind, (all, of) => {
      const { ranked } = rankCandidates({ ...request, need: { kind: of } }, all, { ...ranking, sex: "f" });
      for (const each of ranked)
        for (const value of [each.score, ...Object.values(each.parts)]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
    }),
  );
});

test("better in one part and equal in the rest never ranks lower, by whatever weights", () => {
  fc.assert(
    fc.property(parts, fc.constantFrom(...scoreParts), share, anyWeights, (base, part, by, weights) => {
      const better = { ...base, [part]: base[part] + (1 - base[part]) * by };
      const scored = (of: ScoreParts, offerId: string) => ({
        parts: of,
        score: scoreOf(of, weights),
        offerId,
      });
      // The worse one has the id that would win a tie.
      const order = [scored(base, "a"), scored(better, "b")].sort(inOrder);
      if (better[part] > base[part]) expect(order[0]?.offerId).toBe("b");
    }),
  );
});

test("a better fact never makes a worse part", () => {
  fc.assert(
    fc.property(knowledge, count, (of, by) => {
      const answered = Math.min(of.asks - of.answers, by);
      const better: [(of: Knowledge) => number, Partial<Knowledge>][] = [
        [rating, { ratingSum: Math.min(of.ratings * 5, of.ratingSum + by) }],
        [rating, { ratings: of.ratings + 1, ratingSum: of.ratingSum + 5 }],
        [answering, { answers: of.answers + answered }],
        [speed, { answerMinutesSum: Math.max(0, of.answerMinutesSum - by) }],
        [completion, { completed: of.completed + by }],
        [completion, { noShows: Math.max(0, of.noShows - by) }],
        [completion, { cancelledLate: Math.max(0, of.cancelledLate - by) }],
        [help, { helped: Math.min(of.helpAsked, of.helped + by) }],
        [discovery, { asks: Math.max(0, of.asks - by) }],
      ];
      for (const [part, change] of better) {
        expect(part({ ...of, ...change }), part.name).toBeGreaterThanOrEqual(part(of) - 1e-12);
      }
    }),
  );
});

test("one five from a cousin does not beat forty fours, and who is unknown is not last", () => {
  const of = (ratings: number, ratingSum: number) => rating({ ratings, ratingSum });
  expect(of(40, 170)).toBeGreaterThan(of(1, 5));
  expect(of(0, 0)).toBeGreaterThan(of(20, 50));
});

test("a price counts beside those of the same unit, and lowering it never harms", () => {
  const priced = (priceCentimos: number | null, priceUnit = "saco") => ({ priceCentimos, priceUnit });
  const alone = [priced(16_000), priced(900, "kg"), priced(null)];
  expect(alone.map(priceParts(alone, "input"))).toEqual([0.5, 0.5, 0.5]);
  const sacks = [priced(12_000), priced(16_000), priced(20_000), priced(1, "kg")];
  const [cheap = 0, middle, dear = 1, other] = sacks.map(priceParts(sacks, "input"));
  expect([cheap > 0.5, middle, dear < 0.5, other]).toEqual([true, 0.5, true, 0.5]);
  // Who sells a harvest wants the higher price.
  const [low = 1, , high = 0] = sacks.map(priceParts(sacks, "purchase"));
  expect(high).toBeGreaterThan(low);
  fc.assert(
    fc.property(fc.array(fc.nat(100_000), { minLength: 2, maxLength: 9 }), fc.nat(100_000), (prices, by) => {
      const before = prices.map((price) => priced(price));
      const after = [priced(Math.max(0, (prices[0] ?? 0) - by)), ...before.slice(1)];
      const [was = 0] = before.map(priceParts(before, "service"));
      const [is = 0, ...others] = after.map(priceParts(after, "service"));
      expect(is).toBeGreaterThanOrEqual(was - 1e-12);
      for (const [at, price] of prices.slice(1).entries())
        if ((after[0]?.priceCentimos ?? 0) <= price)
          expect(is).toBeGreaterThanOrEqual((others[at] ?? 0) - 1e-12);
    }),
  );
});

test("the same candidates make the same list, in whatever order they come", () => {
  const shuffled = fc
    .array(known, { minLength: 1, maxLength: 25 })
    .chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
    );
  fc.assert(
    fc.property(shuffled, kind, ([all, other], of) => {
      const list = (from: Known[]) => rankCandidates({ ...request, need: { kind: of } }, from, ranking);
      expect(list(other)).toEqual(list(all));
    }),
  );
});

test("nobody without a place is listed, a provider is listed once, and all the others are accounted for", () => {
  const few = fc.constantFrom("0193f6f0-0000-7000-8000-00000000000a", "0193f6f0-0000-7000-8000-00000000000b");
  const sharing = fc
    .tuple(known, fc.option(few))
    .map(([each, providerId]) =>
      providerId ? { ...each, candidate: { ...each.candidate, providerId } } : each,
    );
  fc.assert(
    fc.property(fc.array(sharing, { maxLength: 30 }), (all) => {
      const { ranked, dropped } = rankCandidates(request, all, ranking);
      const offers = new Map(all.map((each) => [each.candidate.offerId, each]));
      for (const each of ranked) {
        const { monthlyCapacity } = each.candidate;
        const used = offers.get(each.candidate.offerId)?.knowledge.used ?? Infinity;
        expect(monthlyCapacity === null || used < monthlyCapacity).toBe(true);
      }
      expect(new Set(ranked.map(({ candidate: { providerId } }) => providerId)).size).toBe(ranked.length);
      const left = Object.values(dropped).reduce((sum, each) => sum + each, 0);
      expect(ranked.length + left).toBe(all.length);
      expect(ranked.length).toBeLessThanOrEqual(10);
    }),
  );
});

test("equals take turns at the top from request to request and day to day; the lot turns no clear difference", () => {
  const equals = [candidate(), candidate(), candidate()].map((each) => ({
    candidate: each,
    knowledge: nothing,
  }));
  const top = (id: string, all: Known[] = equals, at = now) =>
    rankCandidates({ ...request, id }, all, { ...ranking, now: at }).ranked[0]?.candidate.offerId;
  const requests = Array.from({ length: 60 }, (_, index) => `request ${index}`);
  expect(new Set(requests.map((id) => top(id))).size).toBe(3);
  const days = Array.from({ length: 30 }, (_, day) => new Date(now.getTime() + day * 86_400_000));
  expect(new Set(days.map((at) => top("one", equals, at))).size).toBe(3);
  const praised = candidate();
  const clear = [
    ...equals,
    { candidate: praised, knowledge: { ...nothing, ratings: 30, ratingSum: 150, asks: 9, answers: 9 } },
  ];
  expect(new Set(requests.map((id) => top(id, clear)))).toEqual(new Set([praised.offerId]));
});

test("the way counts by how long it takes where the asker lives, the narrowest place known first", () => {
  const far = { candidate: candidate({ distanceKm: 20 }), knowledge: nothing };
  const distance = (travelFactors: Record<string, number>) =>
    rankCandidates(request, [far], { ...ranking, weights: { ...first, travelFactors } }).ranked[0]?.parts
      .distance;
  expect(distance({})).toBe(0.5);
  expect(distance({ "22": 2 })).toBeCloseTo(1 / 3);
  expect(distance({ "22": 2, "221001": 1 })).toBe(0.5);
  expect(distance({ "10": 3 })).toBe(0.5);
});

test("what was picked is first, however it ranks, unless it has no place", () => {
  const wanted = candidate({ distanceKm: 500 });
  const all = [candidate(), wanted, candidate()].map((each) => ({ candidate: each, knowledge: nothing }));
  const firstOf = (from: Known[]) =>
    rankCandidates(request, from, { ...ranking, wantedOfferId: wanted.offerId }).ranked[0]?.candidate.offerId;
  expect(firstOf(all)).toBe(wanted.offerId);
  const full = all.map((each) =>
    each.candidate === wanted ? { ...each, knowledge: { ...nothing, used: 20 } } : each,
  );
  expect(firstOf(full)).not.toBe(wanted.offerId);
});

test("reasons name what counted, of ratings only those published, and nothing that is not known", () => {
  const need = { kind: "assistance", topic: "pruning", crop: "cacao" } as const;
  const search = { now, wider: false, later: false, womanOnly: false, sex: null };
  const of = candidate({ distanceKm: 9.2, topicLevel: "specialist" });
  const seen = {
    ...nothing,
    ratings: 19,
    ratingSum: 80,
    publishedRatings: 17,
    publishedSum: 78,
    answers: 10,
    answerMinutesSum: 1_000,
  };
  expect(explain(need, of, seen, search)).toEqual([
    { code: "topic", parameters: { topic: "pruning" } },
    { code: "distance", parameters: { km: 9 } },
    { code: "crop", parameters: { crop: "cacao" } },
    { code: "price", parameters: { centimos: 3_000 } },
    { code: "answers-in", parameters: { hours: 2 } },
    { code: "rating", parameters: { mean: 4.6, count: 17 } },
  ]);
  // What lies between two figures is told as the public page tells it: 4.55 is 4.6, an hour and five minutes one hour.
  const between = { ...seen, publishedRatings: 40, publishedSum: 182, answerMinutesSum: 650 };
  const told = explain(need, of, between, search).filter(({ code }) => /rating|answers/.test(code));
  expect(told.map(({ parameters }) => parameters)).toEqual([{ hours: 1 }, { mean: 4.6, count: 40 }]);
  expect([toldMean(182, 40), Math.round(toldHours(650, 10))]).toEqual([4.6, 1]);
  const blank = candidate({ fits: { topic: false, crop: false }, distanceKm: null, priceCentimos: null });
  const codes = (known: Knowledge, over: object, found = blank) =>
    explain(need, found, known, { ...search, ...over }).map(({ code }) => code);
  expect(codes(nothing, { wider: true, womanOnly: true })).toEqual([
    "serves-area",
    "new-provider",
    "woman",
    "wider-search",
  ]);
  // Rated, but nobody may read it yet.
  expect(codes({ ...nothing, ratings: 1, ratingSum: 5 }, {})).toEqual(["serves-area"]);
  expect(codes(nothing, { later: true, wider: true }, candidate({ ...blank, byPhone: true }))).toEqual([
    "by-phone",
    "new-provider",
    "later-month",
  ]);
});
