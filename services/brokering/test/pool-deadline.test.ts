import { joinPool, changeOrder } from "@minka/contracts/pool-orders";
import { DomainError } from "@minka/domain/errors";
import { eq } from "@minka/database/query";
import { afterAll, beforeAll, expect, test } from "vitest";
import { poolOrders } from "../src/pools/pool-orders-tables.ts";
import { flat, startPools, sum, type PoolsRun } from "./pools-run.ts";

let run: PoolsRun;
beforeAll(async () => {
  run = await startPools();
});
afterAll(() => run.stop());

/** The number that the requirement names takes a while; fewer show the same. */
const calls = process.env["MINKA_LONG"] ? 500 : 120;

test(`${calls} joins and changes at the deadline's second are each in with a confirmation or told it was late`, async () => {
  const cooperative = run.world.cooperative(calls);
  const { poolId } = await run.open(cooperative, { joiners: "members" });
  const early = cooperative.members.slice(0, calls / 4);
  const placed = new Map<string, string>();
  for (const personId of early) placed.set(personId, (await run.join(poolId, personId, 2)).id);
  const { deadline } = await run.read(cooperative.broker, poolId);
  run.clock.set(new Date(new Date(deadline).getTime() - 1));

  const outcomes = new Map<string, "in" | "late">();
  await Promise.all(
    cooperative.members.map(async (personId) => {
      const orderId = placed.get(personId);
      try {
        const { order } = orderId
          ? await run.call(changeOrder, { params: { orderId }, body: { packs: 3 } }, run.trace)
          : await run.call(joinPool, { params: { poolId }, body: { personId, packs: 3 } }, run.trace);
        expect(order.packs).toBe(3);
        outcomes.set(personId, "in");
        // In the midst of them the deadline comes.
        if (outcomes.size === Math.floor(calls / 3)) run.clock.advance({ seconds: 1 });
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== "pool-closed") throw error;
        outcomes.set(personId, "late");
      }
    }),
  );
  const rows = await run.owner.read.select().from(poolOrders).where(eq(poolOrders.poolId, poolId));
  const before = new Date(deadline);
  for (const personId of cooperative.members) {
    const row = rows.find((each) => each.personId === personId);
    if (outcomes.get(personId) === "in") {
      expect(row).toMatchObject({ packs: 3, state: "joined" });
      expect(row?.changedAt.getTime()).toBeLessThan(before.getTime());
    } else expect(row?.packs ?? null).toBe(placed.has(personId) ? 2 : null);
  }
  expect(outcomes.size).toBe(calls);
  const late = [...outcomes.values()].filter((outcome) => outcome === "late").length;
  expect(late).toBeGreaterThan(calls / 3);
  expect(late).toBeLessThanOrEqual(calls - Math.floor(calls / 3));
  const pool = await run.read(cooperative.broker, poolId);
  expect(pool.packs).toBe(sum(rows.map(({ packs }) => packs)));
  await run.settle();
  expect((await run.read(cooperative.broker, poolId)).packs).toBe(pool.packs);
});

test("a supplier that was invited and has not quoted hears that there is more time", async () => {
  const cooperative = run.world.cooperative(1);
  const { owner } = run.supplier("Agro Tarde", flat(9_000));
  const { poolId } = await run.open(cooperative, { joiners: "members" });
  await run.join(poolId, cooperative.members[0] ?? "", 60);
  expect((await run.close(poolId, cooperative.broker)).state).toBe("open");
  expect(run.said).toContainEqual({ personId: owner, text: "pool_extended_supplier" });
});
