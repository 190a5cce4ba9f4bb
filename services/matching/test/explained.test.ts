import { randomUUID } from "node:crypto";
import { blockPair } from "@minka/contracts/blocks";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, startMatching, type MatchingRun } from "./matching-run.ts";

let on: MatchingRun;
beforeAll(async () => void (on = await startMatching()));
afterAll(() => on.stop());
beforeEach(() => Object.assign(on.catalog, { near: [candidate()], far: [] }));

const operator = () => on.signIn(randomUUID(), true);
const explain = async (
  request: { id: string; personId: string },
  offerId: string,
  by = on.signIn(request.personId),
) => (await by("GET", `/api/matching/requests/${request.id}/offers/${offerId}/explanation`)).body;
const codes = ({ excluded }: { excluded: { code: string }[] }) => excluded.map(({ code }) => code);

test("of a listed offer they read what its rank is made of, and an operator the exact numbers", async () => {
  const request = await on.openListed();
  const match = ranked(request, 1);
  const told = await explain(request, match.offerId);
  expect(told).toMatchObject({
    excluded: [],
    listed: { matchId: match.id, rank: 1, reasons: match.reasons },
  });
  expect(told.listed.parts).toHaveLength(13);
  expect(told.listed.parts[1]).toEqual({ part: "distance", value: 0.7, weight: 0.22 });
  const exact = await explain(request, match.offerId, operator());
  expect(exact.listed.parts[1].value).toBeCloseTo(20 / 29, 10);
  const sum = exact.listed.parts.reduce(
    (total: number, { value, weight }: { value: number; weight: number }) => total + value * weight,
    0,
  );
  expect(sum).toBeCloseTo(exact.listed.score, 10);
  expect(await explain(request, match.offerId, on.signIn(randomUUID()))).toMatchObject({ code: "not-yours" });
});

test("of an offer that is not listed each reason is told, and nothing of a provider's troubles", async () => {
  const personId = randomUUID();
  const full = candidate({ monthlyCapacity: 1 });
  on.catalog.near = [full];
  await on.choose(ranked(await on.openListed(), 1).id);
  const tenth = candidate({ distanceKm: 300 });
  const [blocked, best] = [candidate(), candidate({ distanceKm: 1 })];
  const second = candidate({ providerId: best.providerId, distanceKm: 200 });
  const others = Array.from({ length: 9 }, () => candidate({ distanceKm: 2 }));
  on.catalog.near = [full, best, second, blocked, ...others, tenth];
  const body = { by: "person" as const, personId, providerId: blocked.providerId };
  await on.call(blockPair, { body }, { trace: on.trace });
  const request = await on.openListed({ personId });
  on.catalog.near = [full, second, blocked, tenth];
  expect(codes(await explain(request, full.offerId))).toEqual(["full"]);
  expect(codes(await explain(request, second.offerId))).toEqual(["other-offer-better"]);
  expect(codes(await explain(request, blocked.offerId))).toEqual(["blocked"]);
  expect(codes(await explain(request, tenth.offerId))).toEqual(["lower-rank"]);

  const held = randomUUID();
  on.catalog.whyNot.set(held, [
    { code: "provider-not-verified", parameters: { state: "held" } },
    { code: "out-of-reach", parameters: { km: 31.4, reachKm: 25 } },
    { code: "other-state", parameters: { state: "dry" } },
  ]);
  expect((await explain(request, held)).excluded).toEqual([
    { code: "provider-not-verified", parameters: {} },
    { code: "out-of-reach", parameters: { km: 31, reachKm: 25 } },
    { code: "other-state", parameters: { state: "dry" } },
  ]);
  expect((await explain(request, held, operator())).excluded[0].parameters).toEqual({ state: "held" });
});

test("that a provider wants nothing of them is not told", async () => {
  const personId = randomUUID();
  const [provider] = on.catalog.near;
  if (!provider) throw new Error("nobody is near");
  const asked = await on.openListed({ personId });
  await on.choose(ranked(asked, 1).id);
  const body = { by: "provider" as const, personId, providerId: provider.providerId };
  await on.call(blockPair, { body }, { trace: on.trace });
  const request = await on.openListed({ personId, districtCode: "221002" });
  expect(codes(await explain(request, provider.offerId))).toEqual(["not-available"]);
  expect((await explain(request, provider.offerId, operator())).excluded).toEqual([
    { code: "blocked", parameters: { by: "provider" } },
  ]);
});

const settle = async (reviewId: string, outcome: string) => {
  const answer = await operator()("POST", `/api/matching/reviews/${reviewId}/settlement`, { outcome });
  await on.settle();
  return answer;
};
const askReview = async ({ id, personId }: { id: string; personId: string }, why = "No entiendo") => {
  const { body } = await on.signIn(personId)("POST", `/api/matching/requests/${id}/review`, { why });
  return String(body.reviewId);
};

test("a person has a ranking looked at by a person, once at a time, and is told what came of it", async () => {
  const request = await on.openListed();
  const reviewId = await askReview(request);
  expect(await askReview(request, "otra vez")).toBe(reviewId);
  const { body } = await operator()("GET", "/api/matching/reviews?state=open");
  expect(body.items).toMatchObject([{ id: reviewId, why: "No entiendo", state: "open", outcome: null }]);
  const of = async (requestId: string) =>
    (await operator()("GET", `/api/matching/reviews?requestId=${requestId}&limit=1`)).body.items;
  expect([await of(request.id), await of(randomUUID())]).toEqual([body.items, []]);
  expect(
    (await on.signIn(randomUUID())("POST", `/api/matching/requests/${request.id}/review`, {})).status,
  ).toBe(403);

  expect(await settle(reviewId, "upheld")).toMatchObject({ status: 200 });
  expect(await settle(reviewId, "upheld")).toMatchObject({ status: 409, body: { code: "review-settled" } });
  expect((await on.read(request.id)).state).toBe("listed");
  expect((await on.told(request.id)).slice(1)).toEqual([
    { event: "review.asked", payload: { requestId: request.id, reviewId } },
    { event: "review.settled", payload: { requestId: request.id, reviewId, outcome: "upheld" } },
  ]);
  expect(await askReview(request)).not.toBe(reviewId);
});

test("a review may have the request searched anew, or put into an operator's hands, but not what is asked already", async () => {
  const request = await on.openListed();
  await settle(await askReview(request), "searched-anew");
  expect(await on.read(request.id)).toMatchObject({ state: "listed", round: 2 });
  const asking = await on.openListed();
  await on.choose(ranked(asking, 1).id);
  const about = await askReview(asking);
  expect(await settle(about, "handed-over")).toMatchObject({
    status: 409,
    body: { code: "illegal-transition" },
  });
  await settle(await askReview(request), "handed-over");
  expect(await on.read(request.id)).toMatchObject({
    state: "with_operator",
    reason: { code: "review-asked" },
  });
});
