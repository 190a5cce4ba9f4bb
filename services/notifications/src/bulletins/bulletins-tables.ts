import { bulletinStates, type Audience } from "@minka/contracts/bulletins";
import { id, instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import { index, integer, jsonb, pgSchema, primaryKey, text, uniqueIndex, uuid } from "@minka/database/table";

const schema = pgSchema("notifications");

/** A message to many. */
export const bulletins = schema.table(
  "bulletins",
  {
    id: id(),
    title: text("title").notNull(),
    text: text("text").notNull(),
    /** As it is sent. */
    message: text("message").notNull(),
    segments: integer("segments").notNull(),
    audience: jsonb("audience").$type<Audience>().notNull(),
    /** Whose manager wrote it, or for whose members it is. */
    organizationId: uuid("organization_id"),
    state: text("state", { enum: bulletinStates }).notNull(),
    createdBy: uuid("created_by").notNull(),
    createdAt: instant("created_at").notNull(),
    approvedBy: uuid("approved_by"),
    /** When it was asked to be sent; null: when it is approved. */
    sendAt: instant("send_at"),
    /** When the next of its messages are to be written. */
    dueAt: instant("due_at"),
    /** How many it was to reach when it was approved. */
    people: integer("people"),
    /** Up to this person its messages are written. */
    reachedId: uuid("reached_id"),
    trace: text("trace").notNull(),
  },
  (table) => [
    index("bulletins_due")
      .on(table.dueAt)
      .where(sql`state = 'approved'`),
    index("bulletins_organization").on(table.organizationId, table.id),
  ],
);

/** Who gets a bulletin: each person once, and each phone once. */
export const bulletinRecipients = schema.table(
  "bulletin_recipients",
  {
    bulletinId: uuid("bulletin_id")
      .notNull()
      .references(() => bulletins.id),
    personId: uuid("person_id").notNull(),
    phone: text("phone").notNull(),
    messageId: uuid("message_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.bulletinId, table.personId] }),
    uniqueIndex("bulletin_recipients_phone").on(table.bulletinId, table.phone),
    index("bulletin_recipients_person").on(table.personId),
    index("bulletin_recipients_number").on(table.phone),
  ],
);

/**
 * Who has just taken their consent back, while a page of an audience that still names them may be under way. Rows
 * are of use for minutes.
 */
export const bulletinRefusals = schema.table("bulletin_refusals", {
  personId: uuid("person_id").primaryKey(),
  at: instant("at").notNull(),
});
