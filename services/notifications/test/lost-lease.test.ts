import { identifyPhone } from "@minka/contracts/profiles";
import { listSharers, recogniseWord } from "@minka/contracts/shared-phones";
import { connectDatabase, type Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { DomainError } from "@minka/domain/errors";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { defineService } from "@minka/service/define-service";
import { runForTest, type TestRun } from "@minka/test-kit/run-for-test";
import { createTestClock } from "@minka/test-kit/test-clock";
import { createTestDatabase, type TestDatabase } from "@minka/test-kit/test-database";
import { asc, eq } from "@minka/database/query";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { releaseFailed, takeLease } from "../src/conversations/conversation-lease.ts";
import { notifications } from "../src/service.ts";
import { attentionItems, conversations, inboundMessages, outboundMessages, prompts } from "../src/tables.ts";

// A lease is ten seconds by the database's clock, which no test moves.
vi.setConfig({ testTimeout: 60_000 });

const phone = "+51987654321";
type Machine = TestRun & {
  /** What its neighbour does before it answers that nobody is known at the phone; the phone is shared if it says so. */
  before: (call: "identify" | "word" | "sharers") => Promise<{ shared: boolean }>;
  calls: number;
};

let database: TestDatabase;
let db: Database;
let machines: Machine[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  db = connectDatabase({ url: database.url("notifications"), name: "test", maxConnections: 4 });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});
beforeEach(async () => {
  for (const table of [inboundMessages, outboundMessages, attentionItems, prompts, conversations])
    await db.read.delete(table);
});
afterEach(async () => {
  for (const machine of machines.splice(0)) await machine.stop();
});

/** One of several machines on the database, with a clock and a neighbour of its own. */
async function startMachine({ minutesAhead = 0, sweeps = false } = {}): Promise<Machine> {
  const clock = createTestClock();
  clock.advance({ minutes: minutesAhead });
  const traits = { calls: 0, before: async () => ({ shared: false }) } as Pick<Machine, "before" | "calls">;
  const answer = async (which: Parameters<Machine["before"]>[0]) => {
    traits.calls += 1;
    return traits.before(which);
  };
  const fakeProfiles = defineService({
    name: "profiles",
    migrations: null,
    start: () => ({
      routes(app) {
        mountEndpoint(app, identifyPhone, async () => ({ person: null, ...(await answer("identify")) }));
        mountEndpoint(app, recogniseWord, async () => {
          await answer("word");
          return { person: null, blocked: false };
        });
        mountEndpoint(app, listSharers, async () => {
          await answer("sharers");
          return { people: [] };
        });
      },
    }),
  });
  const sweepEveryMs = sweeps ? 100 : null;
  const run = await runForTest([notifications, fakeProfiles], { clock, database, sweepEveryMs });
  const machine = Object.assign(traits, run);
  machines.push(machine);
  return machine;
}

async function write({ app }: Machine, text: string): Promise<void> {
  const url = "/simulator/messages";
  const answer = await app.inject({ method: "POST", url, payload: { from: phone, text } });
  expect(answer.statusCode).toBe(202);
}

const written = () => db.read.select().from(inboundMessages).orderBy(asc(inboundMessages.sequence));
const sent = () => db.read.select().from(outboundMessages).orderBy(asc(outboundMessages.sequence));
const items = () => db.read.select().from(attentionItems);
async function conversation() {
  const [row] = await db.read.select().from(conversations).where(eq(conversations.phone, phone));
  if (!row) throw new Error("no conversation");
  return row;
}

