import { connectDatabase } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { forgetOld } from "@minka/service/forget-old";
import { createTestDatabase } from "@minka/test-database/test-database";
import postgres from "postgres";
import { expect, onTestFinished, test } from "vitest";

const now = new Date("2026-11-24T14:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 60 * 60 * 1000);

test("a service forgets its handled events and remembered answers after 30 days, and nothing else", async () => {
  const own = await createTestDatabase();
  const owner = postgres(own.ownerUrl, { max: 1, onnotice: () => {} });
  const db = connectDatabase({ url: own.url("notifications"), name: "test", maxConnections: 1 });
  onTestFinished(async () => {
    await db.close();
    await owner.end();
    await own.drop();
  });
  const delivery = (event: string, subscriber: string, handledAt: Date | null) => owner`
    insert into events.deliveries (id, event, emitter, subscriber, payload, trace, occurred_at, due_at, attempts, handled_at)
    values (${newId()}, ${event}, 'matching', ${subscriber}, '{}', 'test', ${daysAgo(40)}, ${daysAgo(40)}, 10, ${handledAt})`;
  await delivery("old", "notifications", daysAgo(31));
  await delivery("recent", "notifications", daysAgo(29));
  await delivery("parked", "notifications", null);
  await delivery("of another service", "catalog", daysAgo(31));
  const answer = (scope: string, at: Date) => owner`
    insert into notifications.idempotency_keys (scope, body_hash, created_at) values (${scope}, 'hash', ${at})`;
  await answer("old", daysAgo(31));
  await answer("recent", daysAgo(29));

  expect(await forgetOld(db, "notifications", () => now)).toBe(2);

  const events = await owner`select event from events.deliveries order by event`;
  expect(events.map((row) => row["event"])).toEqual(["of another service", "parked", "recent"]);
  expect(await owner`select scope from notifications.idempotency_keys`).toEqual([{ scope: "recent" }]);
});
