import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { readLotContract as contract } from "@minka/contracts/lot-contracts";
import type { Context } from "@minka/service/act";
import { asc, desc, eq } from "@minka/database/query";
import { refuseUnlessProvider } from "../authority.ts";
import { contractOf } from "./contract-sides.ts";
import { lotDeliveries, lotQuotes } from "./contracts-tables.ts";
import { deliveryView } from "./deliver-lot.ts";
import { findLot } from "./lock-lot.ts";
import { isOrganizer, refuseUnlessOrganizer } from "../organizers/organizer.ts";
import type { Calling } from "./open-lot.ts";

/** What is negotiated or signed, for both sides; null while nothing is. */
export async function readContract(
  { db, call }: Calling,
  asking: Pick<Context, "actor" | "trace">,
  { params: { lotId } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const lot = await findLot(db.read, lotId);
  const row = await contractOf(db.read, lotId);
  if (asking.actor.kind !== "service") {
    if (!row) await refuseUnlessOrganizer(call, asking, lot);
    else if (!(await isOrganizer(call, asking, lot))) await refuseUnlessProvider(call, asking, row.buyerId);
  }
  if (!row) return { contract: null };
  const [quotes, deliveries] = await Promise.all([
    db.read.select().from(lotQuotes).where(eq(lotQuotes.contractId, row.id)).orderBy(desc(lotQuotes.id)),
    db.read
      .select()
      .from(lotDeliveries)
      .where(eq(lotDeliveries.contractId, row.id))
      .orderBy(asc(lotDeliveries.id)),
  ]);
  const confirmed = deliveries.filter(({ state }) => state === "confirmed");
  return {
    contract: {
      id: row.id,
      lotId,
      state: row.state,
      buyer: { providerId: row.buyerId, name: row.buyerName },
      terms: row.terms,
      quotes: quotes.map(({ id, by, state, terms, at, validUntil }) => ({
        id,
        by,
        state,
        terms,
        at: at.toISOString(),
        validUntil: validUntil.toISOString(),
      })),
      signedByOrganizerAt: row.signedByOrganizerAt?.toISOString() ?? null,
      signedByBuyerAt: row.signedByBuyerAt?.toISOString() ?? null,
      deliveries: deliveries.map(deliveryView),
      valueCentimos: confirmed.reduce((sum, each) => sum + each.valueCentimos + each.womenPremiumCentimos, 0),
    },
  };
}
