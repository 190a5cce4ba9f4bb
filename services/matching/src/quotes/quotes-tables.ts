import { quoteStates, sides } from "@minka/contracts/quotes";
import { id, instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import { check, date, index, integer, pgSchema, text, uniqueIndex, uuid } from "@minka/database/table";
import { matches } from "../tables.ts";

const schema = pgSchema("matching");

/** What one side of a match proposed to the other: a price, a day, or both. */
export const quotes = schema.table(
  "quotes",
  {
    id: id(),
    matchId: uuid("match_id")
      .notNull()
      .references(() => matches.id),
    by: text("by", { enum: sides }).notNull(),
    priceCentimos: integer("price_centimos"),
    priceUnit: text("price_unit"),
    visitOn: date("visit_on", { mode: "string" }),
    at: instant("at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    state: text("state", { enum: quoteStates }).notNull(),
    trace: text("trace").notNull(),
  },
  (table) => [
    index("quotes_match").on(table.matchId, table.id),
    // One open at a time: a newer one takes the place of the one before.
    uniqueIndex("quotes_one_open")
      .on(table.matchId)
      .where(sql`state = 'open'`),
    index("quotes_due")
      .on(table.expiresAt)
      .where(sql`state = 'open'`),
    check("quotes_say_something", sql`price_centimos is not null or visit_on is not null`),
  ],
);
export type QuoteRow = typeof quotes.$inferSelect;
