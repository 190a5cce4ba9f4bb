import type { Wording } from "@minka/contracts/wordings";
import type { Queries } from "@minka/database/connect";
import { eq } from "drizzle-orm";
import type { NewsReader } from "../telling/news.ts";
import { lots } from "../lots/lots-tables.ts";
import { named, personName, soles } from "./credit-askings.ts";
import { instalmentsOf, unpaid } from "./credit-row.ts";
import { changesFor } from "./credit-view.ts";
import { credits, repayments, type CreditRow } from "./credits-tables.ts";

/** Words what is told of a credit as it stands now: the id is the credit's. Null: there is nothing to tell any more. */
type Teller = (queries: Queries, row: CreditRow) => Promise<Wording | null>;

const news =
  (teller: Teller): NewsReader =>
  async ({ db }, { id, personIds }) => {
    const [row] = await db.read.select().from(credits).where(eq(credits.id, id));
    const wording = row ? await teller(db.read, row) : null;
    return wording ? personIds.map((personId) => ({ personId, ...wording, until: null, toMany: false })) : [];
  };

async function nextInstalment(queries: Queries, creditId: string) {
  const rows = await instalmentsOf(queries, creditId);
  const [first] = rows.filter(({ totalCentimos, paidCentimos }) => paidCentimos < totalCentimos);
  return first
    ? {
        amount: soles(first.totalCentimos - first.paidCentimos),
        day: { as: "day", day: first.dueOn } as const,
      }
    : null;
}

/** To the borrower: where it stands. */
export const creditToldNews = news(async (queries, row) => {
  const lender = named(row.lenderName);
  switch (row.state) {
    case "in_review":
      return { text: "credit_in_review", parameters: { lender, amount: soles(row.amountCentimos) } };
    case "refused":
      return refusal(row);
    case "lapsed":
      return { text: "credit_lapsed", parameters: { lender } };
    case "disbursed": {
      const next = await nextInstalment(queries, row.id);
      return next && { text: "credit_disbursed", parameters: next };
    }
    case "in_arrears": {
      const next = await nextInstalment(queries, row.id);
      return next && { text: "credit_in_arrears", parameters: { ...next, lender } };
    }
    case "settled":
      return { text: "credit_settled", parameters: { lender } };
    default:
      return null;
  }
});

/** The first reason, and what to change about it first. */
function refusal(row: CreditRow): Wording | null {
  const [first] = row.refusals ?? [];
  if (!first) return null;
  const [change = "other_product"] = changesFor([first]);
  return {
    text: "credit_refused",
    parameters: {
      lender: named(row.lenderName),
      reason: { as: "word", group: "credit_refusal", entry: first.code },
      change: { as: "word", group: "credit_change", entry: change },
    },
  };
}

/** To the lender: one waits for its answer, or for its money. */
export const creditWaitingNews = news(async (_, row) => {
  const amount = soles(row.approvedCentimos ?? row.amountCentimos);
  if (row.state === "submitted" || row.state === "in_review")
    return { text: "credit_waits", parameters: { amount } };
  return row.state === "accepted" ? { text: "credit_waits_for_money", parameters: { amount } } : null;
});

/** To the lender: what became of it. */
export const creditAnsweredNews = news(async (_, row) => {
  const amount = soles(row.approvedCentimos ?? row.amountCentimos);
  switch (row.state) {
    case "accepted":
      return { text: "credit_taken", parameters: { amount } };
    case "withdrawn":
    case "lapsed":
      return { text: "credit_not_taken", parameters: { amount } };
    case "in_arrears":
      return { text: "credit_late", parameters: { amount } };
    case "settled":
      return { text: "credit_paid_back", parameters: { amount } };
    default:
      return null;
  }
});

export const creditDueNews = news(async (queries, row) => {
  const next = await nextInstalment(queries, row.id);
  return next && { text: "credit_due", parameters: next };
});

export const creditRepaidNews = news(async (queries, row) => {
  const left = unpaid(await instalmentsOf(queries, row.id));
  return left > 0 ? { text: "credit_repaid", parameters: { amount: soles(left) } } : null;
});

/** To the lender: who has what counts as paid. The id is the repayment's. */
export const creditKeptBackNews: NewsReader = async (kit, { id, personIds, trace }) => {
  const [kept] = await kit.db.read
    .select({ centimos: repayments.centimos, organization: lots.organizerName, personId: credits.personId })
    .from(repayments)
    .innerJoin(credits, eq(credits.id, repayments.creditId))
    .innerJoin(lots, eq(lots.id, repayments.sourceId))
    .where(eq(repayments.id, id));
  if (!kept || kept.personId === null) return [];
  const parameters = {
    organization: named(kept.organization),
    borrower: named(await personName(kit, kept.personId, trace)),
    amount: soles(kept.centimos),
  };
  return personIds.map((personId) => ({
    personId,
    text: "credit_kept_back",
    parameters,
    until: null,
    toMany: false,
  }));
};
