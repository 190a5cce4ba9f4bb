import { event } from "@minka/contracts/event";
import type { Database } from "@minka/database/connect";
import {
  deliveries,
  dueDeliveries,
  emit,
  handleOnce,
  maximumAttempts,
  postponeDelivery,
  readDelivery,
} from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import { eq, sql } from "@minka/database/query";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { openTestDatabase } from "./two-services.ts";

const at = new Date("2026-11-24T14:00:00Z");
const agreed = event({
  name: "engagement.agreed",
  emitter: "matching",
  subscribers: ["notifications", "catalog"],
  payload: z.object({ requestId: z.string() }),
});
const broken = { error: "broken", away: false };
const unheard = event({ name: "unheard", emitter: "matching", subscribers: [], payload: z.object({}) });

const emitOne = (database: Database, requestId = newId()) =>
  database.transaction((tx) => emit(tx, agreed, { requestId }, { at, trace: "trace-1" }));

async function idFor(database: Database, subscriber: string): Promise<string> {
  const [row] = await database.read.select().from(deliveries).where(eq(deliveries.subscriber, subscriber));
  if (!row) throw new Error(`nothing for ${subscriber}`);
  return row.id;
}

test("an event is one row for each subscriber, and nudges leave after commit", async () => {
  const { as, nudged } = await openTestDatabase();
  const matching = as("matching");
  await matching.transaction(async (tx) => {
    await emit(tx, agreed, { requestId: "r1" }, { at, trace: "trace-1" });
    expect(nudged).toEqual([]);
  });
  const rows = await matching.read.select().from(deliveries);
  expect(rows.map(({ subscriber }) => subscriber).toSorted()).toEqual(["catalog", "notifications"]);
  for (const row of rows)
    expect(row).toMatchObject({
      event: "engagement.agreed",
      emitter: "matching",
      payload: { requestId: "r1" },
      trace: "trace-1",
      occurredAt: at,
      dueAt: at,
      attempts: 0,
      handledAt: null,
    });
  const due = rows.map(({ subscriber, id }) => ({
    service: subscriber,
    job: "handle-delivery",
    id,
    trace: "trace-1",
  }));
  expect(nudged).toHaveLength(2);
  expect(nudged).toEqual(expect.arrayContaining(due));
});

test("an event that nobody listens to writes nothing", async () => {
  const { as, nudged } = await openTestDatabase();
  const matching = as("matching");
  await matching.transaction((tx) => emit(tx, unheard, {}, { at, trace: "trace-1" }));
  expect(await matching.read.select().from(deliveries)).toEqual([]);
  expect(nudged).toEqual([]);
});

test("a transaction that is rolled back leaves no event and no nudge", async () => {
  const { as, nudged } = await openTestDatabase();
  const matching = as("matching");
  const failed = matching.transaction(async (tx) => {
    await emit(tx, agreed, { requestId: "r1" }, { at, trace: "trace-1" });
    throw new Error("the state change did not work out");
  });
  await expect(failed).rejects.toThrow("did not work out");
  expect(await matching.read.select().from(deliveries)).toEqual([]);
  expect(nudged).toEqual([]);
});

test("a service sees only what it sent or is sent", async () => {
  const { as } = await openTestDatabase();
  await emitOne(as("matching"));
  expect(await as("matching").read.select().from(deliveries)).toHaveLength(2);
  expect(await as("notifications").read.select().from(deliveries)).toHaveLength(1);
  expect(await as("profiles").read.select().from(deliveries)).toEqual([]);
});

test("no service can send in the name of another", async () => {
  const { as } = await openTestDatabase();
  await expect(emitOne(as("profiles"))).rejects.toMatchObject({
    message: expect.stringContaining("row-level security"),
  });
  expect(await as("matching").read.select().from(deliveries)).toEqual([]);
});

test("only the subscriber records progress, and nothing else about a delivery can change", async () => {
  const { as, owner } = await openTestDatabase();
  await emitOne(as("matching"));
  const id = await idFor(as("notifications"), "notifications");
  const change = (service: "matching" | "notifications" | "profiles", assignment: string) =>
    as(service).sql.unsafe(`update events.deliveries set ${assignment} where id = '${id}'`);

  for (const foreign of ["matching", "profiles"] as const) {
    expect((await change(foreign, "handled_at = '2026-11-24'")).count).toBe(0);
  }
  for (const column of ["payload = '{}'", "subscriber = 'profiles'", "emitter = 'catalog'", "event = 'x'"]) {
    await expect(change("notifications", column)).rejects.toThrow("permission denied");
  }
  expect((await as("notifications").sql`delete from events.deliveries`).count).toBe(0);
  const [untouched] = await owner`select handled_at from events.deliveries where id = ${id}`;
  expect(untouched).toEqual({ handled_at: null });

  for (const own of [
    "handled_at = '2026-11-24'",
    "attempts = 3",
    "last_error = 'x'",
    "due_at = '2026-11-25'",
  ]) {
    expect((await change("notifications", own)).count).toBe(1);
  }
  // Once it is handled, its subscriber may forget it, and nobody else.
  expect((await as("matching").sql`delete from events.deliveries`).count).toBe(0);
  expect((await as("notifications").sql`delete from events.deliveries`).count).toBe(1);
});

