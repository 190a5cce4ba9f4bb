import { id, instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import { index, pgSchema, text, unique, uniqueIndex, uuid } from "@minka/database/table";
import { engagements } from "../tables.ts";

const schema = pgSchema("matching");

/** When an agent was at a visit: so that somebody misses them. Gone after a month. */
export const presences = schema.table(
  "presences",
  {
    id: id(),
    engagementId: uuid("engagement_id")
      .notNull()
      .references(() => engagements.id),
    /** Who went there. */
    personId: uuid("person_id").notNull(),
    arrivedAt: instant("arrived_at").notNull(),
    expectedUntil: instant("expected_until").notNull(),
    /** When the latest arrival was written, */
    saidAt: instant("said_at").notNull(),
    /** and when it reached us: hours later where there was no signal. */
    heardAt: instant("heard_at").notNull(),
    leftAt: instant("left_at"),
    overdueAt: instant("overdue_at"),
    trace: text("trace").notNull(),
  },
  (table) => [
    unique("presences_once").on(table.engagementId, table.personId),
    // Nobody is at two places.
    uniqueIndex("presences_now")
      .on(table.personId)
      .where(sql`left_at is null`),
    index("presences_watched")
      .on(table.expectedUntil)
      .where(sql`left_at is null and overdue_at is null`),
    index("presences_old").on(table.arrivedAt),
  ],
);
export type PresenceRow = typeof presences.$inferSelect;
