import { randomUUID } from "node:crypto";
import type { Upkeep } from "@minka/contracts/standings";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { lifecycleActs } from "./lifecycle-acts.ts";
import { startMatching, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
let acts: ReturnType<typeof lifecycleActs>;
beforeAll(async () => {
  run = await startMatching();
  acts = lifecycleActs(run);
});
afterAll(() => run.stop());

const wellKept: Upkeep = {
  state: "verified",
  restsUntil: null,
  offers: [{ offerId: randomUUID(), kind: "assistance", confirmedOn: "2026-11-20", stage: "fresh" }],
  certificates: [{ id: randomUUID(), kind: "competence", expiresOn: null, checked: true }],
};

let offer: ReturnType<typeof candidate>;
let manager: string;
beforeEach(() => {
  run.clock.set(new Date("2026-11-24T14:00:00Z"));
  offer = candidate({ monthlyCapacity: 100 });
  manager = offer.providerPersonId;
  Object.assign(run.catalog, { near: [offer], far: [] });
  run.catalog.upkeep.set(offer.providerId, wellKept);
  run.sponsors.buyers.set(offer.providerId, { name: offer.providerName, managers: [manager] });
});

const standingOf = (personId: string, isOperator = false, providerId = offer.providerId) =>
  run.signIn(personId, isOperator)("GET", `/api/matching/providers/${providerId}/standing`);
const codesOf = (body: { reasons: { code: string }[] }) => body.reasons.map(({ code }) => code);

test("who manages a provider reads how it stands, and nobody else but an operator does", async () => {
  const { status, body } = await standingOf(manager);
  expect([status, body]).toMatchObject([
    200,
    {
      rating: { mean: null, count: 0 },
      asked: 0,
      answerShare: null,
      answerHours: null,
      completionShare: null,
      state: "verified",
      reasons: [],
    },
  ]);
  expect((await standingOf(randomUUID(), true)).status).toBe(200);
  expect((await standingOf(randomUUID())).body.code).toBe("not-your-provider");
  expect((await standingOf(randomUUID(), true, randomUUID())).body.code).toBe("provider-unknown");
});

test("a blind rating changes nothing that its provider reads, a published one does", async () => {
  for (const score of [3, 2, 3]) {
    const { engagementId } = await acts.agreed();
    await run.report(engagementId, "done");
    await run.rate(engagementId, score);
  }
  expect((await standingOf(manager)).body).toMatchObject({
    rating: { mean: null, count: 0 },
    completed: 3,
    completionShare: 1,
    answered: 3,
    answerShare: 1,
    reasons: [],
  });
  run.clock.advance({ days: 8 });
  await run.settle();
  expect((await standingOf(manager)).body).toMatchObject({
    rating: { mean: 2.7, count: 3 },
    reasons: [{ code: "rated-low", parameters: { mean: 2.7, count: 3 } }],
  });
});

test("silence, what was called off and who did not come lower it, each with its figures", async () => {
  const { engagementId } = await acts.agreed("2026-11-25");
  await acts.callOff(engagementId);
  run.catalog.near = [offer];
  const missed = await acts.agreed();
  run.clock.advance({ days: 3 });
  await run.settle();
  await run.report(missed.engagementId, "no_show");
  for (let asks = 0; asks < 3; asks++) {
    await acts.asked();
    run.clock.advance({ days: 3 });
    await run.settle();
  }
  const { body } = await standingOf(manager);
  expect(body).toMatchObject({ asked: 5, answered: 2, answerShare: 0.4, silentInRow: 3, completionShare: 0 });
  expect(body.reasons).toEqual([
    { code: "silent-in-row", parameters: { count: 3, restsAt: 5 } },
    { code: "answers-seldom", parameters: { percent: 40 } },
    { code: "did-not-come", parameters: { count: 1 } },
    { code: "calls-off", parameters: { count: 1 } },
  ]);
});

test("what it has to keep up is said before its conduct, and certificates last", async () => {
  const certificate = (expiresOn: string | null, checked = true) => ({
    id: randomUUID(),
    kind: "degree" as const,
    expiresOn,
    checked,
  });
  const old = { offerId: randomUUID(), kind: "input" as const, confirmedOn: "2026-09-01" };
  run.catalog.upkeep.set(offer.providerId, {
    state: "suspended",
    restsUntil: "2026-11-24",
    offers: [
      { ...old, stage: "hidden" },
      { ...old, stage: "aging" },
      { ...old, stage: "aging" },
    ],
    certificates: [certificate("2026-11-23"), certificate("2027-01-10"), certificate(null, false)],
  });
  const { body } = await standingOf(manager);
  expect(codesOf(body)).toEqual([
    "not-verified",
    "resting",
    "offers-hidden",
    "offers-aging",
    "certificate-expired",
    "certificate-expires",
    "certificate-unchecked",
  ]);
  expect(body.reasons[3].parameters).toEqual({ count: 2 });
  run.catalog.upkeep.set(offer.providerId, { ...wellKept, restsUntil: "2026-11-23", certificates: [] });
  expect(codesOf((await standingOf(manager)).body)).toEqual(["no-certificate"]);
});

test("anybody reads what was published of a provider, and nothing of fewer than three people", async () => {
  const read = async () => {
    const url = `/api/matching/reputations?providerIds=${offer.providerId},${randomUUID()}`;
    return (await run.app.inject({ url })).json<{ reputations: unknown[] }>().reputations;
  };
  expect(await read()).toEqual([]);
  for (const score of [5, 4]) {
    const { engagementId } = await acts.agreed();
    await run.report(engagementId, "done");
    await run.rate(engagementId, score);
  }
  run.clock.advance({ days: 8 });
  await run.settle();
  expect(await read()).toMatchObject([{ rating: null, answerShare: null, completed: null }]);
  const { engagementId } = await acts.agreed();
  await run.report(engagementId, "done");
  await run.rate(engagementId, 5);
  expect(await read()).toMatchObject([{ rating: null, answerShare: 1, completed: 3 }]);
  run.clock.advance({ days: 8 });
  await run.settle();
  expect(await read()).toMatchObject([
    { providerId: offer.providerId, rating: { mean: 4.7, count: 3 }, completed: 3 },
  ]);
});
