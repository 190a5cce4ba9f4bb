import { randomUUID } from "node:crypto";
import { chooseAttendance, type Attendance } from "@minka/contracts/attendance";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { pruningCacao, ranked, refusal, startMatching, type MatchingRun } from "./matching-run.ts";

let on: MatchingRun;
beforeAll(async () => void (on = await startMatching()));
afterAll(() => on.stop());

const [rosa, elena] = [candidate({ distanceKm: 20 }), candidate({ distanceKm: 30 })];
const men = Array.from({ length: 60 }, (_, at) => candidate({ distanceKm: 1 + at / 100 }));
const [juan = rosa] = men;

beforeEach(() => {
  Object.assign(on.catalog, { near: [juan, rosa], far: [], asked: [] });
  for (const { providerPersonId } of [rosa, elena]) on.consents.women.add(providerPersonId);
});

const attend = async (requestId: string, by: Attendance) => {
  const answer = await on.call(
    chooseAttendance,
    { params: { requestId }, body: { by } },
    { trace: on.trace },
  );
  await on.settle();
  return answer;
};

function whoPrefersAWoman(): string {
  const personId = randomUUID();
  on.consents.preferWoman.add(personId);
  return personId;
}

const offersOf = ({ matches, round }: Awaited<ReturnType<MatchingRun["read"]>>) =>
  matches.filter((match) => match.round === round && match.state === "listed").map(({ offerId }) => offerId);

test("who prefers a woman is proposed women only, and the reasons say so", async () => {
  const request = await on.openListed({ personId: whoPrefersAWoman() });
  expect(offersOf(request)).toEqual([rosa.offerId]);
  expect(request.womanOnly).toBe(true);
  expect(ranked(request, 1).reasons).toContainEqual({ code: "woman", parameters: {} });
  expect(offersOf(await on.openListed())).toHaveLength(2);
});

test("sixty men who are nearer hide no woman", async () => {
  on.catalog.near = [...men, rosa];
  expect(offersOf(await on.openListed({ personId: whoPrefersAWoman() }))).toEqual([rosa.offerId]);
});

test("who sells or lends is not chosen so", async () => {
  const personId = whoPrefersAWoman();
  for (const kind of ["input", "equipment", "credit", "purchase", "service"] as const) {
    const request = await on.openListed({ personId, need: { kind } });
    expect([kind, offersOf(request).length, request.womanOnly]).toEqual([kind, 2, false]);
    expect(await refusal(attend(request.id, "woman"))).toBe("not-attended");
  }
  const training = await on.openListed({ personId, need: { kind: "training" } });
  expect(offersOf(training)).toEqual([rosa.offerId]);
});

test("with no woman near the request says so, and is searched among everybody once they agree", async () => {
  on.catalog.near = [juan];
  const request = await on.openListed({ personId: whoPrefersAWoman() });
  expect(request).toMatchObject({ state: "with_operator", reason: { code: "no-woman-near" } });
  expect(await attend(request.id, "anybody")).toMatchObject({ searches: true });
  const again = await on.read(request.id);
  expect(again).toMatchObject({ state: "listed", womanOnly: false, reason: null });
  expect(offersOf(again)).toEqual([juan.offerId]);
});

test("the only woman declines: nobody is left but men, and that is asked", async () => {
  const request = await on.openListed({ personId: whoPrefersAWoman() });
  await on.choose(ranked(request, 1).id);
  await on.decline(ranked(request, 1).id);
  await on.settle();
  expect(await on.read(request.id)).toMatchObject({
    state: "with_operator",
    reason: { code: "no-woman-near" },
  });
  expect(await attend(request.id, "anybody")).toMatchObject({ searches: true });
  expect(offersOf(await on.read(request.id))).toEqual([juan.offerId]);
});

test("the only woman has no place left, this month or the next: whether it may be a man is asked", async () => {
  const full = candidate({ distanceKm: 20, monthlyCapacity: 1 });
  on.consents.women.add(full.providerPersonId);
  on.catalog.near = [juan, full];
  const first = await on.openListed({ personId: whoPrefersAWoman() });
  await on.choose(ranked(first, 1).id);
  const later = await on.openListed({ personId: whoPrefersAWoman() });
  expect(ranked(later, 1)).toMatchObject({ offerId: full.offerId, forMonth: "2026-12" });
  await on.choose(ranked(later, 1).id);
  const request = await on.openListed({ personId: whoPrefersAWoman() });
  expect(request).toMatchObject({ state: "with_operator", reason: { code: "no-woman-near" } });
});

test("both women of the near and of the far list decline: what is left is theirs to say", async () => {
  Object.assign(on.catalog, { near: [rosa], far: [elena] });
  const request = await on.openListed({ personId: whoPrefersAWoman() });
  await on.choose(ranked(request, 1).id);
  await on.decline(ranked(request, 1).id);
  await on.settle();
  await on.choose(ranked(await on.read(request.id), 1).id);
  await on.decline(ranked(await on.read(request.id), 1).id);
  await on.settle();
  expect((await on.read(request.id)).reason?.code).toBe("no-woman-near");
});

