import type { Reason } from "@minka/contracts/common";
import { awardCauses, awardStates, supplyStates } from "@minka/contracts/pool-awards";
import { id, instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "@minka/database/table";
import { poolOrders } from "./pool-orders-tables.ts";
import { poolQuotes } from "./pool-quotes-tables.ts";
import { pools } from "./pools-tables.ts";

const schema = pgSchema("brokering");

/** Céntimos; of many members together more than an integer holds. */
const sum = (name: string) => bigint(name, { mode: "number" });

/** Who delivers how much, and what each gets and pays: proposed, approved by a second person, and kept for good. */
export const poolAwards = schema.table(
  "pool_awards",
  {
    id: id(),
    poolId: uuid("pool_id")
      .notNull()
      .references(() => pools.id),
    number: integer("number").notNull(),
    state: text("state", { enum: awardStates }).notNull(),
    cause: text("cause", { enum: awardCauses }).notNull(),
    packs: integer("packs").notNull(),
    goodsCentimos: sum("goods_centimos").notNull(),
    deliveryCentimos: sum("delivery_centimos").notNull(),
    feeCentimos: sum("fee_centimos").notNull(),
    totalCentimos: sum("total_centimos").notNull(),
    toleranceUsed: boolean("tolerance_used").notNull(),
    /** Who opened the pool or had it computed anew: none of them approves it. */
    makers: uuid("makers").array().notNull(),
    proposedAt: instant("proposed_at").notNull(),
    approvedBy: uuid("approved_by"),
    approvedAt: instant("approved_at"),
    sentBackReason: text("sent_back_reason"),
  },
  (table) => [
    uniqueIndex("pool_awards_number").on(table.poolId, table.number),
    check("pool_awards_sum", sql`total_centimos = goods_centimos + delivery_centimos + fee_centimos`),
  ],
);
export type PoolAwardRow = typeof poolAwards.$inferSelect;

/** What an award means to one order. */
export const poolAwardOrders = schema.table(
  "pool_award_orders",
  {
    awardId: uuid("award_id")
      .notNull()
      .references(() => poolAwards.id),
    orderId: uuid("order_id")
      .notNull()
      .references(() => poolOrders.id),
    packs: integer("packs").notNull(),
    goodsCentimos: sum("goods_centimos").notNull(),
    deliveryCentimos: sum("delivery_centimos").notNull(),
    feeCentimos: sum("fee_centimos").notNull(),
    totalCentimos: sum("total_centimos").notNull(),
    reasons: jsonb("reasons").$type<Reason[]>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.awardId, table.orderId] }),
    index("pool_award_orders_order").on(table.orderId),
  ],
);
export type PoolAwardOrderRow = typeof poolAwardOrders.$inferSelect;

/** What an award means to one supplier, and what it says to that. */
export const poolSupplies = schema.table(
  "pool_supplies",
  {
    id: id(),
    awardId: uuid("award_id")
      .notNull()
      .references(() => poolAwards.id),
    quoteId: uuid("quote_id")
      .notNull()
      .references(() => poolQuotes.id),
    providerId: uuid("provider_id").notNull(),
    personId: uuid("person_id").notNull(),
    state: text("state", { enum: supplyStates }).notNull(),
    packs: integer("packs").notNull(),
    tierPriceCentimos: integer("tier_price_centimos").notNull(),
    goodsCentimos: sum("goods_centimos").notNull(),
    deliveryCentimos: sum("delivery_centimos").notNull(),
    /** Packs by the point's id. */
    points: jsonb("points").$type<Record<string, number>>().notNull(),
    answerBy: instant("answer_by"),
    answeredAt: instant("answered_at"),
    declineReason: text("decline_reason"),
  },
  (table) => [
    uniqueIndex("pool_supplies_one_a_quote").on(table.awardId, table.quoteId),
    index("pool_supplies_provider").on(table.providerId),
  ],
);
export type PoolSupplyRow = typeof poolSupplies.$inferSelect;

/** Who was asked by SMS to approve an award: each a question of their own. */
export const poolApprovalAsks = schema.table(
  "pool_approval_asks",
  {
    id: id(),
    awardId: uuid("award_id")
      .notNull()
      .references(() => poolAwards.id),
    personId: uuid("person_id").notNull(),
    askedAt: instant("asked_at").notNull(),
  },
  (table) => [index("pool_approval_asks_award").on(table.awardId)],
);

/**
 * What a supplier is owed for a pool. Members' sums are these and the organizer's fee, to the céntimo: checked when they
 * are written.
 */
export const poolInvoices = schema.table(
  "pool_invoices",
  {
    id: id(),
    poolId: uuid("pool_id")
      .notNull()
      .references(() => pools.id),
    awardId: uuid("award_id")
      .notNull()
      .references(() => poolAwards.id),
    quoteId: uuid("quote_id")
      .notNull()
      .references(() => poolQuotes.id),
    providerId: uuid("provider_id").notNull(),
    packs: integer("packs").notNull(),
    goodsCentimos: sum("goods_centimos").notNull(),
    deliveryCentimos: sum("delivery_centimos").notNull(),
    totalCentimos: sum("total_centimos").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [
    uniqueIndex("pool_invoices_one_a_supplier").on(table.poolId, table.providerId),
    index("pool_invoices_provider").on(table.providerId, table.id),
    check("pool_invoices_sum", sql`total_centimos = goods_centimos + delivery_centimos`),
  ],
);
export type PoolInvoiceRow = typeof poolInvoices.$inferSelect;
