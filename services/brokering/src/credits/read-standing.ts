import type {
  listWaitingCredits as waitingContract,
  readCreditStanding as contract,
} from "@minka/contracts/credit-standings";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { Queries } from "@minka/database/connect";
import type { Context } from "@minka/service/act";
import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import { endorsements } from "../endorsements/endorsements-tables.ts";
import { guarantees, guarantors } from "../group-guarantees/group-guarantees-tables.ts";
import { approvalDays, reminderDays } from "./credit-days.ts";
import { findCredit } from "./credit-row.ts";
import { credits, type CreditRow } from "./credits-tables.ts";
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
  const [asked, guarantee] = await Promise.all([
    db.read
      .select({ organizationId: endorsements.organizationId, state: endorsements.state })
      .from(endorsements)
      .where(eq(endorsements.creditId, creditId))
      .orderBy(asc(endorsements.id)),
    newestGuarantee(db.read, creditId),
  ]);
  return {
    waitsFor: waitsFor(row, asked, guarantee),
    until: untilOf(row)?.toISOString() ?? null,
    endorsements: asked,
    guarantee,
  };
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
    case "approved":
    case "disbursed":
    case "repaying":
    case "in_arrears":
      return "borrower";
    default:
      return null;
  }
}

/** What an approval waits for comes after its reminder. */
function untilOf({ nextAt, nextStep }: CreditRow): Date | null {
  if (nextAt === null || nextStep !== "remind-borrower") return nextAt;
  return new Date(nextAt.getTime() + (approvalDays - reminderDays) * 24 * 60 * 60 * 1000);
}

const withLender = ["submitted", "in_review", "accepted"] as const;
/** As many as one SMS lists. */
const mostListed = 9;

/** What waits for a lender's answer or money. */
export async function listWaitingCredits(
  { db }: Calling,
  { params: { providerId } }: HandlerInput<typeof waitingContract>,
): Promise<HandlerAnswer<typeof waitingContract>> {
  const rows = await db.read
    .select()
    .from(credits)
    .where(and(eq(credits.lenderId, providerId), inArray(credits.state, [...withLender])))
    .orderBy(asc(credits.submittedAt), asc(credits.id))
    .limit(mostListed);
  return {
    credits: rows.map((row) => ({
      creditId: row.id,
      state: row.state,
      amountCentimos: row.approvedCentimos ?? row.amountCentimos,
      months: row.approvedMonths ?? row.months,
      until: row.nextAt?.toISOString() ?? null,
    })),
  };
}
