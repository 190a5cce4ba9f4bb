import { readFile } from "node:fs/promises";
import { connectDatabase, type Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { createTestDatabase, type TestDatabase } from "@minka/test-kit/test-database";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadPeople } from "../src/people/load-people.ts";

const migrations = new URL("../migrations/", import.meta.url);
const ids = { agreed: newId(), withdrew: newId(), loaded: newId(), operator: newId(), other: newId() };

let database: TestDatabase;
let owner: Database;

async function run(name: string): Promise<void> {
  const file = await readFile(new URL(`${name}.sql`, migrations), "utf8");
  for (const statement of file.split("--> statement-breakpoint")) await owner.sql.unsafe(statement);
}

const stateOf = async (id: string) => {
  const [row] = await owner.sql<{ state: string }[]>`select state from profiles.people where id = ${id}`;
  return row?.state;
};

/** A data directory of the first release, brought to today. */
beforeAll(async () => {
  database = await createTestDatabase();
  owner = connectDatabase({ url: database.ownerUrl, name: "people-from-before", maxConnections: 1 });
  const { sql } = owner;
  const { entries } = JSON.parse(await readFile(new URL("meta/_journal.json", migrations), "utf8")) as {
    entries: { tag: string }[];
  };
  const [first = "", ...later] = entries.map(({ tag }) => tag);
  await sql.unsafe("drop schema profiles cascade; create schema profiles");
  await run(first);
  for (const id of Object.values(ids))
    await sql`insert into profiles.people (id, name, created_at, updated_at)
      values (${id}, 'Somebody', '2026-11-01', '2026-11-01')`;
  for (const [personId, purpose, withdrawnAt] of [
    [ids.agreed, "service", null],
    [ids.withdrew, "service", "2026-11-02"],
    [ids.other, "bulletins", null],
  ] as const)
    await sql`insert into profiles.consents (id, person_id, purpose, version, channel, given_at, withdrawn_at)
      values (${newId()}, ${personId}, ${purpose}, '1', 'sms', '2026-11-01', ${withdrawnAt})`;
  await sql`insert into profiles.operators (person_id, appointed_at) values (${ids.operator}, '2026-11-01')`;
  for (const name of later) await run(name);
});
afterAll(async () => {
  await owner.close();
  await database.drop();
});

test("people of the first release who never agreed are invited, whoever agreed or is an operator is not", async () => {
  expect(await stateOf(ids.loaded)).toBe("invited");
  expect(await stateOf(ids.other)).toBe("invited");
  expect(await stateOf(ids.agreed)).toBe("active");
  expect(await stateOf(ids.withdrew)).toBe("active");
  expect(await stateOf(ids.operator)).toBe("active");
});

test("people who are loaded without a consent are invited", async () => {
  const [agreed, named] = [newId(), newId()];
  const row = { districtCode: "221001", sex: null, birthYear: null, crops: [] };
  await loadPeople(
    owner,
    [
      { ...row, id: agreed, name: "Elmer", phone: "+51900000001", consentVersion: "1" },
      { ...row, id: named, name: "Rosa", phone: "+51900000002", consentVersion: null },
    ],
    { at: new Date("2026-11-24T14:00:00Z") },
  );
  expect(await stateOf(agreed)).toBe("active");
  expect(await stateOf(named)).toBe("invited");
});
