import { event } from "@minka/contracts/event";
import { requestMatched } from "@minka/contracts/events";
import type { Database } from "@minka/database/connect";
import { deliveries, emit, maximumAttempts } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import { DomainError } from "@minka/domain/errors";
import { createLog } from "@minka/http/log";
import { defineService, on, type EventHandler } from "@minka/service/define-service";
import { runServices, type RunningServices } from "@minka/service/run-services";
import { createTestDatabase } from "@minka/test-database/test-database";
import { eq, sql } from "@minka/database/query";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";

/** Has the catalog as a subscriber too, which handles no event here. */
const forTwo = event({
  name: "request.matched",
  emitter: "matching",
  subscribers: ["notifications", "catalog"],
  payload: requestMatched.payload,
});
const unknown = event({
  name: "unknown",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({}),
});

/** `matching` says something, `notifications` handles it as the test wants, on a clock that the test moves. */
async function start(handlers: (db: () => Database) => EventHandler[]) {
  const own = await createTestDatabase();
  let now = new Date("2026-11-24T14:00:00Z").getTime();
  const clock = () => new Date(now);
  const databases = new Map<string, Database>();
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line)) };
  const parts = (name: "matching" | "notifications", own_: EventHandler[]) =>
    defineService({
      name,
      migrations: null,
      start({ db }) {
        databases.set(name, db);
        return { routes() {}, handlers: own_ };
      },
    });
  const database = (name: string) => {
    const db = databases.get(name);
    if (!db) throw new Error(`${name} does not run`);
    return db;
  };
  const running: RunningServices = await runServices({
    services: [
      parts("matching", []),
      parts(
        "notifications",
        handlers(() => database("notifications")),
      ),
    ],
    role: "all",
    databaseUrl: own.url,
    queue: { postgresUrl: own.url("notifications") },
    peers: {},
    serviceSecret: "a secret of at least thirty-two characters",
    environment: {},
    clock,
    log: createLog({ level: "debug", service: "test", destination }),
    maxConnections: 4,
    sweepEveryMs: null,
  });
  onTestFinished(async () => {
    await running.stop();
    await own.drop();
  });
  return {
    running,
    lines,
    notifications: database("notifications"),
    advanceSeconds(seconds: number) {
      now += seconds * 1000;
    },
    say: (what: typeof forTwo | typeof unknown, payload: object = { requestId: newId(), round: 1 }) =>
      database("matching").transaction((tx) =>
        emit(tx, what, payload as never, { at: clock(), trace: "trace-of-an-sms" }),
      ),
    delivery: async () => {
      const found = await database("notifications")
        .read.select()
        .from(deliveries)
        .where(eq(deliveries.subscriber, "notifications"));
      const [only] = found;
      if (!only || found.length > 1) throw new Error(`${found.length} deliveries`);
      return only;
    },
  };
}

/** A trace in the subscriber's own schema, written in the handler's transaction. */
const audited = (subject: string) =>
  sql`insert into notifications.audit values (${newId()}, ${new Date().toISOString()}, 'test', 'heard', ${subject}, 't')`;
const effects = async (db: Database) =>
  (await db.read.execute<{ subject: string }>(sql`select subject from notifications.audit`)).map(
    ({ subject }) => subject,
  );

test("an event is handled once by its subscriber, with payload, time and trace of its cause", async () => {
  const heard: unknown[] = [];
  const { running, say, delivery, notifications, lines } = await start(() => [
    on(requestMatched, async ({ payload, trace, occurredAt, once }) => {
      heard.push([payload.round, trace, occurredAt.toISOString()]);
      await once(async (tx) => void (await tx.execute(audited("engagement"))));
    }),
  ]);
  await say(forTwo, { requestId: newId(), round: 3 });
  await running.settle();
  expect(heard).toEqual([[3, "trace-of-an-sms", "2026-11-24T14:00:00.000Z"]]);
  expect(await effects(notifications)).toEqual(["engagement"]);
  expect(await delivery()).toMatchObject({ handledAt: new Date("2026-11-24T14:00:00Z"), attempts: 0 });
  expect(lines).toContainEqual(
    expect.objectContaining({ job: "handle-delivery", trace: "trace-of-an-sms", outcome: "done" }),
  );
});

