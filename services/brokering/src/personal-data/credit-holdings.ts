import { theirRows, type Holding } from "@minka/database/holdings";
import { eq, getTableColumns, or, sql } from "@minka/database/query";
import type { PgColumn, PgTable } from "@minka/database/table";
import { consents, creditProducts, credits, instalments, repayments } from "../credits/credits-tables.ts";
import { partsTaken } from "../decision-makers/decision-makers-tables.ts";
import { endorsements, exposureLimits, limitChanges } from "../endorsements/endorsements-tables.ts";
import { guarantees, guarantors } from "../group-guarantees/group-guarantees-tables.ts";

/** All columns but these, which say something of the person beyond what they owe. */
const allBut = (table: PgTable, ...cleared: string[]): string[] =>
  Object.keys(getTableColumns(table)).filter((name) => !cleared.includes(name));

const ofTheirCredit = (column: PgColumn, personId: string) =>
  sql`${column} in (select c.id from ${credits} c where c.person_id = ${personId})`;

/**
 * What is owed stays owed, under an id that names nobody any more: lenders and who vouched account for it. What was
 * not disbursed is withdrawn before (`leaveCredits`), and what the person showed of themself goes.
 */
export const creditHoldings: readonly Holding[] = [
  {
    table: creditProducts,
    of: ({ personId }) => ofTheirCredit(creditProducts.creditId, personId),
    show: { section: "credit-products", columns: { product: creditProducts.product } },
    erase: "delete",
  },
  {
    table: consents,
    of: ({ personId }) => ofTheirCredit(consents.creditId, personId),
    show: {
      section: "credit-consents",
      columns: { consent: consents.consent, given: consents.given, answeredAt: consents.answeredAt },
    },
    erase: "keep",
  },
  {
    table: instalments,
    of: ({ personId }) => ofTheirCredit(instalments.creditId, personId),
    show: {
      section: "credit-instalments",
      columns: {
        creditId: instalments.creditId,
        dueOn: instalments.dueOn,
        totalCentimos: instalments.totalCentimos,
        paidCentimos: instalments.paidCentimos,
      },
    },
    erase: "keep",
  },
  {
    table: repayments,
    of: ({ personId }) => ofTheirCredit(repayments.creditId, personId),
    show: {
      section: "credit-repayments",
      columns: { creditId: repayments.creditId, centimos: repayments.centimos, at: repayments.at },
    },
    erase: "keep",
  },
  {
    table: endorsements,
    of: ({ personId }) => eq(endorsements.personId, personId),
    show: {
      section: "endorsements",
      columns: {
        organizationId: endorsements.organizationId,
        state: endorsements.state,
        amountCentimos: endorsements.amountCentimos,
        conditions: endorsements.conditions,
        askedAt: endorsements.askedAt,
      },
    },
    erase: "keep",
  },
  {
    table: endorsements,
    of: ({ personId }) =>
      or(sql`${personId}::uuid = any(${endorsements.makers})`, eq(endorsements.approverId, personId)),
    show: {
      section: "endorsements-decided",
      columns: { organizationId: endorsements.organizationId, state: endorsements.state },
    },
    erase: "keep",
  },
  {
    table: limitChanges,
    of: ({ personId }) =>
      or(sql`${personId}::uuid = any(${limitChanges.makers})`, eq(limitChanges.approverId, personId)),
    show: {
      section: "exposure-limits",
      columns: { organizationId: limitChanges.organizationId, limitCentimos: limitChanges.limitCentimos },
    },
    erase: "keep",
  },
  {
    table: guarantors,
    of: ({ personId }) => eq(guarantors.personId, personId),
    show: {
      section: "guarantees",
      columns: { centimos: guarantors.centimos, state: guarantors.state, askedAt: guarantors.askedAt },
    },
    erase: "keep",
  },
  {
    table: partsTaken,
    of: ({ personId }) => eq(partsTaken.personId, personId),
    show: {
      section: "decisions",
      columns: { noun: partsTaken.noun, part: partsTaken.part, at: partsTaken.at },
    },
    erase: "keep",
  },
  {
    table: credits,
    of: ({ personId }) =>
      or(
        eq(credits.originatorId, personId),
        eq(credits.lenderPersonId, personId),
        sql`(${credits.personId} is null and ${credits.contactId} = ${personId})`,
      ),
    show: {
      section: "credits-of-others",
      columns: { kind: credits.kind, state: credits.state, way: credits.way, createdAt: credits.createdAt },
    },
    erase: "keep",
  },
  {
    ...theirRows(credits, credits.personId, "credits", {
      kind: credits.kind,
      state: credits.state,
      amountCentimos: credits.amountCentimos,
      months: credits.months,
      purpose: credits.purpose,
      declared: credits.declared,
      offerTitle: credits.offerTitle,
      lenderName: credits.lenderName,
      assessed: credits.assessed,
      history: credits.history,
      approvedCentimos: credits.approvedCentimos,
      more: credits.more,
      refusals: credits.refusals,
      useBy: credits.useBy,
      useReference: credits.useReference,
      createdAt: credits.createdAt,
      submittedAt: credits.submittedAt,
      disbursedAt: credits.disbursedAt,
      endedAt: credits.endedAt,
    }),
    erase: { keep: allBut(credits, "declared", "history", "more", "assessed", "useReference", "interest") },
  },
];

/** A limit is an organization's; who answers for a credit is in the guarantors. */
export const creditImpersonal: readonly PgTable[] = [exposureLimits, guarantees];
