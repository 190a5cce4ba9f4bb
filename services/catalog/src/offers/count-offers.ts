import type { offersByDistrict as contract } from "@minka/contracts/catalog";
import type { HandlerAnswer } from "@minka/contracts/endpoint";
import type { Queries } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import { kinds } from "@minka/domain/vocabulary";
import { asc, count, eq } from "drizzle-orm";
import { offers, providers } from "../tables.ts";

/** Offers of verified providers, by the district in which the provider is at home. */
export async function countOffers(queries: Queries, clock: Clock): Promise<HandlerAnswer<typeof contract>> {
  const rows = await queries
    .select({ districtCode: providers.districtCode, kind: offers.kind, offers: count() })
    .from(offers)
    .innerJoin(providers, eq(providers.id, offers.providerId))
    .where(eq(providers.state, "verified"))
    .groupBy(providers.districtCode, offers.kind)
    .orderBy(asc(providers.districtCode), asc(offers.kind));
  const districts = rows.flatMap(({ kind, ...row }) => {
    const known = kinds.find((name) => name === kind);
    return known ? [{ ...row, kind: known }] : [];
  });
  return { districts, asOf: clock().toISOString() };
}
