import { attentionKinds } from "@minka/contracts/notifications";
import { commonTables, id, instant } from "@minka/database/columns";
import { sql } from "drizzle-orm";
import {
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgSchema,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { PromptKind, PromptSubject } from "./conversations/prompt-kinds.ts";

const schema = pgSchema("notifications");
export const { idempotencyKeys, audit } = commonTables(schema);

/** Every SMS that a gateway handed over, once. The insert is the check against repeats. */
export const inboundMessages = schema.table(
  "inbound_messages",
  {
    id: id(),
    /** Order of arrival, in which a phone's messages are handled. */
    sequence: bigserial("sequence", { mode: "number" }).notNull(),
    gateway: text("gateway").notNull(),
    externalId: text("external_id").notNull(),
    phone: text("phone").notNull(),
    /** Redacted before the first write; null for a message whose text must be written nowhere. */
    body: text("body"),
    /** The message spoke of violence. Cleared in the transaction that answers. */
    safety: boolean("safety").notNull(),
    receivedAt: instant("received_at").notNull(),
    handledAt: instant("handled_at"),
    /** How often answering it has failed. */
    attempts: integer("attempts").notNull().default(0),
    trace: text("trace").notNull(),
  },
  (table) => [
    unique("inbound_messages_once").on(table.gateway, table.externalId),
    index("inbound_messages_unhandled")
      .on(table.phone, table.sequence)
      .where(sql`handled_at is null`),
    index("inbound_messages_phone").on(table.phone, table.sequence),
  ],
);

/** One row a phone: who is handling it now, until when. */
export const conversations = schema.table(
  "conversations",
  {
    id: id(),
    phone: text("phone").notNull().unique(),
    leaseOwner: text("lease_owner"),
    leaseUntil: instant("lease_until"),
    version: integer("version").notNull(),
    /** When a message arrived that nobody has handled; the sweep looks for it. */
    unansweredSince: instant("unanswered_since"),
    /** How many messages in a row were not understood, so that two machines never chat with each other. */
    puzzled: integer("puzzled").notNull(),
    puzzledAt: instant("puzzled_at"),
    /** Of a phone that several people share: who said their word last, and until when that holds. */
    speakerPersonId: uuid("speaker_person_id"),
    speakerUntil: instant("speaker_until"),
    trace: text("trace").notNull(),
  },
  (table) => [
    index("conversations_unanswered")
      .on(table.unansweredSince)
      .where(sql`unanswered_since is not null`),
  ],
);

/** A question to a phone. At most one is open at a time; the others wait for their turn. */
export const prompts = schema.table(
  "prompts",
  {
    id: id(),
    phone: text("phone").notNull(),
    /** Whom it is for, at a phone that several people share; null for whoever writes. */
    personId: uuid("person_id"),
    kind: text("kind").$type<PromptKind>().notNull(),
    /** Ids of what the question is about, and nothing that names a person. */
    subject: jsonb("subject").$type<PromptSubject>().notNull(),
    /** What the question is about in one string: the same question is never put twice. */
    about: text("about").notNull(),
    state: text("state").$type<"waiting" | "open" | "answered" | "expired">().notNull(),
    /** What is sent when its turn comes; blanked when the question is closed. */
    text: text("text").notNull(),
    createdAt: instant("created_at").notNull(),
    openedAt: instant("opened_at"),
    expiresAt: instant("expires_at").notNull(),
    trace: text("trace").notNull(),
  },
  (table) => [
    uniqueIndex("prompts_one_open")
      .on(table.phone)
      .where(sql`state = 'open'`),
    uniqueIndex("prompts_about")
      .on(table.phone, table.about)
      .where(sql`state in ('open', 'waiting')`),
    index("prompts_lapsed").on(table.phone, table.kind, table.expiresAt),
    index("prompts_expiring")
      .on(table.expiresAt)
      .where(sql`state in ('open', 'waiting')`),
  ],
);

export const outboundStates = [
  "queued",
  "sending",
  "sent",
  "unknown",
  "delivered",
  "undelivered",
  "failed",
  "expired",
  "withheld",
] as const;

/** Every SMS that Minka sends, written in the transaction that caused it. */
export const outboundMessages = schema.table(
  "outbound_messages",
  {
    id: id(),
    sequence: bigserial("sequence", { mode: "number" }).notNull(),
    phone: text("phone").notNull(),
    /** Null once an ephemeral message has been handed over. */
    body: text("body"),
    segments: integer("segments").notNull(),
    state: text("state", { enum: outboundStates }).notNull(),
    /** Answers what the phone has just written: sent even to one that said BAJA, which must not be written to first. */
    reply: boolean("reply").notNull(),
    /** Blanked after the first attempt, never tried again. */
    ephemeral: boolean("ephemeral").notNull(),
    createdAt: instant("created_at").notNull(),
    /** Not tried before this; of an unknown one, when to look again for what became of it. */
    dueAt: instant("due_at").notNull(),
    /** Not sent after this. */
    expiresAt: instant("expires_at").notNull(),
    attempts: integer("attempts").notNull(),
    /** Set before the call goes out: one found so after a crash may have been accepted. */
    sendingSince: instant("sending_since"),
    sentAt: instant("sent_at"),
    gateway: text("gateway"),
    externalId: text("external_id"),
    lastError: text("last_error"),
    trace: text("trace").notNull(),
  },
  (table) => [
    index("outbound_messages_due")
      .on(table.dueAt)
      .where(sql`state = 'queued'`),
    index("outbound_messages_unsettled")
      .on(table.sendingSince)
      .where(sql`state in ('sending', 'unknown')`),
    index("outbound_messages_phone").on(table.phone, table.sequence),
    index("outbound_messages_waiting")
      .on(table.phone, table.sequence)
      .where(sql`state in ('queued', 'sending')`),
    uniqueIndex("outbound_messages_external")
      .on(table.gateway, table.externalId)
      .where(sql`external_id is not null`),
  ],
);

/** Phones that said BAJA. Looked at when a message is about to be sent, not when it is written. */
export const optOuts = schema.table("opt_outs", {
  phone: text("phone").primaryKey(),
  since: instant("since").notNull(),
});

/** A gateway that refuses everything (a wrong key, a blocked account) is left alone until then. */
export const channelPauses = schema.table("channel_pauses", {
  gateway: text("gateway").primaryKey(),
  until: instant("until").notNull(),
  code: text("code").notNull(),
});

/** What a person has to look at. */
export const attentionItems = schema.table(
  "attention_items",
  {
    id: id(),
    kind: text("kind", { enum: attentionKinds }).notNull(),
    phone: text("phone").notNull(),
    text: text("text"),
    messageId: uuid("message_id"),
    /** Id of what it is about, where that is no message. */
    subject: text("subject"),
    at: instant("at").notNull(),
    resolvedAt: instant("resolved_at"),
    resolvedBy: text("resolved_by"),
    note: text("note"),
  },
  (table) => [
    index("attention_items_open")
      .on(table.at, table.id)
      .where(sql`resolved_at is null`),
    index("attention_items_message")
      .on(table.messageId)
      .where(sql`message_id is not null`),
    index("attention_items_subject")
      .on(table.subject)
      .where(sql`subject is not null and resolved_at is null`),
  ],
);

/** What the simulator's phones have received: the gateway's own memory, apart from Minka's. */
export const simulatorMessages = schema.table(
  "simulator_messages",
  {
    /** The sender's id: a second send with the same id is the same message. */
    id: id(),
    phone: text("phone").notNull(),
    text: text("text").notNull(),
    at: instant("at").notNull(),
    /** Forgotten after this, when set. */
    expiresAt: instant("expires_at"),
  },
  (table) => [
    index("simulator_messages_phone").on(table.phone, table.at),
    index("simulator_messages_expiring")
      .on(table.expiresAt)
      .where(sql`expires_at is not null`),
  ],
);
