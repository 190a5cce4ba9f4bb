import { commonTables } from "@minka/database/columns";
import type { Database } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { sql } from "@minka/database/query";
import { pgSchema } from "@minka/database/table";
import { expect, test, vi } from "vitest";
import { openTestDatabase } from "./two-services.ts";

const clock = () => new Date("2026-11-24T14:00:00Z");
const tables = commonTables(pgSchema("matching"));

const claimOf = (bodyHash: string, scope = "person:1 /api/requests key-1") => ({ scope, bodyHash });

function command(database: Database, bodyHash: string, work: () => Promise<unknown>) {
  return database.transaction((tx) => once(tx, tables, { claim: claimOf(bodyHash), clock }, work));
}

test("a repeat gets the first answer, and the work is done once", async () => {
  const matching = (await openTestDatabase()).as("matching");
  let times = 0;
  const work = async () => {
    times += 1;
    return { id: `r${times}`, places: [1, 2] };
  };
  expect(await command(matching, "a", work)).toEqual({ id: "r1", places: [1, 2] });
  expect(await command(matching, "a", work)).toEqual({ id: "r1", places: [1, 2] });
  expect(times).toBe(1);
});

test("a repeat that comes while the first runs waits for it and gets the same", async () => {
  const { as, owner } = await openTestDatabase();
  const matching = as("matching");
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  let times = 0;
  const work = async () => {
    times += 1;
    await released;
    return { number: times };
  };
  const first = command(matching, "a", work);
  await vi.waitFor(() => expect(times).toBe(1), 20_000);
  const second = command(matching, "a", work);
  await vi.waitFor(async () => {
    const [{ waiting } = { waiting: 0 }] = await owner<{ waiting: number }[]>`
      select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    expect(waiting).toBe(1);
  }, 20_000);
  release();
  expect(await Promise.all([first, second])).toEqual([{ number: 1 }, { number: 1 }]);
  expect(times).toBe(1);
});

test("the same key with another body is refused, also while the first runs", async () => {
  const matching = (await openTestDatabase()).as("matching");
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  let begun = false;
  const first = command(matching, "a", async () => {
    begun = true;
    await released;
    return 1;
  });
  await vi.waitFor(() => expect(begun).toBe(true), 20_000);
  const refused = { category: "invalid", code: "idempotency-key-reused" };
  const during = expect(command(matching, "b", async () => 2)).rejects.toMatchObject(refused);
  release();
  await during;
  expect(await first).toBe(1);
  await expect(command(matching, "b", async () => 2)).rejects.toMatchObject(refused);
});

test("a command that is rolled back is forgotten, effect and key", async () => {
  const matching = (await openTestDatabase()).as("matching");
  const failing = command(matching, "a", () => Promise.reject(new Error("not today")));
  await expect(failing).rejects.toThrow("not today");
  expect(await command(matching, "another body", async () => "done")).toBe("done");
});

test("one that waits for a command which fails does the work itself", async () => {
  const matching = (await openTestDatabase()).as("matching");
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  let begun = false;
  const first = command(matching, "a", async () => {
    begun = true;
    await released;
    throw new Error("not today");
  });
  await vi.waitFor(() => expect(begun).toBe(true), 20_000);
  const second = command(matching, "a", async () => "mine");
  release();
  await expect(first).rejects.toThrow("not today");
  expect(await second).toBe("mine");
});

test("without a key the work is just done", async () => {
  const matching = (await openTestDatabase()).as("matching");
  let times = 0;
  for (const expected of [1, 2]) {
    const answer = await matching.transaction((tx) =>
      once(tx, tables, { claim: null, clock }, async () => (times += 1)),
    );
    expect(answer).toBe(expected);
  }
});

test("other keys and other actors do not meet", async () => {
  const matching = (await openTestDatabase()).as("matching");
  const answers: unknown[] = [];
  for (const scope of ["person:1 /api/requests k", "person:2 /api/requests k", "person:1 /api/lots k"]) {
    const claim = claimOf("a", scope);
    answers.push(await matching.transaction((tx) => once(tx, tables, { claim, clock }, async () => scope)));
  }
  expect(new Set(answers).size).toBe(3);
});

test("an answer of nothing is remembered too", async () => {
  const matching = (await openTestDatabase()).as("matching");
  let times = 0;
  for (const answer of [null, null]) {
    const work = async () => {
      times += 1;
      return answer;
    };
    expect(await command(matching, "a", work)).toBeNull();
  }
  expect(times).toBe(1);
});

test("the key is kept with the time of the rule's clock", async () => {
  const { as, owner } = await openTestDatabase();
  await command(as("matching"), "a", async () => 1);
  const kept = await owner`select scope, created_at from matching.idempotency_keys`;
  expect(kept).toEqual([{ scope: claimOf("a").scope, created_at: clock() }]);
  expect(await as("matching").read.execute(sql`select 1 as one`)).toHaveLength(1);
});
