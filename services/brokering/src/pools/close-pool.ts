import type { Caller } from "@minka/http/caller";
import type { Transaction } from "@minka/database/connect";
import type { Award, AwardInstance } from "@minka/pooling/award-instance";
import type { Job } from "@minka/queue/worker";
import { timerAct, type Act } from "@minka/service/act";
import { and, asc, eq, gt, gte, inArray, lte, or, sql } from "@minka/database/query";
import { approversOf } from "../organizers/organizer.ts";
import { inThread } from "../in-thread.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { hesitate } from "./advance-award.ts";
import { endPool, reopenPool } from "./end-pool.ts";
import { lockPool, movePool } from "./lock-pool.ts";
import type { Calling } from "./open-pool.ts";
import { standingOrders } from "./pool-lifecycle.ts";
import { poolAwards, poolSupplies } from "./pool-awards-tables.ts";
import { poolOrders } from "./pool-orders-tables.ts";
import { poolQuotes } from "./pool-quotes-tables.ts";
import { pools, type PoolRow } from "./pools-tables.ts";
import { lastAward, makersOf, storeAward } from "./store-award.ts";

/** After this a computation is taken for lost, and another one begins. A thread gives up before. */
const givenUpMs = 5 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * The job `close-pool`: the deadline is over, or an award is to be computed anew. It is computed outside of any
 * transaction, between one that takes the pool and one that stores what was found, if nobody ended the pool meanwhile.
 */
export function closePoolJob({ db, clock, call }: Calling): Job {
  const due = db.read
    .select({ id: pools.id, trace: pools.trace })
    .from(pools)
    .where(and(inArray(pools.state, ["open", "closed"]), lte(pools.nextAt, sql.placeholder("now"))))
    .orderBy(asc(pools.nextAt))
    .limit(sql.placeholder("limit"))
    .prepare("pools_to_close");
  return {
    due: (limit) => due.execute({ now: clock().toISOString(), limit }),
    async run(id, trace) {
      const taken = await db.transaction((tx) => takePool(tx, timerAct(clock(), trace), id));
      if (!taken) return;
      const award = await compute(taken);
      const makers = makersOf(taken.pool, await lastAward(db.read, id));
      const approvers = await readApprovers(call, trace, taken.pool, makers);
      await db.transaction(async (tx) => {
        const pool = await lockPool(tx, id);
        const lease = taken.pool.nextAt?.getTime();
        if (pool.state !== "closed" || pool.nextAt?.getTime() !== lease) return;
        await settle(tx, timerAct(clock(), trace), { pool, award, approvers });
      });
    },
  };
}

type Taken = { pool: PoolRow; instance: AwardInstance };

/** Closes a pool whose deadline is over, and reads what there is to award. Null where another worker has it. */
async function takePool(tx: Transaction, act: Act, poolId: string): Promise<Taken | null> {
  const before = await lockPool(tx, poolId);
  if (before.nextAt === null || before.nextAt > act.at) return null;
  const nextAt = new Date(act.at.getTime() + givenUpMs);
  if (before.state !== "open" && before.state !== "closed") return null;
  const pool =
    before.state === "open"
      ? await movePool(tx, act, {
          pool: before,
          step: "close",
          role: "timer",
          set: { nextAt, computing: "deadline", computingFor: before.makers, inviting: null },
        })
      : { ...before, nextAt };
  if (before.state === "closed") await tx.update(pools).set({ nextAt }).where(eq(pools.id, poolId));
  return { pool, instance: await readInstance(tx, act, pool) };
}

/** Once it was agreed to, a pool goes on with those who remain, where its rule allows. */
function minimumOf({ computing, whenMissed, minimumPacks }: PoolRow): number {
  if (computing === "go_on") return 1;
  return computing === "members_left" && whenMissed === "smaller" ? 1 : minimumPacks;
}

