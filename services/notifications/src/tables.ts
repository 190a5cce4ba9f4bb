import { attentionKinds } from "@minka/contracts/notifications";
import { commonTables, id, instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
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
} from "@minka/database/table";
import type { PromptKind, PromptSubject } from "./conversations/prompt-kinds.ts";
import type { Fleeting } from "./sending/enqueue-message.ts";

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
    /** Of the text as it came, which costs may go by; 1 of what came before they were counted. */
    segments: integer("segments").notNull().default(1),
    receivedAt: instant("received_at").notNull(),
    /** When it was written as the network stamped it, where the gateway says so. */
    stampedAt: instant("stamped_at"),
    /** The question whose SMS had left for the phone when this came: the only one that it can answer. */
    questionId: uuid("question_id"),
    handledAt: instant("handled_at"),
    /** When its gateway is to be asked to forget what must be kept nowhere. */
    redactAt: instant("redact_at"),
    /** How often answering it has failed by our own fault. */
    attempts: integer("attempts").notNull().default(0),
    /** Who wrote it, once it is answered; null where nobody can say, and of a call for help always. */
    personId: uuid("person_id"),
    trace: text("trace").notNull(),
  },
  (table) => [
    index("inbound_messages_person")
      .on(table.personId, table.receivedAt)
      .where(sql`person_id is not null`),
    unique("inbound_messages_once").on(table.gateway, table.externalId),
    // Rows come in order of time, so that its coarse marks suffice for what is counted by day.
    index("inbound_messages_received").using("brin", table.receivedAt),
    index("inbound_messages_unhandled")
      .on(table.phone, table.sequence)
      .where(sql`handled_at is null`),
    index("inbound_messages_phone").on(table.phone, table.sequence),
    index("inbound_messages_texts")
      .on(table.receivedAt)
      .where(sql`body is not null`),
    index("inbound_messages_redact")
      .on(table.redactAt)
      .where(sql`redact_at is not null`),
  ],
);

/** One row a phone: who is handling it now, until when by the database's clock, which all processes share. */
export const conversations = schema.table(
  "conversations",
  {
    id: id(),
    phone: text("phone").notNull().unique(),
    leaseOwner: text("lease_owner"),
    leaseUntil: instant("lease_until"),
    /** Left alone until then, after a turn that failed. */
    restsUntil: instant("rests_until"),
    version: integer("version").notNull(),
    /** When a message arrived that nobody has handled; the sweep looks for it. */
    unansweredSince: instant("unanswered_since"),
    /** How many messages in a row were not understood, so that two machines never chat with each other. */
    puzzled: integer("puzzled").notNull(),
    puzzledAt: instant("puzzled_at"),
    /** Of a phone that several people share: who said their word last, and until when that holds. */
    speakerPersonId: uuid("speaker_person_id"),
    speakerUntil: instant("speaker_until"),
    /** By which gateway the phone wrote last, and when: what goes to it takes the same way for a day. */
    gateway: text("gateway"),
    wroteAt: instant("wrote_at"),
    trace: text("trace").notNull(),
  },
  (table) => [
    index("conversations_unanswered")
      .on(table.unansweredSince)
      .where(sql`unanswered_since is not null`),
    index("conversations_wrote")
      .on(table.wroteAt, table.id)
      .where(sql`wrote_at is not null`),
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
    /** The SMS that put it, when it was put last. */
    messageId: uuid("message_id"),
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
    index("prompts_closed")
      .on(table.expiresAt)
      .where(sql`state in ('answered', 'expired')`),
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
    /** To many at once: behind everything else, and only by day. */
    bulk: boolean("bulk").notNull().default(false),
    /** Blanked after the first attempt that may have been taken, never tried again then. */
    ephemeral: boolean("ephemeral").notNull(),
    /** The text that is put into words when it leaves and is never written here; forgotten as it leaves. */
    fleeting: jsonb("fleeting").$type<Fleeting>(),
    createdAt: instant("created_at").notNull(),
    /** Not tried before this; of an unknown one, when to look again for what became of it. */
    dueAt: instant("due_at").notNull(),
    /** Not sent after this. */
    expiresAt: instant("expires_at").notNull(),
    attempts: integer("attempts").notNull(),
    /** Set before the call goes out: one found so after a crash may have been accepted. */
    sendingSince: instant("sending_since"),
    /** Since when some attempt of it may have been taken without anybody knowing; kept while it is tried again. */
    doubtSince: instant("doubt_since"),
    sentAt: instant("sent_at"),
    gateway: text("gateway"),
    externalId: text("external_id"),
    lastError: text("last_error"),
    /** When the gateway is to be asked to forget the words. */
    redactAt: instant("redact_at"),
    /** Whom it is for; null where nobody can say, and of what is kept nowhere. */
    personId: uuid("person_id"),
    trace: text("trace").notNull(),
  },
  (table) => [
    index("outbound_messages_person")
      .on(table.personId, table.createdAt)
      .where(sql`person_id is not null`),
    index("outbound_messages_due")
      .on(table.dueAt)
      .where(sql`state = 'queued'`),
    index("outbound_messages_lanes")
      .on(table.reply.desc(), table.bulk, table.dueAt, table.sequence)
      .where(sql`state = 'queued'`),
    index("outbound_messages_redact")
      .on(table.redactAt)
      .where(sql`redact_at is not null`),
    index("outbound_messages_unsettled")
      .on(table.sendingSince)
      .where(sql`state in ('sending', 'unknown')`),
    index("outbound_messages_doubted")
      .on(table.doubtSince)
      .where(sql`state = 'queued' and doubt_since is not null`),
    index("outbound_messages_expiring")
      .on(table.expiresAt)
      .where(sql`state = 'queued'`),
    index("outbound_messages_phone").on(table.phone, table.sequence),
    index("outbound_messages_texts")
      .on(table.createdAt)
      .where(sql`body is not null`),
    index("outbound_messages_pending")
      .on(table.phone, table.sequence)
      .where(sql`state in ('queued', 'sending', 'unknown')`),
  ],
);

/** Phones that said BAJA. Looked at when a message is about to be sent, not when it is written. */
export const optOuts = schema.table("opt_outs", {
  phone: text("phone").primaryKey(),
  since: instant("since").notNull(),
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
    index("attention_items_phone")
      .on(table.phone)
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
