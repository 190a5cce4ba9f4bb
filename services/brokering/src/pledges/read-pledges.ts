import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  listLotPledges as ofLotContract,
  listOwnPledges as ownContract,
  readPledge as readContract,
} from "@minka/contracts/lot-pledges";
import { DomainError } from "@minka/domain/errors";
import type { Context } from "@minka/service/act";
import { and, asc, desc, eq, gt, lt } from "@minka/database/query";
import { z } from "zod";
import { refuseUnlessThemself } from "../authority.ts";
import { findLot } from "../lots/lock-lot.ts";
import { refuseUnlessOrganizer } from "../organizers/organizer.ts";
import type { Calling } from "../lots/open-lot.ts";
import { findOwn } from "./lock-pledge.ts";
import { measuredView, pledgeViews, receiptView } from "./pledge-view.ts";
import { pledges, qualityResults, receipts, type PledgeRow } from "./pledges-tables.ts";

type Asking = Pick<Context, "actor" | "trace">;

/** With its receipts and results, replaced ones too. `no-such-pledge` (404). */
export async function readPledge(
  means: Calling,
  asking: Asking,
  { params: { pledgeId } }: HandlerInput<typeof readContract>,
): Promise<HandlerAnswer<typeof readContract>> {
  const { read } = means.db;
  const { pledge: row } = await findOwn(means, asking, pledgeId);
  const [[pledge], weighed, results] = await Promise.all([
    pledgeViews(read, [row]),
    read.select().from(receipts).where(eq(receipts.pledgeId, pledgeId)).orderBy(asc(receipts.id)),
    read
      .select()
      .from(qualityResults)
      .where(eq(qualityResults.pledgeId, pledgeId))
      .orderBy(asc(qualityResults.id)),
  ]);
  if (!pledge) throw new Error("a pledge that was read is not there");
  return { pledge, receipts: weighed.map(receiptView), measured: results.map(measuredView) };
}

export async function listLotPledges(
  { db, call }: Calling,
  asking: Asking,
  { params: { lotId }, query: { state, cursor, limit } }: HandlerInput<typeof ofLotContract>,
): Promise<HandlerAnswer<typeof ofLotContract>> {
  refuseOddCursor(cursor);
  await refuseUnlessOrganizer(call, asking, await findLot(db.read, lotId));
  const rows = await db.read
    .select()
    .from(pledges)
    .where(
      and(
        eq(pledges.lotId, lotId),
        state === undefined ? undefined : eq(pledges.state, state),
        cursor === undefined ? undefined : gt(pledges.id, cursor),
      ),
    )
    .orderBy(asc(pledges.id))
    .limit(limit + 1);
  return pageOf(db.read, rows, limit);
}

export async function listOwnPledges(
  { db }: Pick<Calling, "db">,
  { actor }: Asking,
  { params: { personId }, query: { state, cursor, limit } }: HandlerInput<typeof ownContract>,
): Promise<HandlerAnswer<typeof ownContract>> {
  refuseOddCursor(cursor);
  refuseUnlessThemself(actor, personId);
  const rows = await db.read
    .select()
    .from(pledges)
    .where(
      and(
        eq(pledges.personId, personId),
        state === undefined ? undefined : eq(pledges.state, state),
        cursor === undefined ? undefined : lt(pledges.id, cursor),
      ),
    )
    .orderBy(desc(pledges.id))
    .limit(limit + 1);
  return pageOf(db.read, rows, limit);
}

async function pageOf(queries: Calling["db"]["read"], rows: readonly PledgeRow[], limit: number) {
  const page = rows.slice(0, limit);
  return {
    items: await pledgeViews(queries, page),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

function refuseOddCursor(cursor: string | undefined): void {
  if (cursor !== undefined && !z.uuid().safeParse(cursor).success)
    throw new DomainError("invalid", "cursor-wrong", "The cursor is not one that a page gave.");
}