async function readInstance(tx: Transaction, act: Act, pool: PoolRow): Promise<AwardInstance> {
  const orders = await tx
    .select({
      id: poolOrders.id,
      minimumPacks: poolOrders.minimumPacks,
      packs: poolOrders.packs,
      maximumPacks: poolOrders.maximumPacks,
      point: poolOrders.pointId,
    })
    .from(poolOrders)
    .where(and(eq(poolOrders.poolId, pool.id), inArray(poolOrders.state, [...standingOrders])))
    .orderBy(asc(poolOrders.joinedAt), asc(poolOrders.id));
  const quotes = await tx
    .select({
      id: poolQuotes.id,
      stockPacks: poolQuotes.stockPacks,
      casePacks: poolQuotes.casePacks,
      tiers: poolQuotes.tiers,
      deliveryCentimos: poolQuotes.deliveryCentimos,
    })
    .from(poolQuotes)
    .where(
      and(
        eq(poolQuotes.poolId, pool.id),
        eq(poolQuotes.state, "standing"),
        or(gt(poolQuotes.validUntil, act.at), inArray(poolQuotes.id, confirmedQuotes(tx, pool))),
      ),
    )
    .orderBy(asc(poolQuotes.id));
  return {
    orders,
    quotes,
    split: pool.split,
    minimumPacks: minimumOf(pool),
    feeCentimosPerPack: pool.feeCentimosPerPack,
    deliveryShared: pool.deliveryShared === "by_point" ? "by-point" : "by-pack",
    useTolerance: true,
  };
}

/**
 * Quotes of which their suppliers said since the last deadline that they bring it: their word holds longer than the
 * quote, which may end while others are still asked.
 */
function confirmedQuotes(tx: Transaction, { id, deadline }: PoolRow) {
  return tx
    .select({ id: poolSupplies.quoteId })
    .from(poolSupplies)
    .innerJoin(poolAwards, eq(poolAwards.id, poolSupplies.awardId))
    .where(
      and(
        eq(poolAwards.poolId, id),
        eq(poolSupplies.state, "confirmed"),
        gte(poolAwards.proposedAt, deadline),
      ),
    );
}

/** `smaller` takes the best there is where the minimum is missed. What needs no solver needs no thread. */
async function compute({ pool, instance }: Taken): Promise<Award> {
  const { orders, quotes, minimumPacks } = instance;
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  const missed: Award = {
    outcome: "minimum-missed",
    packs: sum(orders.map(({ packs }) => packs)),
    minimumPacks,
  };
  if (orders.length === 0) return missed;
  if (quotes.length === 0) return { outcome: "no-quote" };
  const isShort = sum(orders.map(({ maximumPacks }) => maximumPacks)) < minimumPacks;
  const award = isShort ? missed : await inThread("award", instance);
  if (award.outcome !== "minimum-missed" || pool.whenMissed !== "smaller") return award;
  const smaller = await inThread("award", { ...instance, minimumPacks: 1 });
  return smaller.outcome === "awarded" ? smaller : award;
}

/** Who may be asked by SMS to approve: managers and brokers, or a group's members; never all of many. */
const mostAsked = 5;

async function readApprovers(
  call: Caller,
  trace: string,
  pool: PoolRow,
  makers: readonly string[],
): Promise<string[]> {
  if (pool.organizerKind === "provider") return [];
  return (await approversOf(call, pool, makers, trace)).slice(0, mostAsked);
}

/** What becomes of a pool by its award, by its rule where there is none. */
async function settle(
  tx: Transaction,
  act: Act,
  { pool, award, approvers }: { pool: PoolRow; award: Award; approvers: readonly string[] },
): Promise<void> {
  if (award.outcome === "awarded") return storeAward(tx, act, { pool, award, approvers });
  const cause =
    award.outcome === "no-quote"
      ? ("no_quote" as const)
      : pool.people === 0
        ? ("nobody_joined" as const)
        : ("minimum_missed" as const);
  const isFirst = pool.computing !== "members_left" && pool.computing !== "go_on";
  const mayExtend = isFirst && pool.extended === 0;
  if (mayExtend && (cause === "no_quote" || pool.whenMissed === "extend")) {
    const deadline = new Date(act.at.getTime() + pool.extendDays * dayMs);
    await reopenPool(tx, act, { pool, role: "timer", deadline });
    await tellPeople(tx, act, { kind: "pool-failed", id: pool.id }, pool.makers);
    return;
  }
  if (!isFirst && cause === "minimum_missed" && pool.computing === "members_left") {
    await hesitate(tx, act, pool);
    return;
  }
  await endPool(tx, act, { pool, role: "timer", cause });
}
