import type { Wording } from "@minka/contracts/wordings";
import { eq } from "@minka/database/query";
import type { NewsReader } from "../telling/news.ts";
import { findPool } from "./lock-pool.ts";
import { findOrder } from "./order-view.ts";
import { poolAwards, poolSupplies } from "./pool-awards-tables.ts";
import type { PoolOrderRow } from "./pool-orders-tables.ts";
import { poolPoints, type PoolRow } from "./pools-tables.ts";
import { packsOf, poolWords, soles } from "./pool-words.ts";

/** To whom somebody else entered, changed or took out an order: who, how much and how to leave. */
export const orderMade: NewsReader = async ({ db }, { id, personIds }) => {
  const order = await findOrder(db.read, id);
  const pool = await findPool(db.read, order.poolId);
  if (pool.state !== "open") return [];
  const { pool: title, organizer, deadline } = poolWords(pool);
  const wording: Wording =
    order.state === "left"
      ? { text: "pool_order_left", parameters: { pool: title, organizer } }
      : {
          text: "pool_order_made",
          parameters: { pool: title, organizer, deadline, packs: packsOf(order.packs, pool) },
        };
  const until = pool.deadline;
  return personIds.map((personId) => ({ personId, until, toMany: false, ...wording }));
};

/** How an order ended. */
export const orderSettled: NewsReader = async ({ db }, { id, personIds }) => {
  const order = await findOrder(db.read, id);
  const pool = await findPool(db.read, order.poolId);
  const [point] = await db.read.select().from(poolPoints).where(eq(poolPoints.id, order.pointId));
  const wording = settledWording(order, pool, point?.name ?? "");
  return personIds.map((personId) => ({ personId, until: null, toMany: false, ...wording }));
};

function settledWording(order: PoolOrderRow, pool: PoolRow, point: string): Wording {
  const { pool: title, organizer } = poolWords(pool);
  if (order.state === "final") {
    const place = { as: "name", text: point, most: 30 } as const;
    const total = soles(order.totalCentimos ?? 0);
    const parameters = { pool: title, packs: packsOf(order.finalPacks ?? 0, pool), total, place, organizer };
    return { text: "pool_order_final", parameters };
  }
  const codes = order.reasons.map(({ code }) => code);
  if (codes.includes("silent-price-rose") || codes.includes("silent-no-price")) {
    const price = Number(
      order.reasons.find(({ parameters }) => "price" in parameters)?.parameters["price"] ?? 0,
    );
    return { text: "pool_order_silent", parameters: { pool: title, price: soles(price) } };
  }
  const text = codes.includes("shortage") ? "pool_order_short" : "pool_order_out";
  return { text, parameters: { pool: title } };
}

/** To a supplier: what it brings is ordered. */
export const supplyOrdered: NewsReader = async ({ db }, { id, personIds }) => {
  const [found] = await db.read
    .select({ supply: poolSupplies, poolId: poolAwards.poolId })
    .from(poolSupplies)
    .innerJoin(poolAwards, eq(poolAwards.id, poolSupplies.awardId))
    .where(eq(poolSupplies.id, id));
  if (!found) return [];
  const row = await findPool(db.read, found.poolId);
  const { pool, organizer } = poolWords(row);
  const { goodsCentimos, deliveryCentimos } = found.supply;
  const packs = packsOf(found.supply.packs, row);
  const total = soles(goodsCentimos + deliveryCentimos);
  return personIds.map((personId) => ({
    personId,
    until: null,
    toMany: false,
    text: "pool_ordered",
    parameters: { pool, organizer, packs, total },
  }));
};
