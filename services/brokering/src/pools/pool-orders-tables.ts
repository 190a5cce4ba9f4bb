import type { Reason } from "@minka/contracts/common";
import { poolOrderStates } from "@minka/contracts/pools";
import { id, instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgSchema,
  text,
  uniqueIndex,
  uuid,
} from "@minka/database/table";
import { poolPoints, pools } from "./pools-tables.ts";

const schema = pgSchema("brokering");

/** Céntimos; of many members together more than an integer holds. */
const sum = (name: string) => bigint(name, { mode: "number" });

/** What one person wants of a pool, and what they get: one row a person and pool, whoever entered it. */
export const poolOrders = schema.table(
  "pool_orders",
  {
    id: id(),
    poolId: uuid("pool_id")
      .notNull()
      .references(() => pools.id),
    personId: uuid("person_id").notNull(),
    pointId: uuid("point_id")
      .notNull()
      .references(() => poolPoints.id),
    state: text("state", { enum: poolOrderStates }).notNull(),
    minimumPacks: integer("minimum_packs").notNull(),
    packs: integer("packs").notNull(),
    maximumPacks: integer("maximum_packs").notNull(),
    /**
     * A pack, landed: what they were told when they joined or changed, or said yes to. Null: nothing was known, or
     * somebody else entered or changed it since.
     */
    agreedPriceCentimos: integer("agreed_price_centimos"),
    /** Who entered it for them; null: themself. */
    placedBy: uuid("placed_by"),
    flags: jsonb("flags").$type<Reason[]>().notNull().default([]),
    joinedAt: instant("joined_at").notNull(),
    changedAt: instant("changed_at").notNull(),
    /** Until when they say whether the price suits them. */
    confirmBy: instant("confirm_by"),
    answeredAt: instant("answered_at"),
    /** Why they are out, or get what they get. */
    reasons: jsonb("reasons").$type<Reason[]>().notNull().default([]),
    // What was ordered for them; null until it is.
    finalPacks: integer("final_packs"),
    goodsCentimos: sum("goods_centimos"),
    deliveryCentimos: sum("delivery_centimos"),
    feeCentimos: sum("fee_centimos"),
    totalCentimos: sum("total_centimos"),
    trace: text("trace").notNull(),
  },
  (table) => [
    uniqueIndex("pool_orders_one_a_person").on(table.poolId, table.personId),
    index("pool_orders_person").on(table.personId, table.id),
    check(
      "pool_orders_tolerance",
      sql`0 < minimum_packs and minimum_packs <= packs and packs <= maximum_packs`,
    ),
    check(
      "pool_orders_sum",
      sql`total_centimos is null or total_centimos = goods_centimos + delivery_centimos + fee_centimos`,
    ),
  ],
);
export type PoolOrderRow = typeof poolOrders.$inferSelect;
