import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import type { CropPrice, readPrices as contract } from "@minka/contracts/prices";
import { limaDay, type LimaDay } from "@minka/domain/lima-time";
import { distanceKm } from "@minka/geography/distance";
import { allDistricts, findDistrict } from "@minka/geography/districts";
import type { ServiceKit } from "@minka/service/define-service";
import { sql, type SQL } from "@minka/database/query";
import { refuseUnknownDistrict } from "../providers/district.ts";

/** Farther than this nobody carries a few sacks to sell them. */
const nearKm = 150;
/** A day more since it was confirmed weighs like so many kilometres more of road. */
const kmPerDay = 5;
const mostShown = 6;
/** Of one delivery place, and of the whole country where no place is given or nothing is near. */
const [mostOfPlace, mostOfCountry] = [8, 40];

type Row = {
  offerId: string;
  providerId: string;
  providerName: string;
  terms: OfferTerms;
  confirmedOn: LimaDay;
};

/**
 * What is paid for a crop near a district: of offers that are found (published, of a verified provider that does not
 * rest) and fresh, and that name a price. With nothing near, the newest of the country. One price of a buyer for each
 * state of the crop. Throws `district-unknown` (422).
 */
export function priceReader({ db, clock }: Pick<ServiceKit, "db" | "clock">) {
  const read = async (found: SQL): Promise<Row[]> => [...(await db.read.execute<Row>(found))];
  return async ({
    crop,
    districtCode,
  }: HandlerInput<typeof contract>["query"]): Promise<HandlerAnswer<typeof contract>> => {
    const at = clock();
    if (districtCode !== undefined) refuseUnknownDistrict(districtCode, "query.districtCode");
    const from = districtCode === undefined ? undefined : findDistrict(districtCode)?.point;
    const near = from
      ? allDistricts()
          .filter(({ point }) => distanceKm(from, point) <= nearKm)
          .map(({ code }) => code)
      : [];
    const rows = near.length > 0 ? await read(deliveredIn(near, crop)) : [];
    const priced = rows.length > 0 ? rows : await read(newest(crop));
    const today = limaDay(at);
    const prices = priced
      .flatMap((row) => priceOf(row, from))
      .toSorted((a, b) => weight(a, today) - weight(b, today) || (a.offerId < b.offerId ? -1 : 1));
    return { prices: onePerBuyer(prices).slice(0, mostShown), asOf: at.toISOString() };
  };
}

const columns = sql`o.id as "offerId", o.provider_id as "providerId", providers.name as "providerName", o.terms,
  o.confirmed_on::text as "confirmedOn"`;

/** Offers that anybody would find, and that were confirmed lately. */
const isFresh = sql`o.kind = 'purchase' and o.state = 'published' and o.terms->'price' <> 'null'::jsonb
  and exists (select 1 from catalog.listings where listings.offer_id = o.id)
  and exists (select 1 from catalog.freshness where freshness.offer_id = o.id and stage = 'fresh')`;

const deliveredIn = (codes: readonly string[], crop: string) => sql`
  select ${columns}
  from unnest(${sql.param([...codes])}::text[]) as near (code)
  cross join lateral (
    select * from catalog.offers o
    where o.terms->>'crop' = ${crop} and o.terms->'delivery'->>'districtCode' = near.code and ${isFresh}
    order by o.confirmed_on desc limit ${mostOfPlace}
  ) as o
  join catalog.providers on providers.id = o.provider_id`;

const newest = (crop: string) => sql`
  select ${columns}
  from (
    select * from catalog.offers o
    where o.terms->>'crop' = ${crop} and ${isFresh}
    order by o.confirmed_on desc limit ${mostOfCountry}
  ) as o
  join catalog.providers on providers.id = o.provider_id`;

function priceOf(row: Row, from: { latitude: number; longitude: number } | undefined): CropPrice[] {
  if (row.terms.kind !== "purchase" || row.terms.price === null) return [];
  const { crop, state, price, minimumKg, quality, certificates, delivery } = row.terms;
  const place = findDistrict(delivery.districtCode)?.point;
  return [
    {
      offerId: row.offerId,
      buyer: { id: row.providerId, name: row.providerName },
      crop,
      state,
      price,
      unit: "kg",
      minimumKg,
      quality,
      certificates,
      districtCode: delivery.districtCode,
      distanceKm: from && place ? Math.round(distanceKm(from, place)) : null,
      confirmedOn: row.confirmedOn,
    },
  ];
}

const dayMs = 24 * 60 * 60 * 1000;

function weight({ distanceKm: km, confirmedOn }: CropPrice, today: LimaDay): number {
  return (km ?? 0) + kmPerDay * ((Date.parse(today) - Date.parse(confirmedOn)) / dayMs);
}

function onePerBuyer(prices: readonly CropPrice[]): CropPrice[] {
  const seen = new Set<string>();
  return prices.filter(({ buyer, state }) => {
    const key = `${buyer.id} ${state}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
