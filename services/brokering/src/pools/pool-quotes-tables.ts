import { poolQuoteStates } from "@minka/contracts/pool-quotes";
import { id, instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import { check, index, integer, jsonb, pgSchema, text, uniqueIndex, uuid } from "@minka/database/table";
import { pools } from "./pools-tables.ts";

const schema = pgSchema("brokering");

export type QuoteTier = { minimumPacks: number; priceCentimos: number };

/** What suppliers quote to a pool, with earlier versions. */
export const poolQuotes = schema.table(
  "pool_quotes",
  {
    id: id(),
    poolId: uuid("pool_id")
      .notNull()
      .references(() => pools.id),
    providerId: uuid("provider_id").notNull(),
    providerName: text("provider_name").notNull(),
    /** Its contact person. */
    personId: uuid("person_id").notNull(),
    version: integer("version").notNull(),
    state: text("state", { enum: poolQuoteStates }).notNull(),
    tiers: jsonb("tiers").$type<QuoteTier[]>().notNull(),
    /** By the point's id; one that is absent is not served. */
    deliveryCentimos: jsonb("delivery_centimos").$type<Record<string, number>>().notNull(),
    casePacks: integer("case_packs").notNull(),
    stockPacks: integer("stock_packs"),
    validUntil: instant("valid_until").notNull(),
    quotedAt: instant("quoted_at").notNull(),
  },
  (table) => [
    uniqueIndex("pool_quotes_version").on(table.poolId, table.providerId, table.version),
    uniqueIndex("pool_quotes_standing")
      .on(table.poolId, table.providerId)
      .where(sql`state = 'standing'`),
    index("pool_quotes_provider").on(table.providerId),
    check("pool_quotes_positive", sql`case_packs > 0 and stock_packs >= 0`),
  ],
);
export type PoolQuoteRow = typeof poolQuotes.$inferSelect;
