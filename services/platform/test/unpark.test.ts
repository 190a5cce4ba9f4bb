import { maximumAttempts } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import { createTestDatabase } from "@minka/test-kit/test-database";
import postgres from "postgres";
import { expect, onTestFinished, test } from "vitest";
import { listParked, unpark } from "../src/unpark.ts";

test("what is parked is listed and put back, and nothing else is touched", async () => {
  const database = await createTestDatabase();
  const owner = postgres(database.ownerUrl, { max: 1 });
  onTestFinished(async () => {
    await owner.end();
    await database.drop();
  });
  const at = new Date("2026-01-05T14:00:00Z");
  const add = async (attempts: number, handled: boolean) => {
    const [row] = await owner<{ id: string }[]>`
      insert into events.deliveries (id, event, emitter, subscriber, payload, trace, occurred_at, due_at, attempts,
        last_error, handled_at)
      values (${newId()}, 'match.asked', 'matching', 'notifications', '{}', 't', ${at}, ${at}, ${attempts},
        'Error: gone', ${handled ? at : null})
      returning id`;
    return row?.id;
  };
  const parked = [await add(maximumAttempts, false), await add(maximumAttempts, false)];
  const others = [await add(maximumAttempts - 1, false), await add(maximumAttempts, true)];

  expect(await listParked(database.ownerUrl)).toEqual([
    { event: "match.asked", subscriber: "notifications", deliveries: 2, lastError: "Error: gone" },
  ]);
  expect(await unpark(database.ownerUrl)).toBe(2);
  expect(await unpark(database.ownerUrl)).toBe(0);
  const rows = await owner`select id, attempts, due_at > ${at} as moved from events.deliveries order by id`;
  expect([...rows]).toEqual([
    { id: parked[0], attempts: 0, moved: true },
    { id: parked[1], attempts: 0, moved: true },
    { id: others[0], attempts: maximumAttempts - 1, moved: false },
    { id: others[1], attempts: maximumAttempts, moved: false },
  ]);
});
