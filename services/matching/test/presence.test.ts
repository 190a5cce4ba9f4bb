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

/** What an agent says of a visit by the web, at an hour of the visits' day in UTC where it waited for a signal. */
function saying(personId: string) {
  const agent = run.signIn(personId);
  const written = (hour?: string) => (hour ? { at: `2026-11-26T${hour}:00.000Z` } : {});
  const path = (id: string | undefined, what: string) => `/api/matching/engagements/${id}/${what}`;
  return {
    arrived: (id: string | undefined, hour?: string, more = {}) =>
      agent("POST", path(id, "arrival"), { ...written(hour), ...more }),
    left: (id: string | undefined, hour?: string) => agent("POST", path(id, "departure"), written(hour)),
    stays: async () => {
      const { body } = await agent("GET", contract.readPresences.path.replace(":personId", personId));
      return new Map<string, contract.Presence>(
        body.presences.map((stay: contract.Presence) => [stay.engagementId, stay]),
      );
    },
  };
}

test("a day without a signal counts by the hours that were written, and nobody is missed for it", async () => {
  const { personId, agreed } = await visits(2);
  const { arrived, left, stays } = saying(personId);
  run.clock.set(new Date("2026-11-27T14:00:00Z"));
  const first = await arrived(agreed[0], "13:00");
  expect(first.body.presence).toMatchObject({
    arrivedAt: "2026-11-26T13:00:00.000Z",
    expectedUntil: "2026-11-26T16:00:00.000Z",
  });
  // The rest comes a moment later, and meanwhile nobody is alarmed.
  run.clock.advance({ minutes: 20 });
  await run.settle();
  await left(agreed[0], "15:00");
  await arrived(agreed[1], "17:00");
  await left(agreed[1], "18:30");
  run.clock.advance({ hours: 9 });
  await run.settle();
  const held = await stays();
  expect([held.get(agreed[0] ?? "")?.leftAt, held.get(agreed[1] ?? "")?.leftAt]).toEqual([
    "2026-11-26T15:00:00.000Z",
    "2026-11-26T18:30:00.000Z",
  ]);
  for (const { id, overdueAt } of held.values()) expect([await overdue(id), overdueAt]).toEqual([0, null]);
});

test("whose arrival came late and whose departure never came is missed half an hour after it", async () => {
  const { personId, agreed } = await visits(1);
  const { arrived } = saying(personId);
  run.clock.set(new Date("2026-11-26T20:00:00Z"));
  const { id } = (await arrived(agreed[0], "13:00")).body.presence;
  run.clock.advance({ minutes: 29 });
  await run.settle();
  expect(await overdue(id)).toBe(0);
  run.clock.advance({ minutes: 1 });
  await run.settle();
  expect(await overdue(id)).toBe(1);
  // That they are looked for does not end by what they wrote before.
  expect((await arrived(agreed[0], "13:30")).body.presence.overdueAt).not.toBeNull();
  run.clock.advance({ hours: 2 });
  await run.settle();
  expect(await overdue(id)).toBe(1);
});

test("what was written before ends no stay that was said since, and reopens none", async () => {
  const { personId, agreed } = await visits(2);
  const { arrived, left, stays } = saying(personId);
  run.clock.set(new Date("2026-11-26T19:00:00Z"));
  await arrived(agreed[1]);
  // The morning's words at the first visit come after the afternoon's arrival at the second.
  run.clock.advance({ minutes: 5 });
  const morning = await arrived(agreed[0], "13:00");
  expect(morning.body.presence.leftAt).toBe("2026-11-26T19:00:00.000Z");
  expect((await left(agreed[0], "15:00")).body.presence.leftAt).toBe("2026-11-26T15:00:00.000Z");
  expect((await arrived(agreed[0], "14:00")).body.presence.leftAt).toBe("2026-11-26T15:00:00.000Z");
  // They were at the second in the morning as well, and have come back.
  await left(agreed[1], "16:00");
  const second = (await stays()).get(agreed[1] ?? "");
  expect(second).toMatchObject({ arrivedAt: "2026-11-26T19:00:00.000Z", leftAt: null });
  run.clock.advance({ hours: 4 });
  await run.settle();
  expect(await overdue(second?.id ?? "")).toBe(1);
});

test("an hour ahead, of another day or of more than a week ago is not believed", async () => {
  const { personId, agreed } = await visits(1);
  const { arrived, left } = saying(personId);
  const refused = { status: 422, body: { code: "said-at-refused" } };
  expect(await arrived(agreed[0], "13:01")).toMatchObject(refused);
  run.clock.set(new Date("2026-11-27T14:00:00Z"));
  expect(await arrived(agreed[0], undefined, { at: "2026-11-27T13:00:00.000Z" })).toMatchObject({
    status: 409,
    body: { code: "not-today" },
  });
  await arrived(agreed[0], "13:00");
  run.clock.advance({ days: 7 });
  expect(await left(agreed[0], "14:00")).toMatchObject(refused);
  expect((await left(agreed[0])).body.presence.leftAt).toBe(run.clock().toISOString());
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
