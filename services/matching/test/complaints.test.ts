import { randomUUID } from "node:crypto";
import * as contract from "@minka/contracts/complaints";
import { limaDay } from "@minka/domain/lima-time";
import type { Crop } from "@minka/domain/vocabulary";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { pruningCacao, ranked, refusal, startMatching, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
beforeAll(async () => void (run = await startMatching()));
afterAll(() => run.stop());
beforeEach(() => {
  run.clock.set(new Date("2026-11-24T14:00:00Z"));
  Object.assign(run.catalog, {
    near: [candidate({ distanceKm: 2 }), candidate({ distanceKm: 20 }), candidate({ distanceKm: 50 })],
    far: [],
    beforeAnswer: async () => {},
  });
});

const complain = async (personId: string, messageId = randomUUID(), key?: string) =>
  (
    await run.call(
      contract.raiseComplaint,
      { body: { personId, messageId } },
      { trace: run.trace, ...(key ? { idempotencyKey: key } : {}) },
    )
  ).complaint;
const read = async (complaintId: string) =>
  (await run.call(contract.readComplaint, { params: { complaintId } }, { trace: run.trace })).complaint;

async function agreed(personId: string, visitOn?: string, crop: Crop = "cacao") {
  const listed = await run.openListed({ personId, need: { ...pruningCacao, crop } });
  const match = ranked(listed, 1);
  await run.choose(match.id);
  await run.accept(match.id, visitOn);
  return match;
}

const settleAs = (complaintId: string | undefined, outcome: "upheld" | "dismissed") =>
  run.signIn(randomUUID(), true)("POST", `/api/matching/complaints/${complaintId}/settlement`, { outcome });

const raised = async (providerId: string) => {
  const rows = await run.owner.sql`
    select count(distinct id)::int as count from events.deliveries
    where event = 'complaint.raised' and payload->>'providerId' = ${providerId}`;
  return rows[0]?.["count"];
};

test("it is about the provider with whom something happened last, and a person sees whom else it may mean", async () => {
  const personId = randomUUID();
  const later = await agreed(personId, "2026-12-20");
  run.catalog.near = [candidate()];
  const earlier = await agreed(personId, "2026-11-26", "coffee");
  run.catalog.near = [candidate()];
  const listed = await run.openListed({ personId, need: { kind: "input", product: "urea" } });
  await run.choose(ranked(listed, 1).id);
  run.clock.set(new Date("2026-11-28T14:00:00Z"));
  // The one came the day before yesterday, the other has only agreed, the third is only asked.
  const complaint = await complain(personId);
  expect(complaint).toMatchObject({ state: "raised", providerId: earlier.providerId });
  const seen = await read(complaint?.id ?? "");
  expect(seen).toMatchObject({ personId, matchId: earlier.id, providerName: earlier.providerName });
  expect(seen.others.map(({ matchId, engagementId }) => [matchId, engagementId !== null])).toEqual([
    [later.id, true],
    [ranked(listed, 1).id, false],
  ]);
  expect(await raised(earlier.providerId)).toBe(1);
  expect(await raised(later.providerId)).toBe(0);
});

test("who is only being asked is complained of without being held, who declined or never answered has done nothing", async () => {
  const personId = randomUUID();
  const listed = await run.openListed({ personId });
  const [first, second] = [ranked(listed, 1), ranked(listed, 2)];
  expect(await complain(personId)).toBeNull();
  await run.choose(first.id);
  await run.decline(first.id);
  expect(await complain(personId)).toMatchObject({ providerId: second.providerId, holds: false });
  expect(await raised(second.providerId)).toBe(0);
  expect(await complain(randomUUID())).toBeNull();
});

test("once a dealing: repeated and at once from two messages, it is one complaint and one event", async () => {
  const personId = randomUUID();
  const { providerId } = await agreed(personId);
  const [one, two] = await Promise.all([complain(personId), complain(personId)]);
  expect(one?.id).toBe(two?.id);
  const message = randomUUID();
  expect(await complain(personId, message, `${message}:complaint`)).toEqual(one);
  expect(await complain(personId, message, `${message}:complaint`)).toEqual(one);
  expect(await raised(providerId)).toBe(1);
  // Another person's is another.
  await complain(randomUUID());
  expect(await raised(providerId)).toBe(1);
});

test("an operator settles it once, and sees the newest first", async () => {
  const personId = randomUUID();
  const { providerId } = await agreed(personId);
  const complaint = await complain(personId);
  const operator = run.signIn(randomUUID(), true);
  const settle = (outcome: string) =>
    operator("POST", `/api/matching/complaints/${complaint?.id}/settlement`, { outcome });
  const { body } = await operator("GET", `/api/matching/complaints?state=raised&providerId=${providerId}`);
  expect(body.items.map(({ id }: { id: string }) => id)).toEqual([complaint?.id]);
  const whole = await operator("GET", "/api/matching/complaints?limit=100");
  const turned = await operator("GET", "/api/matching/complaints?limit=100&order=oldest");
  expect(turned.body.items).toEqual(whole.body.items.toReversed());
  const today = run.clock().toISOString().slice(0, 10);
  const since = await operator("GET", `/api/matching/complaints?from=${today}&providerId=${providerId}`);
  expect(since.body.items).toHaveLength(1);
  const before = await operator("GET", "/api/matching/complaints?until=2026-01-01");
  expect(before.body.items).toEqual([]);
  expect(await settle("upheld")).toMatchObject({ status: 200, body: { state: "upheld" } });
  expect(await settle("dismissed")).toMatchObject({ status: 409, body: { code: "illegal-transition" } });
  expect(await complain(personId)).toMatchObject({ id: complaint?.id, state: "upheld" });
  expect(await raised(providerId)).toBe(1);
  const person = run.signIn(personId);
  expect((await person("GET", "/api/matching/complaints")).status).toBe(403);
  expect((await operator("GET", `/api/matching/complaints/${randomUUID()}`)).body.code).toBe(
    "no-such-complaint",
  );
});

test("after a dismissed complaint the same person's next one holds nobody, and another person's does", async () => {
  const personId = randomUUID();
  await agreed(personId);
  const first = await complain(personId);
  expect(first).toMatchObject({ holds: true });
  expect((await settleAs(first?.id, "dismissed")).status).toBe(200);
  run.catalog.near = [candidate()];
  const next = await agreed(personId, undefined, "coffee");
  expect(await complain(personId)).toMatchObject({ providerId: next.providerId, holds: false });
  expect(await raised(next.providerId)).toBe(0);
  run.catalog.near = [candidate()];
  const other = randomUUID();
  const { providerId } = await agreed(other);
  expect(await complain(other)).toMatchObject({ providerId, holds: true });
});

test("one person holds three providers in 90 days, and then again", async () => {
  const personId = randomUUID();
  const crops = ["cacao", "coffee", "banana", "maize", "rice"] as const;
  const heldFor = async (crop: Crop) => {
    run.catalog.near = [candidate()];
    await agreed(personId, limaDay(run.clock()), crop);
    return (await complain(personId))?.holds;
  };
  const holds: unknown[] = [];
  for (const crop of crops.slice(0, 4)) {
    run.clock.advance({ days: 2 });
    holds.push(await heldFor(crop));
  }
  expect(holds).toEqual([true, true, true, false]);
  run.clock.advance({ days: 91 });
  expect(await heldFor(crops[4])).toBe(true);
});

const lifted = async (providerId: string) => {
  const rows = await run.owner.sql`
    select count(distinct id)::int as count from events.deliveries
    where event = 'complaint.lifted' and payload->>'providerId' = ${providerId}`;
  return rows[0]?.["count"];
};

test("a dismissed complaint lifts its hold, an upheld one and one that held nobody lift nothing", async () => {
  const [one, two] = [randomUUID(), randomUUID()];
  const { providerId } = await agreed(one);
  await settleAs((await complain(one))?.id, "upheld");
  expect(await lifted(providerId)).toBe(0);
  run.catalog.near = [candidate(), candidate()];
  const listed = await run.openListed({ personId: two });
  await run.choose(ranked(listed, 1).id);
  await settleAs((await complain(two))?.id, "dismissed");
  expect(await lifted(ranked(listed, 1).providerId)).toBe(0);
  const three = randomUUID();
  run.catalog.near = [candidate()];
  const match = await agreed(three);
  await settleAs((await complain(three))?.id, "dismissed");
  expect(await lifted(match.providerId)).toBe(1);
});

test("an operator moves a complaint, with its hold, to another dealing of the same person and no other", async () => {
  const personId = randomUUID();
  const meant = await agreed(personId, "2026-12-20");
  run.catalog.near = [candidate()];
  const taken = await agreed(personId, "2026-11-26", "coffee");
  run.clock.set(new Date("2026-11-28T14:00:00Z"));
  const complaint = await complain(personId);
  expect(complaint).toMatchObject({ providerId: taken.providerId, holds: true });
  const move = (matchId: string) =>
    run.signIn(randomUUID(), true)("POST", `/api/matching/complaints/${complaint?.id}/dealing`, { matchId });
  run.catalog.near = [candidate()];
  const strangers = await agreed(randomUUID());
  expect(await move(strangers.id)).toMatchObject({ status: 422, body: { code: "not-a-dealing" } });
  expect(await move(meant.id)).toMatchObject({ status: 200, body: { providerId: meant.providerId } });
  expect([await lifted(taken.providerId), await raised(meant.providerId)]).toEqual([1, 1]);
  expect(await read(complaint?.id ?? "")).toMatchObject({ matchId: meant.id, holds: true, state: "raised" });
  await move(meant.id);
  expect(await raised(meant.providerId)).toBe(1);
  const person = run.signIn(personId);
  const url = `/api/matching/complaints/${complaint?.id}/dealing`;
  expect((await person("POST", url, { matchId: taken.id })).status).toBe(403);
  await settleAs(complaint?.id, "upheld");
  expect(await move(taken.id)).toMatchObject({ status: 409, body: { code: "complaint-settled" } });
});

test("what a held provider is being asked goes to the next, and their visits are looked at", async () => {
  const personId = randomUUID();
  const listed = await run.openListed({ personId });
  const [first, second] = [ranked(listed, 1), ranked(listed, 2)];
  await run.choose(first.id);
  await run.decide(first.providerId, "held")();
  await run.settle();
  const { matches } = await run.read(listed.id);
  expect(matches.map(({ state }) => state)).toEqual(["declined", "asked", "listed"]);
  await run.accept(second.id);
  await run.decide(second.providerId, "held")();
  await run.settle();
  expect((await run.told(listed.id)).at(-1)?.event).toBe("engagement.in-doubt");
});

test("who cannot be told what they are asked is not waited for, without harm to their standing", async () => {
  const listed = await run.openListed();
  const [first, second] = [ranked(listed, 1), ranked(listed, 2)];
  await run.choose(first.id);
  expect(await run.giveUp(first.id)).toEqual({ requestId: listed.id });
  expect((await run.told(listed.id)).slice(-2)).toEqual([
    {
      event: "match.passed-on",
      payload: { requestId: listed.id, matchId: first.id, cause: "unreachable", nextMatchId: second.id },
    },
    { event: "match.asked", payload: { requestId: listed.id, matchId: second.id } },
  ]);
  expect(await run.standing(first.providerId)).toBeUndefined();
  expect([await run.used(first.offerId), await run.used(second.offerId)]).toEqual([0, 1]);
  // Repeated, or said of one who has answered, it changes nothing.
  await run.giveUp(first.id);
  await run.accept(second.id);
  await run.giveUp(second.id);
  expect((await run.read(listed.id)).state).toBe("agreed");
  expect(await refusal(run.giveUp(randomUUID()))).toBe("no-such-match");
});

test("a no keeps the reason that was given, and a second no with another changes nothing", async () => {
  const listed = await run.openListed();
  const first = ranked(listed, 1);
  await run.choose(first.id);
  await run.decline(first.id, "far");
  await run.decline(first.id, "busy");
  expect(ranked(await run.read(listed.id), 1)).toMatchObject({ state: "declined", declineReason: "far" });
  expect(ranked(await run.read(listed.id), 2)).toMatchObject({ state: "asked", declineReason: null });
});
