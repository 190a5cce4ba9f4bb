import { endorsementConditions, endorsementRefusals, endorsementStates } from "@minka/contracts/credit-words";
import { id, instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import { check, index, integer, pgSchema, text, uniqueIndex, uuid } from "@minka/database/table";
import { credits } from "../credits/credits-tables.ts";

const schema = pgSchema("brokering");

/** What is done next about an organization that does not answer: it is reminded, an operator looks, the borrower is told. */
export const endorsementSteps = ["remind", "call-operator", "tell-borrower"] as const;

/** An organization's word for a member's credit. It counts towards its exposure while it stands or is called. */
export const endorsements = schema.table(
  "endorsements",
  {
    id: id(),
    creditId: uuid("credit_id")
      .notNull()
      .references(() => credits.id),
    organizationId: uuid("organization_id").notNull(),
    personId: uuid("person_id").notNull(),
    state: text("state", { enum: endorsementStates }).notNull(),
    amountCentimos: integer("amount_centimos"),
    conditions: text("conditions", { enum: endorsementConditions }).array().notNull().default([]),
    refusal: text("refusal", { enum: endorsementRefusals }),
    /** Raised with each proposal: a yes is to the one that was read. */
    version: integer("version").notNull().default(0),
    /** Who proposed it and in whose name: none of them approves it. */
    makers: uuid("makers").array().notNull().default([]),
    /** Which manager is asked by SMS to approve it; others may too. */
    approverId: uuid("approver_id"),
    askedAt: instant("asked_at").notNull(),
    nextStep: text("next_step", { enum: endorsementSteps }),
    nextAt: instant("next_at"),
    /** When the borrower was told that nobody answers; an answer may still come. */
    unansweredAt: instant("unanswered_at"),
    trace: text("trace").notNull(),
  },
  (table) => [
    index("endorsements_due")
      .on(table.nextAt)
      .where(sql`next_at is not null`),
    uniqueIndex("endorsements_open")
      .on(table.creditId, table.organizationId)
      .where(sql`state not in ('refused', 'released')`),
    index("endorsements_organization").on(table.organizationId, table.id),
    index("endorsements_person").on(table.personId),
    check("endorsements_amount", sql`state in ('asked', 'refused', 'released') or amount_centimos > 0`),
  ],
);
export type EndorsementRow = typeof endorsements.$inferSelect;

/** How much an organization vouches for at most. Its row is the lock for what it vouches for, and comes last. */
export const exposureLimits = schema.table("exposure_limits", {
  organizationId: uuid("organization_id").primaryKey(),
  limitCentimos: integer("limit_centimos").notNull(),
});

/** Limits as they were proposed; the newest approved one holds. */
export const limitChanges = schema.table(
  "exposure_limit_changes",
  {
    id: id(),
    organizationId: uuid("organization_id").notNull(),
    limitCentimos: integer("limit_centimos").notNull(),
    state: text("state", { enum: ["proposed", "approved"] }).notNull(),
    makers: uuid("makers").array().notNull(),
    approverId: uuid("approver_id"),
    proposedAt: instant("proposed_at").notNull(),
    approvedAt: instant("approved_at"),
  },
  (table) => [index("exposure_limit_changes_organization").on(table.organizationId, table.id)],
);
