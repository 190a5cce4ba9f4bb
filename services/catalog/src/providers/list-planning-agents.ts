import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { listPlanningAgents as contract } from "@minka/contracts/planning-sources";
import type { Queries } from "@minka/database/connect";
import { crops, topics } from "@minka/domain/vocabulary";
import { and, arrayContains, asc, eq, exists, gt, inArray, isNull, or } from "@minka/database/query";
import { offers, providers } from "../tables.ts";
import { agentProfiles, providerGrants } from "./providers-tables.ts";

type Body = HandlerInput<typeof contract>["body"];

/**
 * A page of agents with what a month is planned from. Named ones come whatever their state, so that who may plan for
 * them can be told; otherwise the verified ones.
 */
export async function listPlanningAgents(
  read: Queries,
  { providerIds, organizationId, after, limit }: Body,
): Promise<HandlerAnswer<typeof contract>> {
  const found = await read
    .select({ provider: providers, profile: agentProfiles })
    .from(providers)
    .leftJoin(agentProfiles, eq(agentProfiles.providerId, providers.id))
    .where(
      and(
        arrayContains(providers.kinds, ["agent"]),
        providerIds ? inArray(providers.id, providerIds) : eq(providers.state, "verified"),
        organizationId === undefined ? undefined : ofOrganization(read, organizationId),
        after === null ? undefined : gt(providers.id, after),
      ),
    )
    .orderBy(asc(providers.id))
    .limit(limit);
  const ids = found.map(({ provider }) => provider.id);
  const [offered, granted] = await Promise.all([readOffers(read, ids), readGrants(read, ids)]);
  const agents = found.map(({ provider, profile }) => ({
    providerId: provider.id,
    providerName: provider.name,
    personId: provider.personId,
    state: provider.state,
    restUntil: provider.restsUntil,
    organizationIds: [
      ...new Set([
        ...(provider.organizationId === null ? [] : [provider.organizationId]),
        ...granted.flatMap((each) => (each.providerId === provider.id ? [each.organizationId] : [])),
      ]),
    ],
    profile: profile && {
      topics: profile.topics,
      crops: profile.crops,
      languages: profile.languages,
      base: { latitude: profile.latitude, longitude: profile.longitude },
      reachKm: profile.reachKm,
      monthlyCapacity: profile.monthlyCapacity,
    },
    offers: offered.flatMap(({ providerId, subjects, crops: grown, ...offer }) =>
      providerId === provider.id
        ? [
            {
              ...offer,
              topics: topics.filter((topic) => subjects.includes(topic)),
              crops: crops.filter((crop) => grown.includes(crop)),
            },
          ]
        : [],
    ),
  }));
  return { agents, next: found.length < limit ? null : (ids.at(-1) ?? null) };
}

function ofOrganization(read: Queries, organizationId: string) {
  return or(
    eq(providers.organizationId, organizationId),
    exists(
      read
        .select({ id: providerGrants.id })
        .from(providerGrants)
        .where(
          and(
            eq(providerGrants.providerId, providers.id),
            eq(providerGrants.organizationId, organizationId),
            isNull(providerGrants.withdrawnAt),
          ),
        ),
    ),
  );
}

async function readOffers(read: Queries, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return read
    .select({
      providerId: offers.providerId,
      offerId: offers.id,
      version: offers.version,
      subjects: offers.subjects,
      crops: offers.crops,
      priceCentimos: offers.priceCentimos,
      priceUnit: offers.priceUnit,
      monthlyCapacity: offers.monthlyCapacity,
    })
    .from(offers)
    .where(
      and(inArray(offers.providerId, [...ids]), eq(offers.kind, "assistance"), eq(offers.state, "published")),
    )
    .orderBy(asc(offers.id));
}

async function readGrants(read: Queries, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return read
    .select({ providerId: providerGrants.providerId, organizationId: providerGrants.organizationId })
    .from(providerGrants)
    .where(and(inArray(providerGrants.providerId, [...ids]), isNull(providerGrants.withdrawnAt)))
    .orderBy(asc(providerGrants.id));
}
