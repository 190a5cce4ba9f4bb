import { claimReasons, claimStates, deliveryStates, receiptStates } from "@minka/contracts/pool-deliveries";
import { id, instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import {
  bigint,
  check,
  date,
  index,
  integer,
  pgSchema,
  text,
  uniqueIndex,
  uuid,
  type AnyPgColumn,
} from "@minka/database/table";
import { poolInvoices } from "../pools/pool-awards-tables.ts";
import { poolOrders } from "../pools/pool-orders-tables.ts";
import { poolPoints, pools } from "../pools/pools-tables.ts";

const schema = pgSchema("brokering");
const sum = (name: string) => bigint(name, { mode: "number" });

/** What becomes due of a delivery that nobody speaks of. */
const deliverySteps = ["ask-organizer", "remind-supplier", "call-operator"] as const;
/** Of a receipt of which it is not said how much came. */
const receiptSteps = ["remind", "call-operator"] as const;

/** What one supplier brings to one point: the order itself, then what was missing of it. */
export const poolDeliveries = schema.table(
  "pool_deliveries",
  {
    id: id(),
    poolId: uuid("pool_id")
      .notNull()
      .references(() => pools.id),
    invoiceId: uuid("invoice_id")
      .notNull()
      .references(() => poolInvoices.id),
    pointId: uuid("point_id")
      .notNull()
      .references(() => poolPoints.id),
    /** From 1. */
    part: integer("part").notNull(),
    /** Of which the missing packs are these; null of the order itself. */
    restOf: uuid("rest_of").references((): AnyPgColumn => poolDeliveries.id),
    packs: integer("packs").notNull(),
    day: date("day"),
    state: text("state", { enum: deliveryStates }).notNull(),
    broughtAt: instant("brought_at"),
    /** Its one timer: null while nobody is waited for. */
    nextStep: text("next_step", { enum: deliverySteps }),
    nextAt: instant("next_at"),
  },
  (table) => [
    index("pool_deliveries_due")
      .on(table.nextAt)
      .where(sql`next_at is not null`),
    uniqueIndex("pool_deliveries_part").on(table.invoiceId, table.pointId, table.part),
    index("pool_deliveries_pool").on(table.poolId),
    check("pool_deliveries_something", sql`packs > 0 and part > 0`),
  ],
);
export type PoolDeliveryRow = typeof poolDeliveries.$inferSelect;

/** What one member gets of one delivery, and what they say came. */
export const poolReceipts = schema.table(
  "pool_receipts",
  {
    id: id(),
    deliveryId: uuid("delivery_id")
      .notNull()
      .references(() => poolDeliveries.id),
    orderId: uuid("order_id")
      .notNull()
      .references(() => poolOrders.id),
    packs: integer("packs").notNull(),
    /** That came as they should. */
    cameSound: integer("came_sound"),
    state: text("state", { enum: receiptStates }).notNull(),
    /** When silence is taken for a yes; null unless asked. */
    answerBy: instant("answer_by"),
    answeredAt: instant("answered_at"),
    /** Its timer while it is unclear how much came. */
    nextStep: text("next_step", { enum: receiptSteps }),
    nextAt: instant("next_at"),
    trace: text("trace").notNull(),
  },
  (table) => [
    index("pool_receipts_unclear")
      .on(table.nextAt)
      .where(sql`next_at is not null`),
    uniqueIndex("pool_receipts_one_a_delivery").on(table.orderId, table.deliveryId),
    index("pool_receipts_delivery").on(table.deliveryId),
    index("pool_receipts_due")
      .on(table.answerBy)
      .where(sql`answer_by is not null`),
    check("pool_receipts_packs", sql`packs > 0 and came_sound between 0 and packs`),
  ],
);
export type PoolReceiptRow = typeof poolReceipts.$inferSelect;

/** Packs that did not come, or not as they should, and what becomes of that. */
export const poolClaims = schema.table(
  "pool_claims",
  {
    id: id(),
    receiptId: uuid("receipt_id")
      .notNull()
      .references(() => poolReceipts.id),
    reason: text("reason", { enum: claimReasons }).notNull(),
    packs: integer("packs").notNull(),
    state: text("state", { enum: claimStates }).notNull(),
    /** Of the delivery that brings them. */
    broughtBy: uuid("brought_by").references(() => poolDeliveries.id),
    raisedAt: instant("raised_at").notNull(),
    answeredAt: instant("answered_at"),
  },
  (table) => [
    index("pool_claims_receipt").on(table.receiptId),
    index("pool_claims_brought_by").on(table.broughtBy),
    check("pool_claims_packs", sql`packs > 0`),
  ],
);
export type PoolClaimRow = typeof poolClaims.$inferSelect;

/**
 * What a claim takes off one member's due. Goods and delivery of all credits of an invoice are what is off that invoice;
 * the fee is the organizer's.
 */
export const poolCredits = schema.table(
  "pool_credits",
  {
    id: id(),
    claimId: uuid("claim_id")
      .notNull()
      .references(() => poolClaims.id),
    invoiceId: uuid("invoice_id")
      .notNull()
      .references(() => poolInvoices.id),
    orderId: uuid("order_id")
      .notNull()
      .references(() => poolOrders.id),
    goodsCentimos: sum("goods_centimos").notNull(),
    deliveryCentimos: sum("delivery_centimos").notNull(),
    feeCentimos: sum("fee_centimos").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [
    index("pool_credits_order").on(table.orderId),
    index("pool_credits_invoice").on(table.invoiceId),
    index("pool_credits_claim").on(table.claimId),
    check("pool_credits_positive", sql`least(goods_centimos, delivery_centimos, fee_centimos) >= 0`),
  ],
);
export type PoolCreditRow = typeof poolCredits.$inferSelect;
