import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectDatabase } from "@minka/database/connect";
import { createLog } from "@minka/http/log";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Gateway, ListedMessage } from "../src/gateways/gateway.ts";
import { fetchMissedJob } from "../src/intake/fetch-missed.ts";
import { openJournal, type Journal } from "../src/intake/journal.ts";
import { erasedMessages } from "../src/intake/missed-messages-tables.ts";
import { receiveMessage } from "../src/intake/receive-message.ts";
import { inboundMessages } from "../src/tables.ts";
import { otherPhone, phone, runMessaging, type MessagingRun } from "./messaging-run.ts";

let run: MessagingRun;
let journal: Journal;
let listed: ListedMessage[];
let looks: Date[];
let broken: boolean;

const gateway: Gateway = {
  name: "listing",
  segmentsPerSecond: 1,
  takesClientIds: true,
  repeatsWithNewIds: false,
  send: () => Promise.reject(new Error("nothing is sent here")),
  find: () => Promise.reject(new Error("nothing is looked for here")),
  async received(since) {
    looks.push(since);
    if (broken) throw new Error("500 for +51987654321: mi secreto");
    return listed.filter(({ writtenAt }) => writtenAt >= since);
  },
};

let dir: string;
beforeEach(async () => {
  run = await runMessaging();
  dir = await mkdtemp(join(tmpdir(), "minka-journal-"));
  journal = openJournal({
    db: run.db,
    log: createLog({ level: "silent", service: "test" }),
    environment: { SMS_JOURNAL_DIR: dir },
  });
  listed = [];
  looks = [];
  broken = false;
});
afterEach(async () => {
  await run.stop();
  await rm(dir, { recursive: true, force: true });
});

/** One process's job; another process has another one. */
const job = () => fetchMissedJob({ db: run.db, clock: run.clock, journal, gateways: [gateway] });

/** What the sweep of a process does. */
async function sweep(one = job()): Promise<void> {
  for (const { id, trace } of await one.due(10)) await one.run(id, trace);
}

/** Written at the gateway `ago` seconds before now, by the gateway's clock. */
function writes(externalId: string, { ago, from = phone }: { ago: number; from?: string }): void {
  const writtenAt = new Date(run.clock().getTime() - ago * 1000);
  listed.push({ externalId, phone: from, text: externalId, writtenAt });
}
const arrives = (externalId: string) =>
  receiveMessage(
    { clock: run.clock, journal },
    { gateway, externalId, phone, text: externalId, trace: "test" },
  );
const stored = async () =>
  (await run.db.read.select().from(inboundMessages).orderBy(inboundMessages.sequence)).map(
    ({ externalId }) => externalId,
  );

test("a message of which Minka was never told is fetched, once, in the order in which it was written", async () => {
  writes("third", { ago: 100 });
  writes("first", { ago: 300 });
  writes("second", { ago: 200 });
  await arrives("third");
  await sweep();
  run.clock.advance({ minutes: 3 });
  await sweep();
  expect(await stored()).toEqual(["third", "first", "second"]);
});

test("one that may still be on its way is left to come by itself", async () => {
  writes("fresh", { ago: 10 });
  await sweep();
  expect(await stored()).toEqual([]);
  run.clock.advance({ minutes: 3 });
  await sweep();
  expect(await stored()).toEqual(["fresh"]);
  await arrives("fresh");
  expect(await stored()).toEqual(["fresh"]);
});

test("each look begins well before the last one ended, and goes back over a standstill", async () => {
  await sweep();
  run.clock.advance({ hours: 9 });
  writes("during the standstill", { ago: 8 * 3600 });
  await sweep();
  expect(await stored()).toEqual(["during the standstill"]);
  const [first, second] = looks;
  expect((second?.getTime() ?? 0) - (first?.getTime() ?? 0)).toBe(0);
});

test("of several processes one looks at a time", async () => {
  await Promise.all([sweep(), sweep(), sweep(), sweep()]);
  expect(looks).toHaveLength(1);
  run.clock.advance({ minutes: 1 });
  await sweep();
  expect(looks).toHaveLength(1);
  run.clock.advance({ minutes: 2 });
  await Promise.all([sweep(), sweep()]);
  expect(looks).toHaveLength(2);
});

test("a list that cannot be read is asked ever more seldom, nothing of it is said, and nothing is missed", async () => {
  broken = true;
  writes("meanwhile", { ago: 120 });
  const error = await sweep().then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(String(error)).toContain("could not be looked through");
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/secreto|987654321/);
  let minutes = 0;
  for (; looks.length < 5; minutes += 1) {
    run.clock.advance({ minutes: 1 });
    await sweep().catch(() => {});
  }
  // 4, 8, 16 and 32 minutes.
  expect(minutes).toBe(60);
  broken = false;
  run.clock.advance({ hours: 1 });
  await sweep();
  expect(await stored()).toEqual(["meanwhile"]);
});

test("what was erased with its writer does not come back from the gateway's list", async () => {
  await sweep();
  writes("erased", { ago: 120 });
  writes("of another", { ago: 120, from: otherPhone });
  await arrives("erased");
  await run.db.read
    .insert(erasedMessages)
    .values({ gateway: gateway.name, externalId: "erased", at: run.clock() });
  await run.db.read.delete(inboundMessages);
  run.clock.advance({ minutes: 3 });
  await sweep();
  expect(await stored()).toEqual(["of another"]);
});

test("one that the database refuses holds up none of the others", async () => {
  const owner = connectDatabase({ url: run.database.ownerUrl, name: "test", maxConnections: 1 });
  await owner.sql`
    alter table notifications.inbound_messages add constraint refuse_one check (external_id <> 'refused')`;
  await owner.close();
  writes("refused", { ago: 200 });
  writes("next", { ago: 100 });
  await sweep();
  expect(await stored()).toEqual(["next"]);
  expect(await journal.depth()).toMatchObject({ messages: 0, setAside: 1 });
});

test("senders that cannot be answered are passed over", async () => {
  writes("short code", { ago: 120, from: "CLARO" });
  await sweep();
  expect(await stored()).toEqual([]);
});
