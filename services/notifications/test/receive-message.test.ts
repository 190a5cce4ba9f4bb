import { connectDatabase } from "@minka/database/connect";
import { createLog } from "@minka/http/log";
import { runServices } from "@minka/service/run-services";
import { createTestClock } from "@minka/test-kit/test-clock";
import { createTestDatabase } from "@minka/test-kit/test-database";
import { testServiceSecret } from "@minka/test-kit/run-for-test";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openJournal, type Journal } from "../src/intake/journal.ts";
import { receiveMessage } from "../src/intake/receive-message.ts";
import { putQuestion } from "../src/conversations/prompts.ts";
import { inboundMessages, prompts } from "../src/tables.ts";
import { messaging, otherPhone, phone, runMessaging, type MessagingRun } from "./messaging-run.ts";

let run: MessagingRun;
let journal: Journal;
beforeAll(async () => {
  run = await runMessaging();
  const log = createLog({ level: "silent", service: "test" });
  journal = openJournal({ db: run.db, log, environment: { SMS_JOURNAL_DIR: "/dev/null/journal" } });
});
afterAll(() => run.stop());
beforeEach(async () => {
  await run.db.read.delete(inboundMessages);
});

const once = { name: "sim", repeatsWithNewIds: false };
const repeating = { name: "handset", repeatsWithNewIds: true };
const receive = (gateway: typeof once, externalId: string, text: string, from = phone, stampedAt?: Date) =>
  receiveMessage(
    { clock: run.clock, journal },
    { gateway, externalId, phone: from, text, trace: "test-trace", ...(stampedAt && { stampedAt }) },
  );
const bodies = async () =>
  (await run.db.read.select().from(inboundMessages).orderBy(inboundMessages.sequence)).map(
    ({ body }) => body,
  );

describe("what is written down of a message", () => {
  test("is never more than 1,600 characters, cut between characters", async () => {
    await receive(once, "1", "a".repeat(5_000));
    await receive(once, "2", `${"a".repeat(1_599)}👍`);
    const [long, emoji] = await bodies();
    expect(long).toBe("a".repeat(1_600));
    expect(emoji?.isWellFormed()).toBe(true);
    expect(emoji).toHaveLength(1_600);
  });

  test("has nothing in it that could be held against whoever wrote it", async () => {
    await receive(once, "1", "vi a unos narcos, quiero abono");
    const [body] = await bodies();
    expect(body).not.toContain("narcos");
    expect(body).toContain("quiero abono");
  });
});

