import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  listOfferRecords as recordsContract,
  listProviderOffers as contract,
} from "@minka/contracts/offers";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import type { CallContext } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { and, desc, eq, lt } from "@minka/database/query";
import { z } from "zod";
import { readManagedOrganizations } from "../providers/provider-rights.ts";
import { listings } from "../search/listings-tables.ts";
import { offers, providers } from "../tables.ts";
import { refuseUnlessManaged } from "./lock-offer.ts";
import { publicColumns, publicOffer, recordOf } from "./read-offer.ts";

/** What is found of a verified provider's offers, the newest first; none for another provider. */
export async function listProviderOffers(
  { db, clock }: Pick<ServiceKit, "db" | "clock">,
  { params: { providerId }, query: { cursor, limit } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const rows = await db.read
    .select(publicColumns)
    .from(offers)
    .innerJoin(providers, eq(providers.id, offers.providerId))
    .innerJoin(listings, eq(listings.offerId, offers.id))
    .where(and(eq(offers.providerId, providerId), before(cursor)))
    .orderBy(desc(offers.id))
    .limit(limit + 1);
  const today = limaDay(clock());
  return {
    items: rows.slice(0, limit).map((row) => publicOffer(row, today)),
    next: nextOf(rows, limit),
  };
}

/** All of a provider's offers in whatever state, for those who manage it. */
export async function listOfferRecords(
  { db, call }: Pick<ServiceKit, "db" | "call">,
  { actor, trace }: Pick<CallContext, "actor" | "trace">,
  { params: { providerId }, query: { state, cursor, limit } }: HandlerInput<typeof recordsContract>,
): Promise<HandlerAnswer<typeof recordsContract>> {
  const managed = await readManagedOrganizations({ call }, actor, trace);
  await refuseUnlessManaged(db.read, actor, providerId, managed);
  const rows = await db.read
    .select()
    .from(offers)
    .where(
      and(
        eq(offers.providerId, providerId),
        state === undefined ? undefined : eq(offers.state, state),
        before(cursor),
      ),
    )
    .orderBy(desc(offers.id))
    .limit(limit + 1);
  return { items: rows.slice(0, limit).map(recordOf), next: nextOf(rows, limit) };
}

/** Ids grow with time, so the last id of a page says where the next one begins. */
function nextOf(rows: readonly { id: string }[], limit: number): string | null {
  return rows.length > limit ? (rows[limit - 1]?.id ?? null) : null;
}

function before(cursor: string | undefined) {
  if (cursor === undefined) return undefined;
  if (!z.uuid().safeParse(cursor).success) {
    throw new DomainError("invalid", "cursor-wrong", "This cursor was not given by this list.");
  }
  return lt(offers.id, cursor);
}
