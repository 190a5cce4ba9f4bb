import { refuseWhileActing, refuseWordless } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { readStatement as contract, Statement } from "@minka/contracts/lot-settlements";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import type { Context } from "@minka/service/act";
import { and, asc, eq, inArray, isNull } from "@minka/database/query";
import { confirmedCentimos } from "../payments/paid.ts";
import { weighedAs } from "../pledges/weighed-as.ts";
import { isThemself } from "../pledges/lock-pledge.ts";
import { qualityOf, receiptNumber } from "../pledges/pledge-view.ts";
import { receipts } from "../pledges/pledges-tables.ts";
import { compositionLines, compositions } from "./compositions-tables.ts";
import { findLot } from "./lock-lot.ts";
import { refuseUnlessOrganizer } from "../organizers/organizer.ts";
import type { LotRow } from "./lots-tables.ts";
import type { Calling } from "./open-lot.ts";
import { owedBack } from "./settle-advances.ts";
import { settlementLines, settlements } from "./settlements-tables.ts";

/**
 * What a member gets and why. `no-such-statement` (404) before it is settled, or for who has no part in it,
 * `not-while-acting` (403): nobody reads it in another's name, `word-needed` (403): nor for who shares a phone.
 */
export async function readStatement(
  { db, call }: Calling,
  asking: Pick<Context, "actor" | "trace">,
  { params: { lotId, personId } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const lot = await findLot(db.read, lotId);
  // What was deducted, less a fee that everybody may read, would tell who acts for them whether they borrow; so would a
  // refusal for borrowers alone.
  refuseWhileActing(asking.actor);
  refuseWordless(asking.actor, personId);
  if (!isThemself(asking.actor, personId)) await refuseUnlessOrganizer(call, asking, lot);
  const statement = await statementOf(db.read, lot, personId);
  if (!statement)
    throw new DomainError("not-found", "no-such-statement", "There is no statement for them yet.");
  return { statement };
}

/** Null before the lot is settled, or for who has no part in it. */
export async function statementOf(
  queries: Queries,
  lot: LotRow,
  personId: string,
): Promise<Statement | null> {
  const [found] = await queries
    .select({ line: settlementLines, settlement: settlements })
    .from(settlementLines)
    .innerJoin(settlements, eq(settlements.id, settlementLines.settlementId))
    .where(
      and(
        eq(settlements.lotId, lot.id),
        eq(settlements.state, "approved"),
        eq(settlementLines.personId, personId),
      ),
    );
  if (!found) return null;
  const { id, settlementId, lotId: _lot, woman: _woman, ...line } = found.line;
  return {
    lotId: lot.id,
    lotTitle: lot.title,
    settlementId,
    settledAt: (found.settlement.decidedAt ?? found.settlement.proposedAt).toISOString(),
    centimosPerKg:
      line.grams === 0 ? 0 : Math.round(((line.grossCentimos + line.premiumCentimos) * 1000) / line.grams),
    lineId: id,
    ...line,
    paidCentimos: await confirmedCentimos(queries, "settlement", id),
    owedBack: await owedBack(queries, lot.id, personId),
    contributions: await contributionsOf(queries, lot.id, personId),
  };
}

async function contributionsOf(queries: Queries, lotId: string, personId: string) {
  const lines = await queries
    .select({ line: compositionLines })
    .from(compositionLines)
    .innerJoin(compositions, eq(compositions.id, compositionLines.compositionId))
    .where(
      and(
        eq(compositions.lotId, lotId),
        eq(compositions.state, "approved"),
        eq(compositionLines.personId, personId),
      ),
    )
    .orderBy(asc(compositionLines.pledgeId));
  const ids = lines.map(({ line }) => line.pledgeId);
  if (ids.length === 0) return [];
  const quality = await qualityOf(queries, ids);
  const origins = await weighedAs(queries, ids);
  const weighed = await queries
    .select()
    .from(receipts)
    .where(and(inArray(receipts.pledgeId, [...origins.values()]), isNull(receipts.correctedAt)))
    .orderBy(asc(receipts.number));
  return lines.map(({ line: { pledgeId, offeredGrams, takenGrams, leftGrams, reason } }) => ({
    pledgeId,
    offeredGrams,
    takenGrams,
    leftGrams,
    leftBecause: reason,
    quality: quality.get(pledgeId) ?? {},
    receipts: weighed.flatMap((each) =>
      each.pledgeId === origins.get(pledgeId) ? [receiptNumber(each.number)] : [],
    ),
  }));
}
