import type { listProviders as contract } from "@minka/contracts/catalog";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { sql } from "@minka/database/query";
import { providers } from "../tables.ts";
import { listings } from "./listings-tables.ts";
import { searchListings } from "./search-listings.ts";

type Query = HandlerInput<typeof contract>["query"];

export function providerLister({ db }: Pick<ServiceKit, "db">) {
  const read = db.read
    .select({
      id: providers.id,
      name: providers.name,
      kinds: providers.kinds,
      districtCode: providers.districtCode,
      coverage: providers.coverage,
      offers: sql<number>`(select count(*)::int from ${listings} where ${listings.providerId} = ${providers.id})`,
      confirmedOn: providers.confirmedOn,
    })
    .from(providers)
    .where(sql`${providers.id} = any (${sql.placeholder("ids")}::uuid[])`)
    .prepare("listed_providers");
  return async ({ q, sort, cursor, limit, ...query }: Query): Promise<HandlerAnswer<typeof contract>> => {
    const { topic, product, service, ...filters } = query;
    const subjects = [topic, product, service].filter((subject) => subject !== undefined);
    const { ids, next } = await searchListings(db, {
      of: "providers",
      q,
      filters: { ...filters, subjects },
      sort: sort ?? (q === undefined ? "freshest" : "relevance"),
      cursor,
      limit,
    });
    const rows = new Map((await read.execute({ ids })).map((row) => [row.id, row]));
    return { items: ids.flatMap((id) => rows.get(id) ?? []), next };
  };
}