test("where nobody at all offers it, that is the reason", async () => {
  on.catalog.near = [];
  const request = await on.openListed({ personId: whoPrefersAWoman() });
  expect(request.reason?.code).toBe("nobody-reaches-there");
});

test("said while choosing, the list is made anew, and a second time changes nothing", async () => {
  const request = await on.openListed();
  expect(offersOf(request)).toHaveLength(2);
  expect(await attend(request.id, "woman")).toMatchObject({ searches: true });
  const anew = await on.read(request.id);
  expect([anew.state, anew.round, offersOf(anew)]).toEqual(["listed", 2, [rosa.offerId]]);
  expect(await refusal(on.choose(ranked(request, 1).id))).toBe("match-not-listed");
  expect(await attend(request.id, "woman")).toMatchObject({ searches: false });
  expect((await on.read(request.id)).round).toBe(2);
  await attend(request.id, "anybody");
  expect(offersOf(await on.read(request.id))).toHaveLength(2);
});

test("said while a man is asked, he stays asked and no other man follows him", async () => {
  const [first, second] = [candidate({ distanceKm: 1 }), candidate({ distanceKm: 2 })];
  Object.assign(on.catalog, { near: [first, second], far: [elena] });
  const request = await on.openListed();
  await on.choose(ranked(request, 1).id);
  expect(await attend(request.id, "woman")).toMatchObject({ searches: false });
  expect(await on.read(request.id)).toMatchObject({ state: "asking", womanOnly: true });
  await on.decline(ranked(request, 1).id);
  await on.settle();
  const next = await on.read(request.id);
  expect([next.state, offersOf(next)]).toEqual(["listed", [elena.offerId]]);
});

test("said with the request itself, no man is asked: neither of three at once, nor the one they picked", async () => {
  const need = { kind: "assistance", topic: "pest_management", crop: "cacao", urgency: "urgent" } as const;
  Object.assign(on.catalog, { near: [juan, rosa], far: [elena] });
  const urgent = await on.openListed({ need, attendedBy: "woman" });
  expect(urgent).toMatchObject({ state: "asking", womanOnly: true });
  expect(urgent.matches.map(({ offerId, state }) => [offerId, state])).toEqual([[rosa.offerId, "asked"]]);
  const picked = await on.openListed({ offerId: juan.offerId, attendedBy: "woman" });
  expect(offersOf(picked)).toEqual([rosa.offerId]);
  expect(picked.reason).toMatchObject({
    code: "chosen-offer-unavailable",
    parameters: { because: "not-a-woman" },
  });
  const inGeneral = await on.openListed({ offerId: juan.offerId, personId: whoPrefersAWoman() });
  expect(ranked(inGeneral, 1)).toMatchObject({ offerId: juan.offerId, state: "asked" });
  const anybody = await on.openListed({ personId: whoPrefersAWoman(), attendedBy: "anybody" });
  expect([anybody.womanOnly, offersOf(anybody).length]).toEqual([false, 2]);
  expect(await refusal(on.open({ need: { kind: "input" }, attendedBy: "woman" }))).toBe("not-attended");
});

test("sent again within minutes with the other wish, the same request is changed", async () => {
  const personId = randomUUID();
  const first = await on.openListed({ personId, attendedBy: "anybody" });
  expect(await on.openListed({ personId, attendedBy: "anybody" })).toMatchObject({ id: first.id, round: 1 });
  const again = await on.openListed({ personId, attendedBy: "woman" });
  expect([again.id, again.womanOnly, offersOf(again)]).toEqual([first.id, true, [rosa.offerId]]);
});

test("a search that was under way when it was said finds nobody else", async () => {
  const requestId = await on.open();
  on.catalog.beforeAnswer = async () => {
    on.catalog.beforeAnswer = async () => {};
    await on.call(chooseAttendance, { params: { requestId }, body: { by: "woman" } }, { trace: on.trace });
  };
  await on.settle();
  const request = await on.read(requestId);
  expect(request.matches.map(({ offerId }) => offerId)).toEqual([rosa.offerId]);
});

test("it is for who asks, and for a request that is not over", async () => {
  const personId = randomUUID();
  const request = await on.openListed({ personId, need: pruningCacao });
  const url = `/api/matching/requests/${request.id}/attendance`;
  expect((await on.signIn(randomUUID())("POST", url, { by: "woman" })).status).toBe(403);
  expect((await on.signIn(personId)("POST", url, { by: "woman" })).status).toBe(200);
  await on.settle();
  await on.cancel(request.id);
  expect(await refusal(attend(request.id, "anybody"))).toBe("illegal-transition");
});
