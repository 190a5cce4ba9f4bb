import { complaintStates } from "@minka/contracts/complaints";
import { id, instant } from "@minka/database/columns";
import { boolean, index, pgSchema, text, unique, uuid } from "@minka/database/table";
import { matches, requests } from "../tables.ts";

const schema = pgSchema("matching");

/** Who complains about whom. What they wrote is in the message, and not here. */
export const complaints = schema.table(
  "complaints",
  {
    id: id(),
    personId: uuid("person_id").notNull(),
    providerId: uuid("provider_id").notNull(),
    requestId: uuid("request_id")
      .notNull()
      .references(() => requests.id),
    matchId: uuid("match_id")
      .notNull()
      .references(() => matches.id),
    /** The message that said it first. */
    messageId: uuid("message_id").notNull(),
    /** Whether the provider is held for it: what was raised before this was kept, did. */
    holds: boolean("holds").notNull().default(true),
    state: text("state", { enum: complaintStates }).notNull(),
    raisedAt: instant("raised_at").notNull(),
    settledAt: instant("settled_at"),
    settledBy: text("settled_by"),
    trace: text("trace").notNull(),
  },
  (table) => [
    // The same dealing is complained of once: who writes ten times stops nobody ten times.
    unique("complaints_once").on(table.personId, table.matchId),
    index("complaints_provider").on(table.providerId, table.id),
    index("complaints_person").on(table.personId, table.raisedAt),
    index("complaints_state").on(table.state, table.id),
  ],
);
export type ComplaintRow = typeof complaints.$inferSelect;
