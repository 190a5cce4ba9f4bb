import { sides } from "@minka/contracts/quotes";
import { instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import { check, index, integer, pgSchema, primaryKey, text, uuid } from "@minka/database/table";
import { engagements } from "../tables.ts";

const schema = pgSchema("matching");

/** What each side says of the other. Neither sees the other's before both are published. */
export const ratings = schema.table(
  "ratings",
  {
    engagementId: uuid("engagement_id")
      .notNull()
      .references(() => engagements.id),
    by: text("by", { enum: sides }).notNull(),
    score: integer("score").notNull(),
    at: instant("at").notNull(),
    /** When it is published at the latest. */
    publishAt: instant("publish_at").notNull(),
    publishedAt: instant("published_at"),
    trace: text("trace").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.engagementId, table.by] }),
    index("ratings_due")
      .on(table.publishAt)
      .where(sql`published_at is null`),
    check("ratings_score", sql`score between 1 and 5`),
  ],
);
export type RatingRow = typeof ratings.$inferSelect;
