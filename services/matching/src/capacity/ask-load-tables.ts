import { instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import { check, integer, pgSchema, uuid } from "@minka/database/table";

const schema = pgSchema("matching");

/**
 * How a provider deals with what it is asked. Its row is the lock under which its open asks are counted before it is
 * asked once more: after requests and capacity in the order of locks.
 */
export const askLoad = schema.table(
  "ask_load",
  {
    providerId: uuid("provider_id").primaryKey(),
    /** Asks that ran out since it last answered one. */
    silentInRow: integer("silent_in_row").notNull().default(0),
    answeredAt: instant("answered_at"),
    /** When it was last sent to rest because it answers nothing. */
    restedAt: instant("rested_at"),
  },
  () => [check("ask_load_silent", sql`silent_in_row >= 0`)],
);
export type AskLoadRow = typeof askLoad.$inferSelect;
