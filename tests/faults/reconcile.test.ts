import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@minka/test-kit/test-database";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { findDifferences } from "./reconcile.ts";

let database: TestDatabase;
let owner: postgres.Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});
beforeEach(async () => {
  await owner`truncate notifications.outbound_messages, notifications.attention_items cascade`;
});

/** A message that the database says has gone, as `sid`. */
async function sent(sid: string, state = "sent"): Promise<string> {
  const id = randomUUID();
  const at = new Date("2026-11-24T14:00:00Z");
  await owner`insert into notifications.outbound_messages
    (id, phone, body, segments, state, reply, ephemeral, created_at, due_at, expires_at, attempts, trace)
    values (${id}, '+51900000001', 'hola', 1, ${state}, true, false, ${at}, ${at}, ${at}, 1, 'test')`;
  await owner`insert into notifications.outbound_attempts
    (message_id, number, gateway, started_at, outcome, external_id)
    values (${id}, 1, 'twilio', ${at}, 'accepted', ${sid})`;
  return id;
}

test("lists that agree differ in nothing", async () => {
  const message = await sent("SM1");
  expect(await findDifferences(owner, [{ id: "SM1", message, failed: false }])).toEqual([]);
});

test("a message that only the gateway, or only the database, knows of is a difference", async () => {
  await sent("SM1");
  const differences = await findDifferences(owner, [{ id: "SM2", message: randomUUID(), failed: false }]);
  expect(differences).toEqual([
    expect.stringMatching(/ as SM2, which the database does not know$/),
    expect.stringMatching(/ is said to be SM1, which the gateway never took$/),
  ]);
});

test("a message that went out twice is a difference, and one that was tried again after it had failed is none", async () => {
  const message = await sent("SM1");
  await owner`insert into notifications.outbound_attempts
    (message_id, number, gateway, started_at, outcome, external_id)
    values (${message}, 2, 'twilio', ${new Date()}, 'accepted', 'SM2')`;
  const taken = (failed: boolean) => [
    { id: "SM1", message, failed },
    { id: "SM2", message, failed: false },
  ];
  expect(await findDifferences(owner, taken(false))).toEqual([`${message} went out 2 times`]);
  expect(await findDifferences(owner, taken(true))).toEqual([]);
});

test("what is still to be done, and a person called for nothing, are differences", async () => {
  const message = await sent("SM1", "queued");
  await owner`insert into notifications.attention_items (id, kind, phone, message_id, at)
    values (${randomUUID()}, 'message_unsettled', '+51900000001', ${message}, ${new Date()})`;
  expect(await findDifferences(owner, [{ id: "SM1", message, failed: false }])).toEqual([
    "1 messages have not been sent",
    `a person is told message_unsettled of ${message}, which is queued`,
  ]);
});
