import type { Wording } from "@minka/contracts/wordings";
import type { Queries } from "@minka/database/connect";
import { eq } from "@minka/database/query";
import type { NewsReader } from "../telling/news.ts";
import { lots } from "../lots/lots-tables.ts";
import { named, personName, soles } from "./credit-askings.ts";
import { instalmentsOf, unpaid } from "./credit-row.ts";
import { changesFor, reasonsOf } from "./credit-view.ts";
import { credits, repayments, type CreditRow } from "./credits-tables.ts";
import { householdOf } from "./household.ts";
import { lenderPeople } from "./lender-people.ts";

/** Words what is told of a credit as it stands now: the id is the credit's. Null: there is nothing to tell any more. */
type Teller = (queries: Queries, row: CreditRow) => Promise<Wording | null>;

const news =
  (teller: Teller): NewsReader =>
  async ({ db }, { id, personIds }) => {
    const [row] = await db.read.select().from(credits).where(eq(credits.id, id));
    const wording = row ? await teller(db.read, row) : null;
    return wording ? personIds.map((personId) => ({ personId, ...wording, until: null, toMany: false })) : [];
  };

/** To the lender's people of today: who was told of when it happened may have left. */
const toLender =
  (teller: Teller): NewsReader =>
  async ({ db, call }, { id, trace }) => {
    const [row] = await db.read.select().from(credits).where(eq(credits.id, id));
    const wording = row ? await teller(db.read, row) : null;
    if (!row || !wording) return [];
    const personIds = await lenderPeople(call, row, trace);
    return personIds.map((personId) => ({ personId, ...wording, until: null, toMany: false }));
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
      return row.submittedAt === null
        ? { text: "credit_draft_lapsed", parameters: { amount: soles(row.amountCentimos) } }
        : { text: "credit_lapsed", parameters: { lender } };
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

/** Every reason with what the lender wrote to it, and what to change about the first. */
function refusal(row: CreditRow): Wording | null {
  const given = row.refusals ?? [];
  const [first] = given;
  if (!first) return null;
  const [change = "other_product"] = changesFor([first]);
  return {
    text: "credit_refused",
    parameters: {
      lender: named(row.lenderName),
      reason: { as: "refusals", reasons: reasonsOf(given) },
      change: { as: "word", group: "credit_change", entry: change },
    },
  };
}

/** To who asked in another's name, vouched or answers for it: nobody sent it, and it is over. */
export const creditDraftEndedNews: NewsReader = async (kit, { id, personIds, trace }) => {
  const [row] = await kit.db.read.select().from(credits).where(eq(credits.id, id));
  if (row?.state !== "lapsed" || row.personId === null) return [];
  const parameters = { borrower: named(await personName(kit, row.personId, trace)) };
  return personIds.map((personId) => ({
    personId,
    text: "credit_draft_ended",
    parameters,
    until: null,
    toMany: false,
  }));
};

/** To the lender: one waits for its answer, or for its money. */
export const creditWaitingNews = toLender(async (_, row) => {
  const amount = soles(row.approvedCentimos ?? row.amountCentimos);
  if (row.state === "submitted" || row.state === "in_review")
    return { text: "credit_waits", parameters: { amount } };
  return row.state === "accepted" ? { text: "credit_waits_for_money", parameters: { amount } } : null;
});

/** To the lender: what became of it. */
export const creditAnsweredNews = toLender(async (_, row) => {
  const amount = soles(row.approvedCentimos ?? row.amountCentimos);
  switch (row.state) {
    case "accepted":
      return { text: "credit_taken", parameters: { amount } };
    case "in_review":
      return row.more?.answer
        ? {
            text: row.more.answer === "brought" ? "credit_more_brought" : "credit_more_silent",
            parameters: { amount },
          }
        : null;
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

/**
 * To the lender: who has what counts as paid; to who has it: that it is to be paid on. The id is the repayment's.
 */
export const creditKeptBackNews: NewsReader = async (kit, { kind, id, personIds, trace }) => {
  const [kept] = await kit.db.read
    .select({
      centimos: repayments.centimos,
      organization: lots.organizerName,
      personId: credits.personId,
      lender: credits.lenderName,
      lenderId: credits.lenderId,
      paidOnAt: repayments.paidOnAt,
    })
    .from(repayments)
    .innerJoin(credits, eq(credits.id, repayments.creditId))
    .innerJoin(lots, eq(lots.id, repayments.sourceId))
    .where(eq(repayments.id, id));
  if (!kept || kept.personId === null || kept.paidOnAt !== null) return [];
  const isDue = kind === "credit-kept-back-due";
  const parameters = {
    ...(isDue ? { lender: named(kept.lender) } : { organization: named(kept.organization) }),
    borrower: named(await personName(kit, kept.personId, trace)),
    amount: soles(kept.centimos),
  };
  const hidden = await householdOf(kit.call, kept.personId, trace);
  const told = isDue
    ? personIds.filter((one) => !hidden.includes(one))
    : await lenderPeople(kit.call, kept, trace);
  return told.map((personId) => ({
    personId,
    text: isDue ? "credit_kept_back_due" : "credit_kept_back",
    parameters,
    until: null,
    toMany: false,
  }));
};
