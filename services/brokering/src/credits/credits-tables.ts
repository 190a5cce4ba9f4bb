import type { CreditHistory } from "@minka/contracts/credit-decisions";
import {
  approvalConditions,
  creditConsents,
  creditKinds,
  creditStates,
  creditWays,
  declarable,
  originatorInterests,
  type MoreAsked,
  type RefusalGiven,
} from "@minka/contracts/credit-words";
import type { CreditProduct } from "@minka/contracts/credit-products";
import type { TermsOf } from "@minka/contracts/offer-terms";
import { id, instant } from "@minka/database/columns";
import { crops, loanPurposes, type LoanRequirement } from "@minka/domain/vocabulary";
import { sql } from "@minka/database/query";
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "@minka/database/table";

const schema = pgSchema("brokering");

/** What a credit's timer does next: somebody is reminded, or their silence has its consequence. */
export const creditSteps = [
  "lapse-draft",
  "remind-lender",
  "call-operator",
  "remind-more",
  "end-more",
  "remind-borrower",
  "lapse-approval",
  "remind-instalment",
  "fall-in-arrears",
  "call-endorsers",
] as const;
export type CreditStep = (typeof creditSteps)[number];

/** How each thing that a lender asks for stood when the credit was submitted. */
export type Assessed = {
  requirement: LoanRequirement;
  met: boolean;
  by: LoanRequirement | null;
  declared: boolean;
};

/** A loan that somebody asks for. Its row is the lock for all that happens to it, and comes before endorsements. */
export const credits = schema.table(
  "credits",
  {
    id: id(),
    kind: text("kind", { enum: creditKinds }).notNull(),
    state: text("state", { enum: creditStates }).notNull(),
    /** The borrower: a person, or an organization. */
    personId: uuid("person_id"),
    organizationId: uuid("organization_id"),
    /** Who is told of what an organization borrows. */
    contactId: uuid("contact_id"),
    lotContractId: uuid("lot_contract_id"),
    contractCentimos: integer("contract_centimos"),
    way: text("way", { enum: creditWays }).notNull(),
    originatorId: uuid("originator_id"),
    /** Whose broker asked for its member. */
    originatorOrganizationId: uuid("originator_organization_id"),
    interest: text("interest", { enum: originatorInterests }),
    /** Who asked for an organization: none of them submits it. */
    makers: uuid("makers").array().notNull(),
    amountCentimos: integer("amount_centimos").notNull(),
    months: integer("months").notNull(),
    purpose: text("purpose", { enum: loanPurposes }).notNull(),
    crop: text("crop", { enum: crops }),
    districtCode: text("district_code").notNull(),
    declared: text("declared", { enum: declarable }).array().notNull().default([]),
    /** Raised whenever what is asked for, or of whom, is another: it is sent as it was read. */
    version: integer("version").notNull().default(0),
    offerId: uuid("offer_id"),
    offerVersion: integer("offer_version"),
    offerTitle: text("offer_title"),
    lenderId: uuid("lender_id"),
    lenderName: text("lender_name"),
    /** Who answered for the lender's offer when it was chosen; who does today is read (`lender-people.ts`). */
    lenderPersonId: uuid("lender_person_id"),
    /** The offer's, as they were when it was chosen. */
    terms: jsonb("terms").$type<TermsOf<"credit">>(),
    assessed: jsonb("assessed").$type<Assessed[]>(),
    /** As the person agreed to show it; null when they did not, and once the lender has no business with it. */
    history: jsonb("history").$type<CreditHistory>(),
    approvedCentimos: integer("approved_centimos"),
    approvedMonths: integer("approved_months"),
    conditions: text("conditions", { enum: approvalConditions }).array().notNull().default([]),
    /** What the lender asked for besides, last. */
    more: jsonb("more").$type<MoreAsked>(),
    /** How often it did. */
    moreAsks: integer("more_asks").notNull().default(0),
    refusals: jsonb("refusals").$type<RefusalGiven[]>(),
    repayFromSettlement: boolean("repay_from_settlement").notNull().default(false),
    useBy: text("use_by", { enum: ["pool-order", "receipt", "agent"] }),
    /** The order's id, the receipt's number or the agent's id. */
    useReference: text("use_reference"),
    nextStep: text("next_step", { enum: creditSteps }),
    nextAt: instant("next_at"),
    createdAt: instant("created_at").notNull(),
    submittedAt: instant("submitted_at"),
    disbursedAt: instant("disbursed_at"),
    endedAt: instant("ended_at"),
    trace: text("trace").notNull(),
  },
  (table) => [
    check("credits_one_borrower", sql`num_nonnulls(person_id, organization_id) = 1`),
    check("credits_amounts", sql`amount_centimos > 0 and approved_centimos <= amount_centimos`),
    index("credits_due")
      .on(table.nextAt)
      .where(sql`next_at is not null`),
    index("credits_person").on(table.personId, table.id),
    index("credits_organization").on(table.organizationId, table.id),
    index("credits_lender").on(table.lenderId, table.id),
    index("credits_originator").on(table.originatorId, table.id),
    // One purchase is what one credit was for.
    uniqueIndex("credits_use_order")
      .on(table.useReference)
      .where(sql`use_by = 'pool-order'`),
  ],
);
export type CreditRow = typeof credits.$inferSelect;

