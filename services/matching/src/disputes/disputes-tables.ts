import { allDisputeReasons, settlements } from "@minka/contracts/disputes";
import { sides } from "@minka/contracts/quotes";
import { id, instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import { index, pgSchema, text, uniqueIndex, uuid } from "@minka/database/table";
import { engagements } from "../tables.ts";

const schema = pgSchema("matching");

/** Why an engagement is before an operator, and what was decided. */
export const disputes = schema.table(
  "disputes",
  {
    id: id(),
    engagementId: uuid("engagement_id")
      .notNull()
      .references(() => engagements.id),
    /** Null where nobody answered in time. */
    by: text("by", { enum: sides }),
    reason: text("reason", { enum: allDisputeReasons }).notNull(),
    at: instant("at").notNull(),
    settledAt: instant("settled_at"),
    outcome: text("outcome", { enum: settlements }),
    trace: text("trace").notNull(),
  },
  (table) => [
    index("disputes_engagement").on(table.engagementId, table.id),
    uniqueIndex("disputes_one_open")
      .on(table.engagementId)
      .where(sql`settled_at is null`),
  ],
);
