import { stockMovements as movementKinds } from "@minka/contracts/stock";
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
} from "@minka/database/table";
import { offers, providers } from "../tables.ts";

const schema = pgSchema("catalog");
const sum = (name: string) => bigint(name, { mode: "number" });

/** A page of a provider's stock book: one product, what there is of it and what that cost. */
export const stockItems = schema.table(
  "stock_items",
  {
    id: id(),
    providerId: uuid("provider_id")
      .notNull()
      .references(() => providers.id),
    offerId: uuid("offer_id").references(() => offers.id),
    name: text("name").notNull(),
    packs: integer("packs").notNull(),
    valueCentimos: sum("value_centimos").notNull(),
    lastOn: date("last_on", { mode: "string" }),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    check("stock_items_not_short", sql`packs >= 0 and value_centimos >= 0`),
    uniqueIndex("stock_items_offer")
      .on(table.providerId, table.offerId)
      .where(sql`offer_id is not null`),
    uniqueIndex("stock_items_name")
      .on(table.providerId, sql`lower(name)`)
      .where(sql`offer_id is null`),
    index("stock_items_provider").on(table.providerId, table.id),
  ],
);

/** What came and went, as it was written down; never changed: a mistake is put right by another line. */
export const stockLines = schema.table(
  "stock_movements",
  {
    id: id(),
    itemId: uuid("item_id")
      .notNull()
      .references(() => stockItems.id),
    kind: text("kind", { enum: movementKinds }).notNull(),
    packs: integer("packs").notNull(),
    /** A pack; null where nothing was paid. */
    priceCentimos: integer("price_centimos"),
    /** What the packs cost in all, at the average of those on hand. */
    costCentimos: sum("cost_centimos").notNull(),
    /** In Lima. */
    day: date("day", { mode: "string" }).notNull(),
    reason: text("reason"),
    packsAfter: integer("packs_after").notNull(),
    /** Null once they are erased. */
    writtenBy: uuid("written_by"),
    writtenAt: instant("written_at").notNull(),
  },
  (table) => [
    check("stock_movements_some", sql`packs > 0`),
    index("stock_movements_item").on(table.itemId, table.id),
    index("stock_movements_day").on(table.itemId, table.day),
    index("stock_movements_writer").on(table.writtenBy),
  ],
);
