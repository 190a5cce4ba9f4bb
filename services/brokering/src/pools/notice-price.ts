import type { PriceNow } from "@minka/contracts/pools";
import type { Transaction } from "@minka/database/connect";
import type { Job } from "@minka/queue/worker";
import { timerAct, type Act, type Means } from "@minka/service/act";
import { and, asc, eq, inArray, lte, sql } from "@minka/database/query";
import { tellPeople } from "../telling/tell-people.ts";
import { knownPrice } from "./known-price.ts";
import { lockPool } from "./lock-pool.ts";
import { standingOrders } from "./pool-lifecycle.ts";
import { poolOrders } from "./pool-orders-tables.ts";
import { pools, type PoolRow } from "./pools-tables.ts";

/** People hear at most so often that a pool's price fell. */
const quietMs = 6 * 60 * 60 * 1000;
/** A tier, and not the share of a delivery that one more pack spreads. */
const leastFall = 0.01;

/**
 * A price that fell is everybody's: who is in the pool is told, at once or when it has been quiet for long enough. The
 * first one that is known is no news, nor is it to whose own message is answered with it.
 */
export async function noticePrice(
  tx: Transaction,
  act: Act,
  pool: PoolRow,
  price: PriceNow | null,
  exceptPersonId?: string,
): Promise<void> {
  const now = price?.priceCentimos;
  if (now === undefined || now === null) return;
  const { toldCentimos, toldAt } = pool;
  const set = (values: Partial<PoolRow>) => tx.update(pools).set(values).where(eq(pools.id, pool.id));
  if (toldCentimos === null) {
    await set({ toldCentimos: now });
    return;
  }
  if (now > toldCentimos * (1 - leastFall)) return;
  const quietUntil = new Date((toldAt?.getTime() ?? 0) + quietMs);
  if (quietUntil > act.at) {
    await set({ tellAt: quietUntil });
    return;
  }
  await set({ toldCentimos: now, toldAt: act.at, tellAt: null });
  const told = (await peopleIn(tx, pool.id)).filter((personId) => personId !== exceptPersonId);
  await tellPeople(tx, act, { kind: "pool-cheaper", id: pool.id }, told);
}

/** The job `tell-price`: it has been quiet for long enough, and a price that fell meanwhile is told if it still holds. */
export function tellPriceJob({ db, clock }: Means): Job {
  const due = db.read
    .select({ id: pools.id, trace: pools.trace })
    .from(pools)
    .where(lte(pools.tellAt, sql.placeholder("now")))
    .orderBy(asc(pools.tellAt))
    .limit(sql.placeholder("limit"))
    .prepare("pools_with_price_news");
  return {
    due: (limit) => due.execute({ now: clock().toISOString(), limit }),
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const act = timerAct(clock(), trace);
        const pool = await lockPool(tx, id);
        if (pool.tellAt === null || pool.tellAt > act.at) return;
        await tx.update(pools).set({ tellAt: null }).where(eq(pools.id, id));
        await noticePrice(tx, act, pool, await knownPrice(tx, pool));
      }),
  };
}

/** Whoever is in a pool, by whatever has become of their answer. */
export async function peopleIn(tx: Transaction, poolId: string): Promise<string[]> {
  const rows = await tx
    .select({ personId: poolOrders.personId })
    .from(poolOrders)
    .where(and(eq(poolOrders.poolId, poolId), inArray(poolOrders.state, [...standingOrders])));
  return rows.map(({ personId }) => personId);
}
