import { readFile } from "node:fs/promises";
import { connectDatabase, type Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { createTestDatabase, type TestDatabase } from "@minka/test-kit/test-database";
import { afterAll, beforeAll, expect, test } from "vitest";

const migrations = new URL("../migrations/", import.meta.url);
const ids = { question: newId(), waiting: newId(), early: newId(), handled: newId() };

let database: TestDatabase;
let owner: Database;

async function run(name: string): Promise<void> {
  const file = await readFile(new URL(`${name}.sql`, migrations), "utf8");
  for (const statement of file.split("--> statement-breakpoint")) await owner.sql.unsafe(statement);
}

/** A data directory of an earlier release, brought to today while a phone waits and a gateway is paused. */
beforeAll(async () => {
  database = await createTestDatabase();
  owner = connectDatabase({ url: database.ownerUrl, name: "messages-from-before", maxConnections: 1 });
  const { sql } = owner;
  const { entries } = JSON.parse(await readFile(new URL("meta/_journal.json", migrations), "utf8")) as {
    entries: { tag: string }[];
  };
  const tags = entries.map(({ tag }) => tag);
  const before = tags.filter((tag) => tag < "0003");
  await sql.unsafe("drop schema notifications cascade; create schema notifications");
  for (const tag of before) await run(tag);
  await sql`
    insert into notifications.channel_pauses (gateway, until, code) values ('twilio', '2026-11-30T12:00:00Z', '20003')`;
  await sql`
    insert into notifications.prompts (id, phone, kind, subject, about, state, text, created_at, opened_at, expires_at, trace)
    values (${ids.question}, '+51900000001', 'consent', '{"kind":"consent"}', 'consent', 'open', 'SI o NO',
      '2026-11-20T10:00:00Z', '2026-11-20T10:00:00Z', '2026-11-24T10:00:00Z', 'test')`;
  const rows = [
    { id: ids.early, at: "2026-11-20T09:00:00Z", handled: null },
    { id: ids.handled, at: "2026-11-20T10:30:00Z", handled: "2026-11-20T10:30:01Z" },
    { id: ids.waiting, at: "2026-11-20T11:00:00Z", handled: null },
  ];
  for (const { id, at, handled } of rows)
    await sql`
      insert into notifications.inbound_messages
        (id, gateway, external_id, phone, body, safety, received_at, handled_at, attempts, trace)
      values (${id}, 'twilio', ${id}, '+51900000001', 'si', false, ${at}, ${handled}, 0, 'test')`;
  for (const tag of tags.filter((each) => !before.includes(each))) await run(tag);
});
afterAll(async () => {
  await owner.close();
  await database.drop();
});

test("a message that waits through the update still answers the question that its writer had read", async () => {
  const rows = await owner.sql<{ id: string; question: string | null }[]>`
    select id, question_id as question from notifications.inbound_messages`;
  expect(Object.fromEntries(rows.map(({ id, question }) => [id, question]))).toEqual({
    [ids.waiting]: ids.question,
    [ids.early]: null,
    [ids.handled]: null,
  });
});

test("a gateway that was paused is paused after the update", async () => {
  expect(
    await owner.sql`
      select gateway, to_char(paused_until at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as until, pause_code
      from notifications.channels`,
  ).toEqual([{ gateway: "twilio", until: "2026-11-30 12:00", pause_code: "20003" }]);
});
