import type { Queries, Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { nextState, type Role } from "@minka/domain/lifecycle";
import type { Act } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { poolLifecycle, type PoolTransition } from "./pool-lifecycle.ts";
import { pools, type PoolRow } from "./pools-tables.ts";

/** `no-such-pool` (404). */
export async function findPool(queries: Queries, poolId: string): Promise<PoolRow> {
  const [row] = await queries.select().from(pools).where(eq(pools.id, poolId));
  if (!row) throw noSuchPool();
  return row;
}

/** Takes the pool for this transaction: whatever is read of it from now on stays. `no-such-pool` (404). */
export async function lockPool(tx: Transaction, poolId: string): Promise<PoolRow> {
  const [row] = await tx.select().from(pools).where(eq(pools.id, poolId)).for("update");
  if (!row) throw noSuchPool();
  return row;
}

/** Takes a step in a locked pool's life, with what else changes by it. `illegal-transition` (409). */
export async function movePool(
  tx: Transaction,
  act: Act,
  { pool, step, role, set = {} }: { pool: PoolRow; step: PoolTransition; role: Role; set?: Partial<PoolRow> },
): Promise<PoolRow> {
  const state = nextState(poolLifecycle, pool.state, step, role);
  const [row] = await tx
    .update(pools)
    .set({ ...set, state })
    .where(eq(pools.id, pool.id))
    .returning();
  if (!row) throw noSuchPool();
  await record(tx, act, `pool.${step}`, `pool:${pool.id}`);
  return row;
}

const noSuchPool = () => new DomainError("not-found", "no-such-pool", "There is no such pool.");
