import { id, instant } from "@minka/database/columns";
import type { Context } from "@minka/language/intents";
import { sql } from "@minka/database/query";
import { index, jsonb, pgSchema, text, unique, uuid } from "@minka/database/table";

const schema = pgSchema("notifications");

/** Which messages were not understood; what they say is read where they are kept, and is blanked with them there. */
export const misunderstoodMessages = schema.table(
  "misunderstood_messages",
  {
    id: id(),
    /** Null, like the phone, when the time for which it is kept is over. */
    messageId: uuid("message_id"),
    phone: text("phone"),
    at: instant("at").notNull(),
    context: text("context").$type<Context>().notNull(),
    state: text("state", { enum: ["open", "corrected", "dismissed"] }).notNull(),
    /** What an operator said that it means. */
    intent: text("intent"),
    slots: jsonb("slots").$type<Record<string, string | number>>(),
  },
  (table) => [
    unique("misunderstood_messages_once").on(table.messageId),
    index("misunderstood_messages_state").on(table.state, table.id),
    index("misunderstood_messages_phone").on(table.phone),
    index("misunderstood_messages_ageing")
      .on(table.at)
      .where(sql`message_id is not null`),
  ],
);