describe("a message that speaks of violence", () => {
  test("is in no table, no queue and no log, but is waiting for its answer", async () => {
    const text = "mi esposo me pega todas las noches";
    const lines: string[] = [];
    const database = await createTestDatabase();
    const log = createLog({
      level: "trace",
      service: "test",
      destination: { write: (line: string) => void lines.push(line) },
    });
    const services = await runServices({
      services: [messaging],
      role: "api", // without workers, what was queued stays where it can be looked at
      databaseUrl: (service) => database.url(service),
      queue: { postgresUrl: database.url("notifications") },
      peers: {},
      serviceSecret: testServiceSecret,
      environment: {},
      clock: createTestClock(),
      log,
    });
    const owner = connectDatabase({ url: database.ownerUrl, name: "test", maxConnections: 1 });
    try {
      const response = await services.app.inject({
        method: "POST",
        url: "/simulator/messages",
        headers: { "idempotency-key": "a-key-of-the-phone" },
        payload: { from: phone, text },
      });
      expect(response.statusCode).toBe(202);
      expect(await owner.sql`select body, safety from notifications.inbound_messages`).toEqual([
        { body: null, safety: true },
      ]);
      expect(await owner.sql`select phone from notifications.conversations`).toEqual([{ phone }]);
      const everything = async () => {
        const tables = await owner.sql<{ name: string }[]>`
          select format('%I.%I', table_schema, table_name) as name from information_schema.tables
          where table_schema in ('notifications', 'events', 'bullmq') and table_type = 'BASE TABLE'`;
        const rows = tables.map(({ name }) =>
          owner.sql.unsafe(`select row_to_json(t)::text as row from ${name} t`),
        );
        return (await Promise.all(rows)).flatMap((found) => found.map(({ row }) => String(row))).join("\n");
      };
      // The nudge travels after the answer; once it has arrived, or was given up, everything is written.
      await expect
        .poll(async () => (await everything()) + lines.join(""))
        .toMatch(/advance-conversation|nudges lost/);
      expect(await everything()).not.toMatch(/pega|esposo/);
      const history = await services.app.inject({
        url: `/simulator/messages?phone=${encodeURIComponent(phone)}`,
      });
      expect(history.json()).toEqual({ messages: [] });
    } finally {
      await owner.close();
      await services.stop();
      await database.drop();
    }
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join("")).not.toMatch(/pega|esposo/);
  });

  test("nor any other text is in the error when the database refuses it", async () => {
    const owner = connectDatabase({ url: run.database.ownerUrl, name: "test", maxConnections: 1 });
    await owner.sql.unsafe(
      "alter table notifications.inbound_messages add constraint refuse_one check (external_id <> 'refused')",
    );
    try {
      const refused = receive(once, "refused", "mi secreto");
      await expect(refused).rejects.toMatchObject({ code: "message-not-kept", category: "unavailable" });
      const error: unknown = await refused.catch((reason: unknown) => reason);
      expect(
        `${String(error)} ${JSON.stringify(error)} ${error instanceof Error ? error.stack : ""}`,
      ).not.toContain("secreto");
    } finally {
      await owner.close();
    }
  });
});

describe("a gateway that hands the same message over under a new id", () => {
  test("is believed once within two seconds", async () => {
    const first = await receive(repeating, "1", "1");
    run.clock.advance({ seconds: 1 });
    expect(await receive(repeating, "2", "1")).toEqual(first);
    await receive(repeating, "3", "2");
    await receive(repeating, "4", "1", otherPhone);
    run.clock.advance({ seconds: 2 });
    await receive(repeating, "5", "1");
    expect(await bodies()).toEqual(["1", "2", "1", "1"]);
  });

  test("is believed twice when the network says that the two were written at different times", async () => {
    const written = (hours: number, ms = 0) => new Date(run.clock().getTime() - hours * 3_600_000 + ms);
    await receive(repeating, "1", "si", phone, written(9));
    run.clock.advance({ seconds: 1 });
    await receive(repeating, "2", "si", phone, written(6));
    await receive(repeating, "3", "si", phone, written(6, 999));
    expect(await bodies()).toEqual(["si", "si"]);
  });

  test("is believed twice when a question was put to the phone between the two", async () => {
    const ask = (about: string) =>
      run.db.transaction(async (tx) => {
        await tx.update(prompts).set({ state: "answered" });
        const expiresAt = new Date(run.clock().getTime() + 3_600_000);
        const subject = { kind: "choice" as const, requestId: about, round: 1, matchIds: [] };
        await putQuestion(
          tx,
          phone,
          { subject, text: about, expiresAt },
          { at: run.clock(), trace: "test" },
          "es",
        );
      });
    await ask("the first list");
    await run.settle();
    await receive(repeating, "1", "1");
    await ask("the second list");
    // It has not left yet: the same number once more is the same answer.
    await receive(repeating, "2", "1");
    expect(await bodies()).toEqual(["1"]);
    await run.settle();
    await receive(repeating, "3", "1");
    await receive(repeating, "4", "1");
    expect(await bodies()).toEqual(["1", "1"]);
  });

  test("does not make others suspicious: a quick second 1 counts", async () => {
    await receive(once, "1", "1");
    await receive(once, "2", "1");
    expect(await bodies()).toEqual(["1", "1"]);
  });
});