test("handlers at the same time do the work once", async () => {
  const { as } = await openTestDatabase();
  const notifications = as("notifications");
  await emitOne(as("matching"));
  const id = await idFor(notifications, "notifications");
  let times = 0;
  const once = () =>
    handleOnce(notifications, { id, at }, async (tx) => {
      times += 1;
      await tx.execute(sql`select pg_sleep(0.05)`);
    });
  await Promise.all(Array.from({ length: 8 }, once));
  await once();
  expect(times).toBe(1);
  expect(await readDelivery(notifications.read, id)).toMatchObject({ handledAt: at });
});

test("work that fails leaves the delivery to be done", async () => {
  const { as } = await openTestDatabase();
  const notifications = as("notifications");
  await emitOne(as("matching"));
  const id = await idFor(notifications, "notifications");
  await expect(
    handleOnce(notifications, { id, at }, () => Promise.reject(new Error("not today"))),
  ).rejects.toThrow("not today");
  let times = 0;
  await handleOnce(notifications, { id, at }, async () => {
    times += 1;
  });
  expect(times).toBe(1);
});

test("a failure puts a delivery off, twice as long each time, and after ten it is parked", async () => {
  const { as } = await openTestDatabase();
  const notifications = as("notifications");
  await emitOne(as("matching"));
  const id = await idFor(notifications, "notifications");
  let now = at;
  for (let attempt = 1; attempt <= maximumAttempts; attempt += 1) {
    expect(await dueDeliveries(notifications.read, "notifications", now, 10)).toEqual([
      { id, trace: "trace-1" },
    ]);
    const read = { id, attempts: attempt - 1, occurredAt: at };
    expect(await postponeDelivery(notifications.read, read, broken, now)).toBe(attempt);
    const waitMs = 1000 * 2 ** (attempt - 1);
    const justBefore = new Date(now.getTime() + waitMs - 1);
    expect(await dueDeliveries(notifications.read, "notifications", justBefore, 10)).toEqual([]);
    now = new Date(now.getTime() + waitMs);
  }
  const muchLater = new Date("2027-11-24T14:00:00Z");
  expect(await dueDeliveries(notifications.read, "notifications", muchLater, 10)).toEqual([]);
  expect(await readDelivery(notifications.read, id)).toMatchObject({
    attempts: maximumAttempts,
    lastError: "broken",
    handledAt: null,
  });
});

test("while another service is away nothing is counted, and the wait grows to ten minutes", async () => {
  const { as } = await openTestDatabase();
  const notifications = as("notifications");
  await emitOne(as("matching"));
  const id = await idFor(notifications, "notifications");
  let now = at;
  const waits: number[] = [];
  for (let failure = 0; failure < 15; failure += 1) {
    const delivery = await readDelivery(notifications.read, id);
    if (!delivery) throw new Error("the delivery is gone");
    const away = { error: "away", away: true };
    expect(await postponeDelivery(notifications.read, delivery, away, now)).toBe(0);
    const dueAt = (await readDelivery(notifications.read, id))?.dueAt ?? now;
    waits.push((dueAt.getTime() - now.getTime()) / 1000);
    now = dueAt;
    expect(await dueDeliveries(notifications.read, "notifications", now, 10)).toHaveLength(1);
  }
  expect(waits).toEqual([1, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600, 600]);
});

test("two that fail at the same time count as one attempt", async () => {
  const { as } = await openTestDatabase();
  const notifications = as("notifications");
  await emitOne(as("matching"));
  const id = await idFor(notifications, "notifications");
  const both = await Promise.all(
    ["nudged", "swept"].map((error) =>
      postponeDelivery(notifications.read, { id, attempts: 0, occurredAt: at }, { error, away: false }, at),
    ),
  );
  expect(both).toHaveLength(2);
  expect(both).toEqual(expect.arrayContaining([1, null]));
  expect(await readDelivery(notifications.read, id)).toMatchObject({ attempts: 1 });
});

test("what is handled is neither due nor put off again", async () => {
  const { as } = await openTestDatabase();
  const notifications = as("notifications");
  await emitOne(as("matching"));
  const id = await idFor(notifications, "notifications");
  await handleOnce(notifications, { id, at }, async () => {});
  expect(await dueDeliveries(notifications.read, "notifications", at, 10)).toEqual([]);
  const late = { id, attempts: 0, occurredAt: at };
  expect(await postponeDelivery(notifications.read, late, broken, at)).toBeNull();
  expect(await readDelivery(notifications.read, id)).toMatchObject({ attempts: 0, lastError: null });
});

test("due deliveries come in the order in which they were sent, and no more than asked for", async () => {
  const { as } = await openTestDatabase();
  const matching = as("matching");
  for (const requestId of ["first", "second", "third"]) await emitOne(matching, requestId);
  const catalog = as("catalog");
  const due = await dueDeliveries(catalog.read, "catalog", at, 2);
  const found = await Promise.all(due.map(({ id }) => readDelivery(catalog.read, id)));
  expect(found.map((delivery) => delivery?.payload)).toEqual([
    { requestId: "first" },
    { requestId: "second" },
  ]);
});

test("ids grow with the order in which they are made", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 200 }), (count) => {
      const ids = Array.from({ length: count }, newId);
      expect(ids).toEqual(ids.toSorted());
      expect(new Set(ids).size).toBe(count);
    }),
  );
});
