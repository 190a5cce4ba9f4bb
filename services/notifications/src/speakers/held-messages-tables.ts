import { id, instant } from "@minka/database/columns";
import { boolean, index, pgSchema, text, uuid } from "@minka/database/table";

const schema = pgSchema("notifications");

/** What waits for one of the people of a shared phone until they say their word. */
export const heldMessages = schema.table(
  "held_messages",
  {
    id: id(),
    phone: text("phone").notNull(),
    personId: uuid("person_id").notNull(),
    /** Null for a notice: a row that remembers that the phone was told that something waits. */
    text: text("text"),
    notice: boolean("notice").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    trace: text("trace").notNull(),
  },
  (table) => [
    index("held_messages_person").on(table.phone, table.personId),
    index("held_messages_expiring").on(table.expiresAt),
  ],
);
