import { instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import { doublePrecision, index, integer, pgSchema, primaryKey, text, uuid } from "@minka/database/table";
import type { Retry } from "../gateways/gateway.ts";
import { outboundMessages } from "../tables.ts";
import { attemptOutcomes } from "./outbound-lifecycle.ts";

const schema = pgSchema("notifications");

/**
 * Every time a message was handed to a gateway, committed before the gateway heard of it. One without an
 * outcome is under way, or its process died: then it may have been accepted.
 */
export const outboundAttempts = schema.table(
  "outbound_attempts",
  {
    messageId: uuid("message_id")
      .notNull()
      .references(() => outboundMessages.id, { onDelete: "cascade" }),
    /** From 1; reports name it. One that the gateway put off for lack of room is made again under its number. */
    number: integer("number").notNull(),
    gateway: text("gateway").notNull(),
    startedAt: instant("started_at").notNull(),
    finishedAt: instant("finished_at"),
    outcome: text("outcome", { enum: attemptOutcomes }),
    /** What the refusal asked for. */
    retry: text("retry").$type<Retry>(),
    externalId: text("external_id"),
    error: text("error"),
  },
  (table) => [
    primaryKey({ columns: [table.messageId, table.number] }),
    index("outbound_attempts_started").using("brin", table.startedAt),
    index("outbound_attempts_external")
      .on(table.gateway, table.externalId)
      .where(sql`external_id is not null`),
  ],
);

/**
 * How a gateway fares, shared by all processes. There is no row for one that nothing limits and that has given
 * no trouble.
 */
export const channels = schema.table("channels", {
  gateway: text("gateway").primaryKey(),
  /** Refuses everything (a wrong key, a blocked account): left alone until then. */
  pausedUntil: instant("paused_until"),
  pauseCode: text("pause_code"),
  /** Segments a second from when it said that it was given too many; from there the rate recovers. */
  slowedTo: doublePrecision("slowed_to"),
  slowedAt: instant("slowed_at"),
  /** When all that it was given will have left at its rate. */
  freeAt: instant("free_at"),
  /** Messages sent since one that others were ahead of had its turn. */
  passedOver: integer("passed_over").notNull().default(0),
  /** Attempts in a row that had no clear answer. */
  failures: integer("failures").notNull().default(0),
  /** Spared until then; afterwards one message at a time tries whether it is back. */
  openUntil: instant("open_until"),
  /** When it was spared last: what had been begun by then says nothing new. */
  openedAt: instant("opened_at"),
});
