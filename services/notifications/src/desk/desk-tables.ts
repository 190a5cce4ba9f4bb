import { id, instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import { index, pgSchema, text, uniqueIndex, uuid } from "@minka/database/table";

const schema = pgSchema("notifications");

/** An operator has a phone's conversation in hand. Until the row is ended, whatever the clock says, Minka is silent. */
export const takeovers = schema.table(
  "conversation_takeovers",
  {
    id: id(),
    phone: text("phone").notNull(),
    operatorId: uuid("operator_id").notNull(),
    since: instant("since").notNull(),
    /** Half an hour after the operator wrote last, or took over. */
    expiresAt: instant("expires_at").notNull(),
    /** The operator's first message says that a person writes; the others do not. */
    firstWroteAt: instant("first_wrote_at"),
    /** The question that was open: it rests. */
    promptId: uuid("prompt_id"),
    endedAt: instant("ended_at"),
    ending: text("ending", { enum: ["handed_back", "lapsed"] }),
    trace: text("trace").notNull(),
  },
  (table) => [
    uniqueIndex("conversation_takeovers_one")
      .on(table.phone)
      .where(sql`ended_at is null`),
    index("conversation_takeovers_expiring")
      .on(table.expiresAt)
      .where(sql`ended_at is null`),
    index("conversation_takeovers_phone").on(table.phone),
  ],
);

/** What was written to an operator who has a conversation in hand; the row goes when it is answered or handed back. */
export const messagesLeft = schema.table(
  "messages_left_to_operator",
  {
    messageId: uuid("message_id").primaryKey(),
    phone: text("phone").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [index("messages_left_to_operator_phone").on(table.phone)],
);

/** Which messages an operator wrote; all others are Minka's own. */
export const operatorMessages = schema.table(
  "operator_messages",
  {
    messageId: uuid("message_id").primaryKey(),
    phone: text("phone").notNull(),
    operatorId: uuid("operator_id").notNull(),
  },
  (table) => [index("operator_messages_phone").on(table.phone)],
);