/** What was compared last, as it was shown: a choice is of these. */
export const creditProducts = schema.table(
  "credit_products",
  {
    creditId: uuid("credit_id")
      .notNull()
      .references(() => credits.id),
    offerId: uuid("offer_id").notNull(),
    standing: text("standing", { enum: ["eligible", "nearly", "other"] }).notNull(),
    lenderPersonId: uuid("lender_person_id").notNull(),
    product: jsonb("product").$type<CreditProduct>().notNull(),
    terms: jsonb("terms").$type<TermsOf<"credit">>().notNull(),
    comparedAt: instant("compared_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.creditId, table.offerId] })],
);

/** What the person agreed to for one credit; null while they have not answered. */
export const consents = schema.table(
  "credit_consents",
  {
    creditId: uuid("credit_id")
      .notNull()
      .references(() => credits.id),
    consent: text("consent", { enum: creditConsents }).notNull(),
    given: boolean("given"),
    askedAt: instant("asked_at").notNull(),
    answeredAt: instant("answered_at"),
  },
  (table) => [primaryKey({ columns: [table.creditId, table.consent] })],
);

export const instalments = schema.table(
  "credit_instalments",
  {
    creditId: uuid("credit_id")
      .notNull()
      .references(() => credits.id),
    number: integer("number").notNull(),
    /** Day in Lima. */
    dueOn: date("due_on", { mode: "string" }).notNull(),
    totalCentimos: integer("total_centimos").notNull(),
    paidCentimos: integer("paid_centimos").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.creditId, table.number] }),
    check("credit_instalments_paid", sql`paid_centimos between 0 and total_centimos`),
  ],
);

/** What counted as paid: each payment and each lot's settlement once. */
export const repayments = schema.table(
  "credit_repayments",
  {
    id: id(),
    creditId: uuid("credit_id")
      .notNull()
      .references(() => credits.id),
    source: text("source", { enum: ["payment", "settlement"] }).notNull(),
    /** The payment's id, or the lot's. */
    sourceId: uuid("source_id").notNull(),
    centimos: integer("centimos").notNull(),
    at: instant("at").notNull(),
    /** Of what a settlement kept back: when the lender had it all, when who kept it was reminded, an operator called. */
    paidOnAt: instant("paid_on_at"),
    remindedAt: instant("reminded_at"),
    handedOverAt: instant("handed_over_at"),
  },
  (table) => [
    unique("credit_repayments_once").on(table.source, table.sourceId, table.creditId),
    index("credit_repayments_credit").on(table.creditId),
    index("credit_repayments_kept")
      .on(sql`coalesce(reminded_at, at)`)
      .where(sql`source = 'settlement' and paid_on_at is null and handed_over_at is null`),
    check("credit_repayments_positive", sql`centimos > 0`),
  ],
);
