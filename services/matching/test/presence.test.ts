import { matchingPersonalData } from "@minka/contracts/personal-data";
import * as contract from "@minka/contracts/presence";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, startMatching, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
beforeAll(async () => void (run = await startMatching()));
afterAll(() => run.stop());
beforeEach(() => run.clock.set(new Date("2026-11-24T14:00:00Z")));

/** Visits of one agent, agreed for the day after tomorrow, which has come. */
async function visits(count: number) {
  const personId = randomUUID();
  const agreed: string[] = [];
  for (let index = 0; index < count; index += 1) {
    run.catalog.near = [candidate({ providerPersonId: personId })];
    const listed = await run.openListed();
    await run.choose(ranked(listed, 1).id);
    agreed.push((await run.accept(ranked(listed, 1).id)).engagementId ?? "");
  }
  run.clock.set(new Date("2026-11-26T13:00:00Z"));
  return { personId, agreed };
}

const say = (personId: string, key?: string) =>
  run.call(
    contract.togglePresence,
    { params: { personId }, body: {} },
    { trace: run.trace, ...(key ? { idempotencyKey: key } : {}) },
  );

const overdue = async (presenceId: string) => {
  const rows = await run.owner.sql`
    select 1 from events.deliveries where payload->>'presenceId' = ${presenceId}`;
  return rows.length;
};

test("one word says arrived and left, visit after visit, and nothing when there is none left", async () => {
  const { personId, agreed } = await visits(2);
  expect(await say(personId)).toMatchObject({
    did: "arrived",
    presence: { engagementId: agreed[0], expectedUntil: "2026-11-26T16:00:00.000Z", leftAt: null },
  });
  run.clock.advance({ hours: 2 });
  expect(await say(personId)).toMatchObject({
    did: "left",
    presence: { engagementId: agreed[0], leftAt: "2026-11-26T15:00:00.000Z" },
  });
  expect(await say(personId)).toMatchObject({ did: "arrived", presence: { engagementId: agreed[1] } });
  expect(await say(personId)).toMatchObject({ did: "left" });
  expect(await say(personId)).toEqual({ did: "nothing", presence: null });
  expect(await say(randomUUID())).toEqual({ did: "nothing", presence: null });
});

test("the same word sent twice is one word, two words at once are two", async () => {
  const { personId } = await visits(1);
  const key = randomUUID();
  const same = await Promise.all([say(personId, key), say(personId, key), say(personId, key)]);
  expect(new Set(same.map(({ did }) => did))).toEqual(new Set(["arrived"]));
  const two = await Promise.all([say(personId), say(personId)]);
  expect(two.map(({ did }) => did).toSorted()).toEqual(["left", "nothing"]);
});

test("who has not left half an hour after the time is missed once; who has, is not", async () => {
  const [missing, safe] = [await visits(1), await visits(1)];
  const { presence } = await say(missing.personId);
  const { presence: other } = await say(safe.personId);
  run.clock.advance({ hours: 3 });
  await say(safe.personId);
  run.clock.advance({ minutes: 29 });
  await run.settle();
  expect(await overdue(presence?.id ?? "")).toBe(0);
  run.clock.advance({ minutes: 1 });
  await run.settle();
  run.clock.advance({ hours: 5 });
  await run.settle();
  expect([await overdue(presence?.id ?? ""), await overdue(other?.id ?? "")]).toEqual([1, 0]);
  const operator = run.signIn(randomUUID(), true);
  const { body } = await operator("GET", `${contract.listPresent.path}?overdue=true`);
  expect(body.presences.map(({ id }: { id: string }) => id)).toContain(presence?.id);
});

test("arrival by the web is at a visit of today, by whoever makes it; more time is said by arriving again", async () => {
  const { personId, agreed } = await visits(1);
  const agent = run.signIn(personId);
  const arrival = `/api/matching/engagements/${agreed[0]}/arrival`;
  expect(await run.signIn(randomUUID())("POST", arrival, {})).toMatchObject({ status: 403 });
  await agent("POST", arrival, {});
  run.clock.advance({ hours: 1 });
  const longer = await agent("POST", arrival, { hours: 6 });
  expect(longer.body.presence).toMatchObject({
    arrivedAt: "2026-11-26T13:00:00.000Z",
    expectedUntil: "2026-11-26T20:00:00.000Z",
  });
  run.clock.advance({ days: 1 });
  expect(await agent("POST", arrival, {})).toMatchObject({ status: 409, body: { code: "not-today" } });
  const left = await agent("POST", `/api/matching/engagements/${agreed[0]}/departure`);
  expect(left.body.presence.leftAt).toBe("2026-11-27T14:00:00.000Z");
});

test("where an agent was is read by them and operators alone, and gone after thirty days", async () => {
  const { personId } = await visits(1);
  await say(personId);
  await say(personId);
  const path = contract.readPresences.path.replace(":personId", personId);
  const seen = async (as: ReturnType<typeof run.signIn>) => (await as("GET", path)).body.presences?.length;
  expect(await seen(run.signIn(personId))).toBe(1);
  expect(await seen(run.signIn(randomUUID(), true))).toBe(1);
  expect(await run.signIn(randomUUID())("GET", path)).toMatchObject({ status: 403 });
  const through = run.signIn(personId, false, { personId: randomUUID() });
  expect(await through("GET", path)).toMatchObject({ status: 403 });
  run.clock.advance({ days: 30 });
  await run.settle();
  const kept = await run.owner.sql`select 1 from matching.presences where person_id = ${personId}`;
  expect(kept).toHaveLength(0);
});

test("who is erased leaves no trace of where they were", async () => {
  const { personId } = await visits(1);
  await say(personId);
  const body = {
    personId,
    phones: [],
    sharedPhones: [],
    names: [],
    documents: [],
    askedAt: run.clock().toISOString(),
    tell: true,
    acquaintances: [],
    providerIds: [],
  };
  await run.callAs("profiles")(matchingPersonalData.eraseData, { body }, { trace: run.trace });
  const kept = await run.owner.sql`select 1 from matching.presences where person_id = ${personId}`;
  expect(kept).toHaveLength(0);
});
