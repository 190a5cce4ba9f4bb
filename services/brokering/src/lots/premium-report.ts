import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { readPremiumReport as contract } from "@minka/contracts/lot-settlements";
import { DomainError } from "@minka/domain/errors";
import { addDays, limaDay, limaInstant } from "@minka/domain/lima-time";
import type { Context } from "@minka/service/act";
import { and, asc, eq, gte, lt } from "@minka/database/query";
import { managers, refuseUnlessOrganization } from "../authority.ts";
import { lots } from "./lots-tables.ts";
import type { Calling } from "./open-lot.ts";
import { settlementLines, settlements } from "./settlements-tables.ts";

/** Fewer women than this could be told who they are by whoever knows the village. */
const fewest = 5;

/**
 * What an organization's lots paid women as premium. Sums of fewer than five women are withheld, and of a single lot
 * that is, a second one too, or the rest would tell. `not-your-organization` (403), `period-wrong` (422).
 */
export async function readPremiumReport(
  { db, call }: Calling,
  { actor, trace }: Pick<Context, "actor" | "trace">,
  { query: { organizationId, from, until } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  await refuseUnlessOrganization(call, { actor, trace }, organizationId, managers);
  if (until < from)
    throw new DomainError("invalid", "period-wrong", "It ends before it begins.", {
      errors: [{ path: "query.until", message: `must be from ${from} on` }],
    });
  const rows = await db.read
    .select({
      lotId: lots.id,
      title: lots.title,
      settledAt: settlements.decidedAt,
      personId: settlementLines.personId,
      grams: settlementLines.grams,
      premiumCentimos: settlementLines.premiumCentimos,
      woman: settlementLines.woman,
    })
    .from(settlements)
    .innerJoin(lots, eq(lots.id, settlements.lotId))
    .innerJoin(settlementLines, eq(settlementLines.settlementId, settlements.id))
    .where(
      and(
        eq(lots.organizerKind, "organization"),
        eq(lots.organizerId, organizationId),
        eq(settlements.state, "approved"),
        gte(settlements.decidedAt, limaInstant(from, 0)),
        lt(settlements.decidedAt, limaInstant(addDays(until, 1), 0)),
      ),
    )
    .orderBy(asc(lots.id));
  const paid = rows.filter(({ woman, premiumCentimos }) => woman && premiumCentimos > 0);
  const women = new Set(paid.map(({ personId }) => personId)).size;
  const byLot = Map.groupBy(rows, ({ lotId }) => lotId);
  const counted = [...byLot].map(([lotId, [first]]) => {
    const of = paid.filter((each) => each.lotId === lotId);
    return {
      lotId,
      title: first?.title ?? "",
      settledOn: limaDay(first?.settledAt ?? new Date(0)),
      premiumCentimos: of.reduce((sum, each) => sum + each.premiumCentimos, 0),
      women: new Set(of.map(({ personId }) => personId)).size,
      womenGrams: of.reduce((sum, each) => sum + each.grams, 0),
    };
  });
  const hidden = withheld(counted);
  return {
    premiumCentimos: counted.reduce((sum, each) => sum + each.premiumCentimos, 0),
    women: women > 0 && women < fewest ? null : women,
    lots: counted.map((lot) =>
      hidden.has(lot.lotId) ? { ...lot, premiumCentimos: null, women: null, womenGrams: null } : lot,
    ),
  };
}

/** Lots of too few women, and where that is one alone, the smallest of the others. */
function withheld(counted: readonly { lotId: string; women: number }[]): Set<string> {
  const few = counted.filter(({ women }) => women > 0 && women < fewest).map(({ lotId }) => lotId);
  const others = counted
    .filter(({ women }) => women >= fewest)
    .toSorted((a, b) => a.women - b.women)
    .map(({ lotId }) => lotId);
  return new Set(few.length === 1 ? [...few, ...others.slice(0, 1)] : few);
}
