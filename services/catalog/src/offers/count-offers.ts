import type { offersByDistrict as contract } from "@minka/contracts/catalog";
import type { HandlerAnswer } from "@minka/contracts/endpoint";
import type { Queries } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import { kinds } from "@minka/domain/vocabulary";
import { asc, count, eq } from "@minka/database/query";
import { listings } from "../search/listings-tables.ts";
import { providers } from "../tables.ts";

/** Offers that are found, by the district in which the provider is at home. */
export async function countOffers(queries: Queries, clock: Clock): Promise<HandlerAnswer<typeof contract>> {
  const rows = await queries
    .select({ districtCode: providers.districtCode, kind: listings.kind, offers: count() })
    .from(listings)
    .innerJoin(providers, eq(providers.id, listings.providerId))
    .groupBy(providers.districtCode, listings.kind)
    .orderBy(asc(providers.districtCode), asc(listings.kind));
  const districts = rows.flatMap(({ kind, ...row }) => {
    const known = kinds.find((name) => name === kind);
    return known ? [{ ...row, kind: known }] : [];
  });
  return { districts, asOf: clock().toISOString() };
}
