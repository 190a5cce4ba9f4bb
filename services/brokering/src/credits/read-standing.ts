import type {
  listWaitingCredits as waitingContract,
  readCreditStanding as contract,
} from "@minka/contracts/credit-standings";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { Queries } from "@minka/database/connect";
import type { Context } from "@minka/service/act";
import { and, asc, desc, eq, inArray, isNull, notInArray, or, sql } from "@minka/database/query";
import { endorsements } from "../endorsements/endorsements-tables.ts";
import { guarantees, guarantors } from "../group-guarantees/group-guarantees-tables.ts";
import { paidOf } from "../payments/paid.ts";
import { paymentAsks, payments } from "../payments/payments-tables.ts";
import { approvalDays, reminderDays } from "./credit-days.ts";
import { findCredit } from "./credit-row.ts";
import { isAllPaidOut } from "./handed-over.ts";
import { credits, type CreditRow } from "./credits-tables.ts";
import { householdOf } from "./household.ts";
import { refuseUnlessBorrower, speakerOf, type Calling } from "./speaker.ts";

type Standing = HandlerAnswer<typeof contract>;

/** For whom a credit waits. `no-such-credit` (404) for everybody but its borrower. */
export async function readCreditStanding(
  { db, call }: Calling,
  context: Context,
  { params: { creditId }, query: { personId } }: HandlerInput<typeof contract>,
): Promise<Standing> {
  const speaker = speakerOf(context, personId);
  const row = await findCredit(db.read, creditId);
  await refuseUnlessBorrower(call, { speaker, trace: context.trace }, row);
  const [asked, guarantee, handedOver] = await Promise.all([
    db.read
      .select({ organizationId: endorsements.organizationId, state: endorsements.state })
      .from(endorsements)
      .where(eq(endorsements.creditId, creditId))
      .orderBy(asc(endorsements.id)),
    newestGuarantee(db.read, creditId),
    row.state === "accepted" ? unansweredMoney(db.read, creditId) : null,
  ]);
  return {
    waitsFor: handedOver ? "borrower" : waitsFor(row, asked, guarantee),
    until: handedOver ? null : (untilOf(row)?.toISOString() ?? null),
    endorsements: asked,
    guarantee,
    handedOver,
  };
}

/** What the lender says that it paid out, and which question of it waits. */
async function unansweredMoney(queries: Queries, creditId: string): Promise<Standing["handedOver"]> {
  const { waiting } = await paidOf(queries, "credit-disbursement", creditId);
  if (waiting === 0) return null;
  const [asked] = await queries
    .select({ id: paymentAsks.id })
    .from(paymentAsks)
    .innerJoin(payments, eq(payments.id, paymentAsks.paymentId))
    .where(
      and(
        eq(payments.subjectKind, "credit-disbursement"),
        eq(payments.subjectId, creditId),
        eq(payments.back, false),
        eq(payments.state, "recorded"),
      ),
    )
    .orderBy(asc(paymentAsks.id))
    .limit(1);
  return { amountCentimos: waiting, askId: asked?.id ?? null };
}

async function newestGuarantee(queries: Queries, creditId: string): Promise<Standing["guarantee"]> {
  const [found] = await queries
    .select({
      state: guarantees.state,
      named: sql<number>`count(${guarantors.id})::int`,
      agreed: sql<number>`count(${guarantors.id}) filter (where ${guarantors.state} = 'agreed')::int`,
    })
    .from(guarantees)
    .leftJoin(guarantors, eq(guarantors.guaranteeId, guarantees.id))
    .where(eq(guarantees.creditId, creditId))
    .groupBy(guarantees.id)
    .orderBy(desc(guarantees.id))
    .limit(1);
  return found ?? null;
}

function waitsFor(
  { state }: CreditRow,
  asked: Standing["endorsements"],
  guarantee: Standing["guarantee"],
): Standing["waitsFor"] {
  switch (state) {
    case "draft":
      if (asked.some((one) => one.state === "asked" || one.state === "proposed")) return "organization";
      return guarantee?.state === "gathering" ? "guarantors" : "borrower";
    case "submitted":
    case "in_review":
    case "accepted":
      return "lender";
    case "more_asked":
    case "approved":
    case "disbursed":
    case "repaying":
    case "in_arrears":
      return "borrower";
    default:
      return null;
  }
}

/** What a borrower is waited for comes after their reminder. */
function untilOf({ nextAt, nextStep }: CreditRow): Date | null {
  if (nextAt === null || (nextStep !== "remind-borrower" && nextStep !== "remind-more")) return nextAt;
  return new Date(nextAt.getTime() + (approvalDays - reminderDays) * 24 * 60 * 60 * 1000);
}

const withLender = ["submitted", "in_review", "accepted"] as const;
/** As many as one SMS lists. */
const mostListed = 9;

/** What waits for a lender's answer or money; not what it says that it paid out. */
export async function listWaitingCredits(
  { db, call }: Calling,
  { trace }: Pick<Context, "trace">,
  { params: { providerId }, query: { personId } }: HandlerInput<typeof waitingContract>,
): Promise<HandlerAnswer<typeof waitingContract>> {
  const hidden = await householdOf(call, personId, trace);
  const rows = await db.read
    .select()
    .from(credits)
    .where(
      and(
        eq(credits.lenderId, providerId),
        inArray(credits.state, [...withLender]),
        hidden.length > 0 ? or(isNull(credits.personId), notInArray(credits.personId, hidden)) : undefined,
      ),
    )
    .orderBy(asc(credits.submittedAt), asc(credits.id))
    .limit(mostListed);
  const done = await Promise.all(
    rows.map(async (row) => row.state === "accepted" && (await isAllPaidOut(db.read, row))),
  );
  return {
    credits: rows
      .filter((_, index) => !done[index])
      .map((row) => ({
        creditId: row.id,
        state: row.state,
        amountCentimos: row.approvedCentimos ?? row.amountCentimos,
        months: row.approvedMonths ?? row.months,
        until: row.nextAt?.toISOString() ?? null,
      })),
  };
}
