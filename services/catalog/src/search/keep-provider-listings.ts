import type { Transaction } from "@minka/database/connect";
import { withoutAccents } from "@minka/geography/fold";
import { sql, type SQL } from "@minka/database/query";
import { TermCounts, writeTermCounts } from "./count-terms.ts";
import { freshPlace } from "./listing-places.ts";
import { providerTermsToFind } from "./listing-terms.ts";

type Provider = {
  id: string;
  name: string;
  kinds: string[];
  districtCode: string;
  coverage: string[];
  confirmedOn: string;
};
/** What a provider's listed offers add to its own entry. */
type Offered = {
  providerId: string;
  terms: string[];
  publicLatitude: number | null;
  publicLongitude: number | null;
};

/**
 * Makes the entries of these providers in the public list what they have to be: verified ones are found by their
 * name, place and kinds, and by all that they offer. Called when a provider's name, place, kinds or state changes;
 * changes of its offers bring their own call.
 */
export async function refreshProviderListing(tx: Transaction, providerIds: readonly string[]): Promise<void> {
  const counts = new TermCounts();
  await refreshProviderListings(tx, providerIds, counts);
  await writeTermCounts(tx, counts);
}

/** As names are sorted by: without accents, and no longer than a cursor can hold. */
export function sortName(name: string): string {
  return withoutAccents(name).slice(0, 40);
}

/** The same for a caller that writes the counts itself. */
export async function refreshProviderListings(
  tx: Transaction,
  providerIds: readonly string[],
  counts: TermCounts,
): Promise<void> {
  if (providerIds.length === 0) return;
  const ids = sql`any (${sql.param([...new Set(providerIds)])}::uuid[])`;
  const listed = await tx.execute<{ number: number; providerId: string; terms: string[] }>(sql`
    select number, provider_id as "providerId", tsvector_to_array(document) as terms
    from catalog.provider_listings where provider_id = ${ids}`);
  const found = await tx.execute<Provider>(sql`
    select id, name, kinds, district_code as "districtCode", coverage, confirmed_on::text as "confirmedOn"
    from catalog.providers where id = ${ids} and state = 'verified'`);
  const offered = await readOffered(tx, ids);
  const numbers = new Map(listed.map(({ providerId, number }) => [providerId, number]));
  const rows = found.map((provider) => ({
    number: numbers.get(provider.id) ?? null,
    provider_id: provider.id,
    sort_name: sortName(provider.name),
    public_latitude: offered.get(provider.id)?.publicLatitude ?? null,
    public_longitude: offered.get(provider.id)?.publicLongitude ?? null,
    fresh_place: freshPlace(provider.confirmedOn),
    terms: providerTermsToFind(provider, offered.get(provider.id)?.terms ?? []),
  }));
  for (const { terms } of listed) counts.add(terms, "providers", -1);
  for (const { terms } of rows) counts.add(terms, "providers", 1);
  const stay = new Set(found.map(({ id }) => id));
  const gone = listed.filter(({ providerId }) => !stay.has(providerId)).map(({ number }) => number);
  await tx.execute(sql`delete from catalog.provider_listings where number = any (${sql.param(gone)}::int[])`);
  if (rows.length === 0) return;
  await tx.execute(sql`
    insert into catalog.provider_listings
      (number, provider_id, sort_name, public_latitude, public_longitude, fresh_place, document)
    overriding system value
    select coalesce(number, nextval(pg_get_serial_sequence('catalog.provider_listings', 'number'))), provider_id,
      sort_name, public_latitude, public_longitude, fresh_place, array_to_tsvector(terms)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (number int, provider_id uuid, sort_name text,
      public_latitude float8, public_longitude float8, fresh_place int, terms text[])
    on conflict (number) do update set (sort_name, public_latitude, public_longitude, fresh_place, document) =
      row (excluded.sort_name, excluded.public_latitude, excluded.public_longitude, excluded.fresh_place,
        excluded.document)`);
}

/**
 * One look at the listings for all providers: a look for each ("the first of its listings that has a base") is read
 * through the numbers of all listings while the tables grow faster than their statistics.
 */
async function readOffered(tx: Transaction, ids: SQL): Promise<Map<string, Offered>> {
  const rows = await tx.execute<Offered>(sql`
    with own as materialized (
      select provider_id, number, public_latitude, public_longitude, document
      from catalog.listings where provider_id = ${ids}
    ), bases as (
      select distinct on (provider_id) provider_id, public_latitude, public_longitude
      from own where public_latitude is not null order by provider_id, number
    ), offered as (
      select provider_id, array_agg(term) as terms
      from (select distinct provider_id, term from own, unnest(tsvector_to_array(document)) as term)
      group by provider_id
    )
    select provider_id as "providerId", terms, public_latitude as "publicLatitude", public_longitude as "publicLongitude"
    from offered left join bases using (provider_id)`);
  return new Map(rows.map((row) => [row.providerId, row]));
}
