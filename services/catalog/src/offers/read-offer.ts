import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  readOffer as contract,
  readOfferRecord as recordContract,
  readOfferVersion as versionContract,
} from "@minka/contracts/offers";
import { publicTerms } from "@minka/contracts/public-terms";
import type { Actor } from "@minka/contracts/actor";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { limaDay, type LimaDay } from "@minka/domain/lima-time";
import type { CallContext } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { and, desc, eq } from "@minka/database/query";
import { readManagedOrganizations } from "../providers/provider-rights.ts";
import { offers, providers } from "../tables.ts";
import { offerUnknown, refuseUnlessManaged, type OfferRow } from "./lock-offer.ts";
import { allowedChanges } from "./offer-lifecycle.ts";
import { offerVersions } from "./offers-tables.ts";

type Kit = Pick<ServiceKit, "db" | "clock" | "call">;
type Context = Pick<CallContext, "actor" | "trace">;

/** The columns of an offer that anybody may see. */
export const publicColumns = {
  id: offers.id,
  version: offers.version,
  terms: offers.terms,
  coverage: offers.coverage,
  confirmedOn: offers.confirmedOn,
  provider: {
    id: providers.id,
    name: providers.name,
    kinds: providers.kinds,
    districtCode: providers.districtCode,
  },
};

/** Only what a verified provider has published is anybody's to see. */
const isPublic = and(eq(offers.state, "published"), eq(providers.state, "verified"));

/** Public columns as the public sees them. */
export function publicOffer<Row extends Pick<OfferRow, "terms">>(row: Row, today: LimaDay) {
  return { ...row, terms: publicTerms(row.terms, today) };
}

/** Throws `offer-unknown` (404) for one that is not public, as for one that does not exist. */
export async function findPublicOffer(queries: Queries, offerId: string) {
  const [row] = await queries
    .select(publicColumns)
    .from(offers)
    .innerJoin(providers, eq(providers.id, offers.providerId))
    .where(and(eq(offers.id, offerId), isPublic));
  if (!row) throw offerUnknown();
  return row;
}

export async function readOffer(
  { db, clock }: Pick<Kit, "db" | "clock">,
  { params: { offerId } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  return { offer: publicOffer(await findPublicOffer(db.read, offerId), limaDay(clock())) };
}

/** An offer's row as its managers see it. */
export function recordOf(row: OfferRow) {
  return {
    id: row.id,
    providerId: row.providerId,
    state: row.state,
    version: row.version,
    terms: row.terms,
    coverage: row.coverage,
    confirmedOn: row.confirmedOn,
    publishedAt: row.publishedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    allowed: allowedChanges(row.state),
  };
}

export async function readOfferRecord(
  { db, call }: Kit,
  { actor, trace }: Context,
  { params: { offerId } }: HandlerInput<typeof recordContract>,
): Promise<HandlerAnswer<typeof recordContract>> {
  const managed = await readManagedOrganizations({ call }, actor, trace);
  const offer = await findManagedOffer(db.read, actor, offerId, managed);
  const versions = await db.read
    .select({ version: offerVersions.version, since: offerVersions.since, by: offerVersions.by })
    .from(offerVersions)
    .where(eq(offerVersions.offerId, offerId))
    .orderBy(desc(offerVersions.version));
  return {
    offer: {
      ...recordOf(offer),
      versions: versions.map((row) => ({ ...row, since: row.since.toISOString() })),
    },
  };
}

async function findManagedOffer(
  queries: Queries,
  actor: Actor,
  offerId: string,
  managedOrganizations: readonly string[],
): Promise<OfferRow> {
  const [offer] = await queries.select().from(offers).where(eq(offers.id, offerId));
  if (!offer) throw offerUnknown();
  await refuseUnlessManaged(queries, actor, offer.providerId, managedOrganizations);
  return offer;
}

/** For the services that keep a version's number, for operators, and for those who manage the offer. */
export async function readOfferVersion(
  { db, call }: Kit,
  { actor, trace }: Context,
  { params: { offerId, version } }: HandlerInput<typeof versionContract>,
): Promise<HandlerAnswer<typeof versionContract>> {
  if (actor.kind !== "service") {
    const managed = await readManagedOrganizations({ call }, actor, trace);
    await findManagedOffer(db.read, actor, offerId, managed);
  }
  const [row] = await db.read
    .select()
    .from(offerVersions)
    .where(and(eq(offerVersions.offerId, offerId), eq(offerVersions.version, version)));
  if (!row) throw new DomainError("not-found", "version-unknown", "This offer has no such version.");
  const { by: _by, ...shown } = row;
  return { ...shown, since: row.since.toISOString() };
}
