import { instant } from "@minka/database/columns";
import { integer, pgSchema, primaryKey, text } from "@minka/database/table";

const schema = pgSchema("notifications");

/** How far each gateway's own list of what phones wrote has been looked through. */
export const gatewayLooks = schema.table("gateway_looks", {
  gateway: text("gateway").primaryKey(),
  /** Before the first look, when Minka began to. */
  lookedUntil: instant("looked_until").notNull(),
  dueAt: instant("due_at").notNull(),
  /** How often in a row the list could not be read. */
  failures: integer("failures").notNull().default(0),
});

/** Messages that were erased with their writer and may still be in a gateway's list: they are not fetched again. */
export const erasedMessages = schema.table(
  "erased_messages",
  {
    gateway: text("gateway").notNull(),
    externalId: text("external_id").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.gateway, table.externalId] })],
);
