import type { listOffers as contract } from "@minka/contracts/catalog";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import { limaDay } from "@minka/domain/lima-time";
import type { ServiceKit } from "@minka/service/define-service";
import { eq, sql } from "@minka/database/query";
import { publicColumns, publicOffer } from "../offers/read-offer.ts";
import { offers, providers } from "../tables.ts";
import { searchListings } from "./search-listings.ts";

type Query = HandlerInput<typeof contract>["query"];

/** What anyone may see: no base point, no person, no document. */
export function offerLister({ db, clock }: Pick<ServiceKit, "db" | "clock">) {
  const read = db.read
    .select(publicColumns)
    .from(offers)
    .innerJoin(providers, eq(providers.id, offers.providerId))
    .where(sql`${offers.id} = any (${sql.placeholder("ids")}::uuid[])`)
    .prepare("listed_offers");
  return async ({ q, sort, cursor, limit, ...query }: Query): Promise<HandlerAnswer<typeof contract>> => {
    const { topic, product, service, maximumPriceCentimos, ...filters } = query;
    const subjects = [topic, product, service].filter((subject) => subject !== undefined);
    const { ids, next } = await searchListings(db, {
      of: "offers",
      q,
      filters: { ...filters, subjects, maximumCentimos: maximumPriceCentimos },
      sort: sort ?? (q === undefined ? "freshest" : "relevance"),
      cursor,
      limit,
    });
    const rows = new Map((await read.execute({ ids })).map((row) => [row.id, row]));
    const today = limaDay(clock());
    const items = ids.flatMap((id) => {
      const row = rows.get(id);
      return row ? [publicOffer(row, today)] : [];
    });
    return { items, next };
  };
}
