import { instant } from "@minka/database/columns";
import { pgSchema, text, uuid } from "@minka/database/table";

const schema = pgSchema("notifications");

/**
 * Erasures under way and done: who has been told, so that nobody is told twice, and how far all messages have been
 * looked through. The messages named here are deleted as soon as they are sent or given up.
 */
export const farewells = schema.table("farewells", {
  personId: uuid("person_id").primaryKey(),
  messageIds: uuid("message_ids").array().notNull(),
  at: instant("at").notNull(),
  /** Up to here messages of others have been looked through for the person's name and number. */
  outboundSeen: uuid("outbound_seen"),
  inboundSeen: uuid("inbound_seen"),
});

/**
 * Phones that wanted no messages when they were erased, as a keyed hash: without the key, which is not in the
 * database, it names nobody; with it, nobody who said BAJA is written to again when somebody enters their number.
 */
export const erasedOptOuts = schema.table("erased_opt_outs", {
  phoneHash: text("phone_hash").primaryKey(),
  since: instant("since").notNull(),
});
