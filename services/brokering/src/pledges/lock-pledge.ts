import type { Actor } from "@minka/contracts/actor";
import type { Queries, Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import type { Caller } from "@minka/http/caller";
import { humansOf, type Context } from "@minka/service/act";
import { and, eq, gt, inArray, ne, sql } from "@minka/database/query";
import { findLot, lockLot } from "../lots/lock-lot.ts";
import { refuseUnlessOrganizer } from "../organizers/organizer.ts";
import { lots, type LotRow } from "../lots/lots-tables.ts";
import { pledges, type PledgeRow } from "./pledges-tables.ts";

/** `no-such-pledge` (404). */
export async function findPledge(queries: Queries, pledgeId: string): Promise<PledgeRow> {
  const [row] = await queries.select().from(pledges).where(eq(pledges.id, pledgeId));
  if (!row) throw noSuchPledge();
  return row;
}

const noSuchPledge = () => new DomainError("not-found", "no-such-pledge", "There is no such pledge.");

/** A pledge under its lot's lock. */
export async function lockPledge(
  tx: Transaction,
  pledgeId: string,
): Promise<{ lot: LotRow; pledge: PledgeRow }> {
  const { lotId } = await findPledge(tx, pledgeId);
  const lot = await lockLot(tx, lotId);
  const [pledge] = await tx.select().from(pledges).where(eq(pledges.id, pledgeId)).for("update");
  if (!pledge) throw noSuchPledge();
  return { lot, pledge };
}

export type As = "requester" | "provider" | "operator";

/**
 * As whom somebody deals with a person's pledge: as that person, also through a service or somebody who acts for them;
 * as the organizer's people; or as an operator. Throws what `refuseUnlessOrganizer` throws.
 */
export async function asWhom(
  call: Caller,
  { actor, trace }: Pick<Context, "actor" | "trace">,
  { personId, lot }: { personId: string; lot: LotRow },
): Promise<As> {
  if (isThemself(actor, personId)) return "requester";
  await refuseUnlessOrganizer(call, { actor, trace }, lot);
  return actor.kind === "person" && actor.operator ? "operator" : "provider";
}

/** Whether it is the person's own word, and not that of somebody who acts in their name. */
export function isOwnWord(actor: Actor, as: As): boolean {
  return as === "requester" && !(actor.kind === "person" && actor.through);
}

export function isThemself(actor: Actor, personId: string): boolean {
  return actor.kind === "service" || humansOf(actor)[0] === personId;
}

/** Of which lot a pledge is, and as whom somebody deals with it. */
export async function findOwn(
  { db, call }: { db: { read: Queries }; call: Caller },
  context: Pick<Context, "actor" | "trace">,
  pledgeId: string,
): Promise<{ pledge: PledgeRow; lot: LotRow; as: As }> {
  const pledge = await findPledge(db.read, pledgeId);
  const lot = await findLot(db.read, pledge.lotId);
  return { pledge, lot, as: await asWhom(call, context, { personId: pledge.personId, lot }) };
}

/** Grams of a crop that a person has offered to lots of this state, a year back: what their farm would have to grow. */
export async function pledgedBefore(
  queries: Queries,
  { personId, lot, except, since }: { personId: string; lot: LotRow; except: string | null; since: Date },
): Promise<number> {
  const [row] = await queries
    .select({ grams: sql<string>`coalesce(sum(${pledges.grams} - coalesce(${pledges.leftGrams}, 0)), 0)` })
    .from(pledges)
    .innerJoin(lots, eq(lots.id, pledges.lotId))
    .where(
      and(
        eq(pledges.personId, personId),
        eq(pledges.state, "open"),
        eq(lots.crop, lot.crop),
        eq(lots.cropState, lot.cropState),
        inArray(lots.state, ["open", "collecting", "composed", "settled"]),
        gt(pledges.pledgedAt, since),
        except === null ? undefined : ne(pledges.id, except),
      ),
    );
  return Number(row?.grams ?? 0);
}
