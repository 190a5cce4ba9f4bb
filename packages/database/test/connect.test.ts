import { event } from "@minka/contracts/event";
import { commonTables } from "@minka/database/columns";
import { emit } from "@minka/database/deliveries";
import { nudgeAfterCommit, refuseInsideTransaction, type Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { sql } from "@minka/database/query";
import { pgSchema } from "@minka/database/table";
import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { openTestDatabase } from "./two-services.ts";

test("a service's role reads and writes its own schema and no other", async () => {
  const { as, owner } = await openTestDatabase();
  const tables = await owner<{ schema: string; name: string }[]>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_schema in ('profiles', 'catalog', 'matching', 'notifications') and table_type = 'BASE TABLE'`;
  const schemas = new Set(tables.map(({ schema }) => schema));
  expect([...schemas].toSorted()).toEqual(["catalog", "matching", "notifications", "profiles"]);
  for (const role of ["profiles", "catalog", "matching", "notifications", "web"] as const) {
    const database = as(role);
    for (const { schema, name } of tables) {
      const read = database.sql.unsafe(`select 1 from "${schema}"."${name}" limit 1`);
      if (schema === role) await read;
      else await expect(read, `${role} reads ${schema}.${name}`).rejects.toThrow("permission denied");
    }
    await expect(database.sql.unsafe(`create table ${role}.mine (id int)`)).rejects.toThrow(
      "permission denied",
    );
    await expect(database.sql.unsafe("create table public.mine (id int)")).rejects.toThrow(
      "permission denied",
    );
    await expect(database.sql.unsafe("set role postgres")).rejects.toThrow();
  }
});

test("a statement is prepared once for all of its values, and a long list is not", async () => {
  const { as } = await openTestDatabase();
  await as("matching").transaction(async (tx) => {
    const listOf = (length: number) =>
      sql.join(
        Array.from({ length }, (_, index) => sql`${index}::int`),
        sql`, `,
      );
    for (const value of [1, 2, 3]) await tx.execute(sql`select ${value}::int as once`);
    for (const length of [50, 51]) await tx.execute(sql`select array[${listOf(length)}] as list`);
    const prepared = await tx.execute<{ values: number }>(
      sql`select cardinality(parameter_types) as values from pg_prepared_statements where statement ~ ' as (once|list)$'`,
    );
    expect(prepared.map(({ values }) => values).toSorted((a, b) => a - b)).toEqual([1, 50]);
  });
});

test("nudges leave in their order once the transaction has committed, and not when it fails", async () => {
  const { as, nudged } = await openTestDatabase();
  const matching = as("matching");
  const nudge = (id: string) => ({ service: "matching", job: "match-request", id, trace: "t" }) as const;
  await matching.transaction(async (tx) => {
    nudgeAfterCommit(tx, nudge("1"));
    nudgeAfterCommit(tx, nudge("2"));
    await tx.execute(sql`select 1`);
    expect(nudged).toEqual([]);
  });
  expect(nudged.map(({ id }) => id)).toEqual(["1", "2"]);
  const failing = matching.transaction(async (tx) => {
    nudgeAfterCommit(tx, nudge("3"));
    await tx.execute(sql`select 1 / 0`);
  });
  await expect(failing).rejects.toThrow();
  expect(nudged).toHaveLength(2);
});

describe("a transaction that Postgres ended", () => {
  const note = (id: string) => ({ service: "matching", job: "match-request", id, trace: "t" }) as const;
  const lock = (tx: Transaction, name: string) =>
    tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);

  test("for a deadlock is done again, and only the nudges of the try that held leave", async () => {
    const { as, nudged } = await openTestDatabase();
    const matching = as("matching");
    const { promise: bothHold, resolve } = Promise.withResolvers<void>();
    let holding = 0;
    let tries = 0;
    const crossing = (first: string, second: string) =>
      matching.transaction(async (tx) => {
        tries += 1;
        nudgeAfterCommit(tx, note(`${first} ${tries}`));
        await lock(tx, first);
        holding += 1;
        if (holding === 2) resolve();
        await bothHold;
        await lock(tx, second);
        return first;
      });
    expect(await Promise.all([crossing("a", "b"), crossing("b", "a")])).toEqual(["a", "b"]);
    expect(tries).toBe(3);
    expect(nudged.map(({ id }) => id.slice(0, 1)).toSorted()).toEqual(["a", "b"]);
    expect(nudged.map(({ id }) => id)).toContainEqual(expect.stringMatching(/3$/));
  });

  test.each([
    ["40P01", 4],
    ["40001", 4],
    ["22012", 1],
  ])("by %s every time is tried %i times", async (code, most) => {
    const { as } = await openTestDatabase();
    let tries = 0;
    const work = as("matching").transaction(async (tx) => {
      tries += 1;
      await tx.execute(sql.raw(`do $$ begin raise exception 'ended' using errcode = '${code}'; end $$`));
    });
    await expect(work).rejects.toMatchObject({ cause: { code } });
    expect(tries).toBe(most);
  });

  test("leaves nothing of the failed try, also of what is done once for a key", async () => {
    const { as, owner } = await openTestDatabase();
    const { idempotencyKeys } = commonTables(pgSchema("matching"));
    const opened = event({
      name: "request.tried",
      emitter: "matching",
      subscribers: ["notifications"],
      payload: z.object({ requestId: z.string() }),
    });
    const clock = () => new Date("2026-11-24T14:00:00.000Z");
    let tries = 0;
    const answer = await as("matching").transaction((tx) =>
      once(tx, { idempotencyKeys }, { claim: { scope: "key", bodyHash: "hash" }, clock }, async () => {
        tries += 1;
        await emit(tx, opened, { requestId: `r${tries}` }, { at: clock(), trace: "t" });
        if (tries === 1)
          await tx.execute(sql`do $$ begin raise exception 'x' using errcode = '40001'; end $$`);
        return { tries };
      }),
    );
    expect(answer).toEqual({ tries: 2 });
    expect(await owner`select answer from matching.idempotency_keys`).toEqual([{ answer: { tries: 2 } }]);
    expect(await owner`select payload from events.deliveries`).toEqual([{ payload: { requestId: "r2" } }]);
  });
});

test("a nudge needs a transaction of ours", async () => {
  const { as } = await openTestDatabase();
  const foreign = as("matching").read as unknown as Transaction;
  expect(() => nudgeAfterCommit(foreign, { service: "matching", job: "x", id: "1", trace: "t" })).toThrow(
    "needs a transaction",
  );
});

test("only what runs inside a transaction is refused", async () => {
  const { as } = await openTestDatabase();
  const matching = as("matching");
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  let inside = false;
  const transaction = matching.transaction(async (tx) => {
    expect(() => refuseInsideTransaction("Call")).toThrow("Call inside a database transaction");
    await tx.execute(sql`select 1`);
    expect(() => refuseInsideTransaction("Call")).toThrow();
    inside = true;
    await released;
  });
  await vi.waitFor(() => expect(inside).toBe(true), 20_000);
  refuseInsideTransaction("a call beside it");
  release();
  await transaction;
  refuseInsideTransaction("a call after it");
});

test("closing cuts off a query that would take too long", async () => {
  const { as } = await openTestDatabase();
  const matching = as("matching");
  const slow = expect(matching.sql`select pg_sleep(20)`).rejects.toThrow();
  await vi.waitFor(async () => {
    const [row] = await as("matching").sql`
      select 1 from pg_stat_activity where datname = current_database() and query like 'select pg_sleep%'`;
    expect(row).toBeDefined();
  }, 20_000);
  const began = performance.now();
  await matching.close();
  expect(performance.now() - began).toBeLessThan(2_000);
  await slow;
});
