import { refusalReasons, type RefusalGiven } from "@minka/contracts/credit-words";
import type { Credit } from "@minka/contracts/credits";
import type { Queries } from "@minka/database/connect";
import { quoteLoan } from "@minka/domain/credit/quote-loan";
import type { LimaDay } from "@minka/domain/lima-time";
import { asc, inArray } from "@minka/database/query";
import { unpaid } from "./credit-row.ts";
import { endorsements, type EndorsementRow } from "../endorsements/endorsements-tables.ts";
import { asksForSettlement } from "./answer-approval.ts";
import { consents, instalments, type CreditRow } from "./credits-tables.ts";

/** Credits as their borrower sees them. */
export async function creditViews(
  queries: Queries,
  rows: readonly CreditRow[],
  today: LimaDay,
): Promise<Credit[]> {
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const [agreed, vouched, due] = await Promise.all([
    queries.select().from(consents).where(inArray(consents.creditId, ids)).orderBy(asc(consents.consent)),
    queries
      .select()
      .from(endorsements)
      .where(inArray(endorsements.creditId, ids))
      .orderBy(asc(endorsements.id)),
    queries
      .select()
      .from(instalments)
      .where(inArray(instalments.creditId, ids))
      .orderBy(asc(instalments.number)),
  ]);
  return rows.map((row) =>
    creditView(row, {
      today,
      consents: agreed.filter(({ creditId }) => creditId === row.id),
      endorsements: vouched.filter(({ creditId }) => creditId === row.id),
      instalments: due.filter(({ creditId }) => creditId === row.id),
    }),
  );
}

type Parts = {
  today: LimaDay;
  consents: readonly (typeof consents.$inferSelect)[];
  endorsements: readonly EndorsementRow[];
  instalments: readonly (typeof instalments.$inferSelect)[];
};

function creditView(row: CreditRow, parts: Parts): Credit {
  const { offerId, offerVersion, lenderId, lenderName, offerTitle } = row;
  const isChosen = offerId !== null && offerVersion !== null && lenderId !== null;
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    personId: row.personId,
    organizationId: row.organizationId,
    through: { way: row.way, personId: row.originatorId, interest: row.interest },
    amountCentimos: row.amountCentimos,
    months: row.months,
    purpose: row.purpose,
    version: row.version,
    crop: row.crop,
    declared: row.declared,
    consents: parts.consents.map(({ consent, given }) => ({ consent, given })),
    chosen: isChosen
      ? { offerId, offerVersion, lenderId, lenderName: lenderName ?? "", title: offerTitle ?? "" }
      : null,
    endorsements: parts.endorsements.map(({ organizationId, state, amountCentimos, conditions }) => ({
      organizationId,
      state,
      amountCentimos,
      conditions,
    })),
    more: row.more,
    approved: approvedOf(row, parts),
    refused: row.refusals ? { reasons: reasonsOf(row.refusals), change: changesFor(row.refusals) } : null,
    repayFromSettlement: row.repayFromSettlement,
    useVerified: row.useBy !== null,
    owedCentimos: unpaid(parts.instalments),
    instalments: parts.instalments.map(({ number, dueOn, totalCentimos, paidCentimos }) => ({
      number,
      dueOn,
      totalCentimos,
      paidCentimos,
    })),
    createdAt: row.createdAt.toISOString(),
  };
}

function approvedOf(row: CreditRow, parts: Parts): Credit["approved"] {
  const { approvedCentimos, approvedMonths, conditions, terms } = row;
  if (approvedCentimos === null || approvedMonths === null || !terms) return null;
  // Until the money has come: what is read is what would be paid if it came today.
  const due =
    parts.instalments.length > 0
      ? parts.instalments
      : quoteLoan(terms, {
          amountCentimos: approvedCentimos,
          months: approvedMonths,
          startsOn: parts.today,
        }).instalments;
  const totals = due.map(({ totalCentimos }) => totalCentimos);
  return {
    amountCentimos: approvedCentimos,
    receivedCentimos: approvedCentimos - terms.openingFeeCentimos,
    months: approvedMonths,
    instalments: due.length,
    instalmentCentimos: Math.max(...totals),
    totalCentimos: totals.reduce((sum, each) => sum + each, 0),
    firstDueOn: due[0]?.dueOn ?? parts.today,
    lastDueOn: due.at(-1)?.dueOn ?? parts.today,
    conditions,
    fromSettlement: asksForSettlement(row, parts.endorsements),
  };
}

/** As they are told: which requirement, how much and how long would do are their parameters. */
export function reasonsOf(refusals: readonly RefusalGiven[]) {
  return refusals.map(({ code, ...given }) => ({
    code,
    parameters: Object.fromEntries(
      Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    ),
  }));
}

/** What to change before asking again, each once, the first reason's first. */
export function changesFor(refusals: readonly Pick<RefusalGiven, "code">[]) {
  return [...new Set(refusals.flatMap(({ code }) => refusalReasons[code]))];
}
