import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { pruningCacao, ranked, startMatching, type MatchingRun } from "./matching-run.ts";

let on: MatchingRun;
beforeAll(async () => void (on = await startMatching()));
afterAll(() => on.stop());
beforeEach(() => Object.assign(on.catalog, { near: [], far: [], byPhone: [], asked: [] }));

const operator = () => on.signIn(randomUUID(), true);
const tried = async (requestId: string) => {
  const { body } = await operator()("GET", `/api/matching/requests/${requestId}`);
  return body.request.tried;
};

test("when nobody reaches, advice by phone is offered and said to be so; others are not", async () => {
  const adviser = candidate({ byPhone: true, distanceKm: 300 });
  on.catalog.byPhone = [adviser];
  const request = await on.openListed();
  expect([request.state, request.round]).toEqual(["listed", 3]);
  expect(ranked(request, 1)).toMatchObject({ offerId: adviser.offerId, byPhone: true, distanceKm: null });
  expect(ranked(request, 1).reasons).toContainEqual({ code: "by-phone", parameters: {} });
  const sells = await on.openListed({ need: { kind: "input", product: "urea" } });
  expect(sells.state).toBe("with_operator");
});

test("who is full this month is offered for the next, once nobody else is left; an urgent need does not wait", async () => {
  const full = candidate({ monthlyCapacity: 1 });
  on.catalog.near = [full];
  await on.choose(ranked(await on.openListed(), 1).id);
  const request = await on.openListed();
  expect(ranked(request, 1)).toMatchObject({ offerId: full.offerId, forMonth: "2026-12" });
  expect(ranked(request, 1).reasons).toContainEqual({
    code: "later-month",
    parameters: { month: "2026-12" },
  });
  const urgent = await on.openListed({ need: { ...pruningCacao, urgency: "urgent" } });
  expect([urgent.state, urgent.matches]).toEqual(["with_operator", []]);
  await on.choose(ranked(request, 1).id);
  expect((await on.openListed()).reason?.code).toBe("all-full");
});

test("an operator sees what was tried, stage by stage, and nobody else does", async () => {
  const full = candidate({ monthlyCapacity: 1 });
  on.catalog.near = [full];
  await on.choose(ranked(await on.openListed(), 1).id);
  on.catalog.far = [candidate({ distanceKm: 60 })];
  const request = await on.openListed();
  expect(request.tried).toEqual([]);
  expect(await tried(request.id)).toEqual([
    expect.objectContaining({ round: 1, stage: "near", candidates: 1, listed: 0, dropped: { full: 1 } }),
    expect.objectContaining({ round: 2, stage: "wider", candidates: 2, listed: 1, emptyBecause: null }),
  ]);
  const own = await on.signIn(request.personId)("GET", `/api/matching/requests/${request.id}`);
  expect(own.body.request.tried).toEqual([]);
});

test("the offer that they picked is asked at once, and stands first of those that follow", async () => {
  const [near, wanted] = [candidate({ distanceKm: 1 }), candidate({ distanceKm: 80 })];
  Object.assign(on.catalog, { near: [near], far: [wanted] });
  const request = await on.openListed({ offerId: wanted.offerId });
  expect(request).toMatchObject({ state: "asking", reason: null });
  expect(ranked(request, 1)).toMatchObject({ offerId: wanted.offerId, state: "asked" });
  expect(ranked(request, 2)).toMatchObject({ offerId: near.offerId, state: "listed" });
  expect((await on.told(request.id)).map(({ event }) => event)).toEqual(["match.asked"]);
});

test("where what they picked cannot serve, they read why above the list of those who can", async () => {
  const near = candidate();
  on.catalog.near = [near];
  const gone = randomUUID();
  on.catalog.whyNot.set(gone, [
    { code: "out-of-reach", parameters: { km: 80.4, reachKm: 25 } },
    { code: "provider-excluded", parameters: {} },
  ]);
  const request = await on.openListed({ offerId: gone });
  expect(request.state).toBe("listed");
  expect(request.reason).toEqual({
    code: "chosen-offer-unavailable",
    parameters: { because: "out-of-reach,not-available" },
  });
  const full = candidate({ monthlyCapacity: 1 });
  on.catalog.near = [near, full];
  await on.openListed({ offerId: full.offerId });
  const late = await on.openListed({ offerId: full.offerId });
  expect(late.reason?.parameters).toEqual({ because: "full" });
  expect(ranked(late, 1).offerId).toBe(near.offerId);
});

test("who farms a crop organically is found inputs that may be used on it, unless they name another crop", async () => {
  const personId = randomUUID();
  on.consents.asks.set(personId, { organicCrops: ["cacao"], organicOnly: false });
  const need = { kind: "input", product: "urea" } as const;
  await on.openListed({ personId, need: { ...need, crop: "cacao" } });
  await on.openListed({ personId, need: { ...need, crop: "maize" } });
  await on.openListed({ personId, need });
  // Near and wider, of each.
  expect(on.catalog.asked.map(({ organicOnly = false }) => organicOnly)).toEqual([
    true,
    true,
    false,
    false,
    true,
    true,
  ]);
});

test("a language that both speak counts for who asks in it", async () => {
  const [spanish, lamista] = [candidate(), candidate({ languages: ["spa", "qvs"] })];
  on.catalog.near = [spanish, lamista];
  const personId = randomUUID();
  on.consents.asks.set(personId, { language: "qvs" });
  expect(ranked(await on.openListed({ personId }), 1).offerId).toBe(lamista.offerId);
});