test("a holder whose neighbours stall loses the phone to another process, and writes nothing when it comes back", async () => {
  const stalled = await startMachine();
  // Something was asked at the phone, so that its people are looked up.
  await write(stalled, "soy de tocache");
  await stalled.settle();
  stalled.calls = 0;
  const before = { sent: await sent(), prompts: await db.read.select().from(prompts) };
  expect(before.prompts).toHaveLength(1);

  let returned = false;
  const answered = async () => (await written()).every(({ handledAt }) => handledAt !== null);
  stalled.before = async (call) => {
    // Each answer comes just before the caller would give up; the last only when somebody else has answered.
    if (call !== "sharers") await new Promise((resolve) => setTimeout(resolve, 3_800));
    else await vi.waitUntil(answered, { timeout: 4_800, interval: 20 });
    returned = call === "sharers";
    return { shared: true };
  };
  await write(stalled, "gracias");
  await vi.waitUntil(() => stalled.calls === 1, { timeout: 20_000 });
  const { leaseOwner, version } = await conversation();
  expect(leaseOwner).not.toBeNull();
  await startMachine({ sweeps: true });
  await vi.waitUntil(answered, { timeout: 20_000, interval: 10 });
  const over = async () =>
    (await conversation()).leaseOwner === null && (await sent()).every(({ state }) => state === "sent");
  await vi.waitUntil(over, { timeout: 20_000, interval: 10 });
  const after = { sent: await sent(), written: await written(), conversation: await conversation() };
  expect(after.sent).toHaveLength(before.sent.length + 1);
  expect(after.written.at(-1)?.attempts).toBe(1);
  expect(after.conversation).toMatchObject({ version: version + 1, unansweredSince: null });

  await stalled.settle();
  expect(returned).toBe(true);
  expect({ sent: await sent(), written: await written(), conversation: await conversation() }).toEqual(after);
  expect(await items()).toEqual([]);
});

test("a process whose clock is five minutes ahead takes nothing that another holds", async () => {
  const { clock } = await startMachine();
  await db.read.insert(conversations).values({ id: newId(), phone, version: 0, puzzled: 0, trace: "test" });
  const { id } = await conversation();
  const ahead = new Date(clock().getTime() + 5 * 60_000);
  expect(await takeLease(db, id, clock())).toMatchObject({ abandoned: false });
  expect(await takeLease(db, id, ahead)).toBeNull();
});

test("a rest that a process far ahead has set holds nobody up", async () => {
  const ahead = await startMachine({ minutesAhead: 5 });
  ahead.before = async () => Promise.reject(new DomainError("unavailable", "away", "Away."));
  await write(ahead, "hola");
  await ahead.settle();
  expect(await sent()).toEqual([]);
  const right = await startMachine();
  await right.settle();
  expect(await sent()).toHaveLength(1);
});

test("each answer makes the lease as long again, so that a backlog keeps its holder", async () => {
  const machine = await startMachine();
  const leases: { until: number; version: number }[] = [];
  machine.before = async () => {
    const { leaseUntil, version } = await conversation();
    leases.push({ until: leaseUntil?.getTime() ?? 0, version });
    return { shared: false };
  };
  await db.read.insert(conversations).values({ id: newId(), phone, version: 0, puzzled: 0, trace: "test" });
  const held = await takeLease(db, (await conversation()).id, machine.clock());
  if (!held) throw new Error("it is free");
  for (const text of ["hola", "buenas", "gracias"]) await write(machine, text);
  await releaseFailed(db, held, { failed: undefined, restsUntil: machine.clock() });
  await machine.settle();
  expect(leases).toHaveLength(3);
  expect(new Set(leases.map(({ version }) => version)).size).toBe(1);
  const ends = leases.map(({ until }) => until);
  expect(ends).toEqual([...new Set(ends)].toSorted((a, b) => a - b));
});

test("a message whose turns keep getting lost comes to a person, and the next one is answered", async () => {
  const machine = await startMachine();
  machine.before = async () => {
    // Somebody else takes over before this one has written, and dies.
    if (machine.calls <= 5)
      await db.sql`
        update notifications.conversations
        set lease_owner = 'dead', lease_until = clock_timestamp() - interval '1 s'`;
    return { shared: false };
  };
  await write(machine, "gracias");
  await write(machine, "hola");
  await machine.settle();
  expect((await items()).map(({ kind }) => kind)).toEqual(["not_understood"]);
  const both = await written();
  expect(both.map(({ handledAt, attempts }) => [handledAt !== null, attempts])).toEqual([
    [true, 5],
    [true, 0],
  ]);
  expect(await sent()).toHaveLength(2);
});

test("a neighbour that is away for hours is no failure of ours: the message is answered when it is back", async () => {
  const machine = await startMachine();
  machine.before = async () => Promise.reject(new DomainError("unavailable", "away", "Away."));
  await write(machine, "hola");
  for (let minutes = 0; minutes < 60; minutes += 1) {
    machine.clock.advance({ minutes: 1 });
    await machine.settle();
  }
  expect(machine.calls).toBeGreaterThan(50);
  expect((await written()).map(({ attempts }) => attempts)).toEqual([0]);
  machine.before = async () => ({ shared: false });
  machine.clock.advance({ minutes: 1 });
  await machine.settle();
  expect(await sent()).toHaveLength(1);
  expect(await items()).toEqual([]);
});