test("a handler that fails is tried again later, leaves nothing of the failure, and then succeeds", async () => {
  let attempts = 0;
  const { running, say, delivery, notifications, advanceSeconds } = await start(() => [
    on(requestMatched, ({ once }) =>
      once(async (tx) => {
        attempts += 1;
        await tx.execute(audited(`attempt ${attempts}`));
        if (attempts < 3) throw new Error("not yet");
      }),
    ),
  ]);
  await say(forTwo);
  await running.settle();
  expect(attempts).toBe(1);
  expect(await delivery()).toMatchObject({ attempts: 1, lastError: "Error: not yet", handledAt: null });
  advanceSeconds(1);
  await running.settle();
  advanceSeconds(2);
  await running.settle();
  expect(attempts).toBe(3);
  expect(await effects(notifications)).toEqual(["attempt 3"]);
  expect((await delivery()).handledAt).not.toBeNull();
});

test("what keeps failing is parked after ten attempts, and a person is told", async () => {
  let attempts = 0;
  const { running, say, delivery, advanceSeconds, lines } = await start(() => [
    on(requestMatched, async () => {
      attempts += 1;
      throw new Error("never");
    }),
  ]);
  await say(forTwo);
  for (let round = 0; round < maximumAttempts + 3; round += 1) {
    await running.settle();
    advanceSeconds(24 * 3600);
  }
  expect(attempts).toBe(maximumAttempts);
  expect(await delivery()).toMatchObject({ attempts: maximumAttempts, handledAt: null });
  const told = lines.filter(({ level }) => level === 60);
  expect(told).toEqual([expect.objectContaining({ event: "request.matched", attempts: maximumAttempts })]);
});

test("an outage of another service, however long, parks nothing", async () => {
  let attempts = 0;
  let away = true;
  const { running, say, delivery, notifications, advanceSeconds, lines } = await start(() => [
    on(requestMatched, async ({ once }) => {
      attempts += 1;
      if (away) throw new DomainError("unavailable", "service-unreachable", "profiles did not answer.");
      await once(async (tx) => void (await tx.execute(audited("told"))));
    }),
  ]);
  await say(forTwo);
  for (let round = 0; round < 3 * maximumAttempts; round += 1) {
    await running.settle();
    advanceSeconds(600);
  }
  expect(attempts).toBe(3 * maximumAttempts);
  expect(await delivery()).toMatchObject({ attempts: 0, handledAt: null });
  expect(lines.filter(({ level }) => level === 60)).toEqual([]);
  away = false;
  await running.settle();
  expect(await effects(notifications)).toEqual(["told"]);
});

test("an event without a handler is parked, not lost", async () => {
  const { running, say, delivery, advanceSeconds } = await start(() => []);
  await say(unknown, {});
  for (let round = 0; round < maximumAttempts; round += 1) {
    await running.settle();
    advanceSeconds(24 * 3600);
  }
  expect(await delivery()).toMatchObject({
    attempts: maximumAttempts,
    handledAt: null,
    lastError: "Error: notifications has no handler for unknown",
  });
});

test("a payload that breaks the contract does not reach the handler", async () => {
  let heard = 0;
  const { running, say, delivery } = await start(() => [
    on(requestMatched, async () => {
      heard += 1;
    }),
  ]);
  await say(forTwo, { requestId: "no uuid", round: 1 });
  await running.settle();
  expect(heard).toBe(0);
  expect(await delivery()).toMatchObject({ attempts: 1, handledAt: null });
});

test("a handler with nothing to do has handled its event", async () => {
  let heard = 0;
  const { running, say, delivery } = await start(() => [
    on(requestMatched, async () => {
      heard += 1;
    }),
  ]);
  await say(forTwo);
  await running.settle();
  expect(heard).toBe(1);
  expect((await delivery()).handledAt).not.toBeNull();
});

test("why a handler failed is kept without the values of its statement", async () => {
  const { running, say, delivery } = await start(() => [
    on(requestMatched, ({ once }) =>
      once(async (tx) => {
        await tx.execute(sql`insert into notifications.audit values (${"Rosa Huamán +51987654321"})`);
      }),
    ),
  ]);
  await say(forTwo);
  await running.settle();
  const { lastError } = await delivery();
  expect(lastError).toContain("22P02");
  expect(lastError).not.toMatch(/Rosa|987654321/);
});

test("stopping lets a handler finish that has begun", async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  let finished = false;
  const { running, say } = await start(() => [
    on(requestMatched, async ({ once }) => {
      begin();
      await released;
      await once(async (tx) => void (await tx.execute(audited("late"))));
      finished = true;
    }),
  ]);
  await say(forTwo);
  await begun;
  const stopped = running.stop();
  release();
  await stopped;
  expect(finished).toBe(true);
});

test("stopping does not wait for ever for a handler that hangs", async () => {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const { running, say } = await start(() => [
    on(requestMatched, () => {
      begin();
      return new Promise(() => {});
    }),
  ]);
  await say(forTwo);
  await begun;
  const before = performance.now();
  await running.stop();
  expect(performance.now() - before).toBeLessThan(4_000);
});
