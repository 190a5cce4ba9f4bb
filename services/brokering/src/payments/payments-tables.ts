import type { Reason } from "@minka/contracts/common";
import { paymentMethods, paymentSides, paymentStates, paymentSubjects } from "@minka/contracts/payments";
import { id, instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import {
  bigint,
  boolean,
  check,
  date,
  index,
  jsonb,
  pgSchema,
  text,
  uniqueIndex,
  uuid,
} from "@minka/database/table";

const schema = pgSchema("brokering");
const partyKinds = ["person", "organization", "provider"] as const;

/** Money that went from one to another, as one side wrote it down and the receiver confirmed it. Minka holds none. */
export const payments = schema.table(
  "payments",
  {
    id: id(),
    subjectKind: text("subject_kind", { enum: paymentSubjects }).notNull(),
    subjectId: uuid("subject_id").notNull(),
    payerKind: text("payer_kind", { enum: partyKinds }).notNull(),
    payerId: uuid("payer_id").notNull(),
    receiverKind: text("receiver_kind", { enum: partyKinds }).notNull(),
    receiverId: uuid("receiver_id").notNull(),
    amountCentimos: bigint("amount_centimos", { mode: "number" }).notNull(),
    /** From who is paid to who pays: what was paid too much, or for what was called off. */
    back: boolean("back").notNull(),
    /** Before it was known how much is due. */
    deposit: boolean("deposit").notNull(),
    method: text("method", { enum: paymentMethods }).notNull(),
    /** In capitals, without spaces and dashes. */
    operationNumber: text("operation_number"),
    paidOn: date("paid_on").notNull(),
    state: text("state", { enum: paymentStates }).notNull(),
    recordedAs: text("recorded_as", { enum: paymentSides }).notNull(),
    /** Who wrote it down, and in whose name: as payers they do not speak for the receiver. */
    recordedBy: uuid("recorded_by").array().notNull(),
    recordedAt: instant("recorded_at").notNull(),
    answeredAt: instant("answered_at"),
    /** When the receiver's silence was reminded of, and when an operator was called about it. */
    remindedAt: instant("reminded_at"),
    handedOverAt: instant("handed_over_at"),
    flags: jsonb("flags").$type<Reason[]>().notNull(),
    trace: text("trace").notNull(),
  },
  (table) => [
    // What did not come keeps its number from nobody whose it is. Receipts show the same and without zeros before it;
    // banks give the same to strangers.
    uniqueIndex("payments_operation")
      .on(table.receiverId, table.method, sql`ltrim(operation_number, '0')`)
      .where(sql`state in ('recorded', 'confirmed') and operation_number is not null`),
    index("payments_unanswered")
      .on(sql`coalesce(reminded_at, recorded_at)`)
      .where(sql`state = 'recorded' and handed_over_at is null`),
    index("payments_subject").on(table.subjectKind, table.subjectId),
    index("payments_payer").on(table.payerId, table.id),
    index("payments_receiver").on(table.receiverId, table.id),
    check("payments_something", sql`amount_centimos > 0`),
    check("payments_operation_known", sql`(method = 'cash') = (operation_number is null)`),
  ],
);
export type PaymentRow = typeof payments.$inferSelect;

/** Who was asked by SMS whether the money came: each a question of their own. */
export const paymentAsks = schema.table(
  "payment_asks",
  {
    id: id(),
    paymentId: uuid("payment_id")
      .notNull()
      .references(() => payments.id),
    personId: uuid("person_id").notNull(),
    askedAt: instant("asked_at").notNull(),
  },
  (table) => [
    index("payment_asks_payment").on(table.paymentId),
    index("payment_asks_person").on(table.personId),
  ],
);
