import { reviewOutcomes } from "@minka/contracts/reviews";
import { id, instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import { index, pgSchema, text, uniqueIndex, uuid } from "@minka/database/table";
import { requests } from "../tables.ts";

const schema = pgSchema("matching");

/** Somebody wants a person to look at what was ranked for them. */
export const reviews = schema.table(
  "reviews",
  {
    id: id(),
    requestId: uuid("request_id")
      .notNull()
      .references(() => requests.id),
    personId: uuid("person_id").notNull(),
    /** In their words; emptied when they are erased. */
    why: text("why"),
    askedAt: instant("asked_at").notNull(),
    outcome: text("outcome", { enum: reviewOutcomes }),
    settledAt: instant("settled_at"),
    settledBy: text("settled_by"),
    trace: text("trace").notNull(),
  },
  (table) => [
    uniqueIndex("reviews_one_open")
      .on(table.requestId)
      .where(sql`settled_at is null`),
    index("reviews_person").on(table.personId),
  ],
);
export type ReviewRow = typeof reviews.$inferSelect;
