import { once } from "node:events";
import type { Writable } from "node:stream";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import type { Database } from "@minka/database/connect";
import { countedKeys } from "../candidates/asked-keys.ts";
import { TermCounts } from "../search/count-terms.ts";
import { isWord, providerTermsToFind } from "../search/listing-terms.ts";
import { sortName } from "../search/keep-provider-listings.ts";
import { listingColumnNames, listingRow } from "../search/keep-listings.ts";
import { freshPlace } from "../search/listing-places.ts";
import { spellingKeys } from "../search/words.ts";
import { offerRow } from "./offer-row.ts";
import { postingRows } from "./posting-rows.ts";

/** A verified provider with published offers, as far as being found goes. */
export type MarketProvider = {
  readonly id: string;
  readonly name: string;
  readonly kinds: readonly string[];
  readonly personId: string;
  readonly districtCode: string;
  readonly coverage: readonly string[];
  readonly offers: readonly {
    readonly id: string;
    readonly terms: OfferTerms;
    readonly coverage: readonly string[];
    readonly confirmedOn: string;
  }[];
};

type Sql = Database["sql"];

/**
 * Fills an empty catalog as the owner of its tables, a hundred times faster than `loadProviders`: the same rows,
 * copied in one stream a table, with the indexes made afterwards. For measuring with a million offers.
 */
export async function copyMarket(
  sql: Sql,
  market: () => Iterable<MarketProvider>,
  { at }: { at: Date },
): Promise<{ offers: number; providers: number; postings: number }> {
  const rebuild = await dropIndexes(sql);
  const totals = { offers: 0, providers: 0, postings: 0 };
  const counts = new TermCounts();
  const supply = new Map<string, number>();
  // A stream a table; foreign keys want the owner's row committed first, so the market is gone through thrice.
  await copyInto(sql, "providers", providerColumns, async (write) => {
    for (const provider of market()) {
      totals.providers += 1;
      await write(providerValues(provider, at));
    }
  });
  await copyInto(sql, "offers", offerColumns, async (write) => {
    for (const provider of market()) {
      for (const offer of provider.offers) await write(offerValues(offerOf(provider, offer, at)));
    }
  });
  const postings = await openCopy(sql, "postings", ["range", "place", "number", "bits"]);
  const freshness = await openCopy(sql, "freshness", [
    "offer_id",
    "stage",
    "confirmed_on",
    "ask_from",
    "asked",
  ]);
  const providerListings = await openCopy(sql, "provider_listings", providerListingColumns);
  await copyInto(sql, "listings", ["number", ...listingColumnNames, "document"], async (write) => {
    for (const provider of market()) {
      const offered = new Set<string>();
      for (const offer of provider.offers) {
        const row = offerOf(provider, offer, at);
        const listed = { ...row, providerName: provider.name, personId: provider.personId };
        const listing = listingRow(listed, { sunk: false });
        totals.offers += 1;
        counts.add(listing.terms, "offers", 1);
        for (const term of listing.terms) offered.add(term);
        for (const crop of countedKeys(listing.crops)) {
          for (const subject of countedKeys(listing.subjects)) {
            const key = JSON.stringify([listing.kind, crop, subject]);
            supply.set(key, (supply.get(key) ?? 0) + 1);
          }
        }
        await write([
          totals.offers,
          ...Object.values({
            ...listing,
            quality: listing.quality && JSON.stringify(listing.quality),
            requirements: listing.requirements.map(String),
            terms: document(listing.terms),
          }),
        ]);
        for (const { range, place, bits } of postingRows(row, { sunk: false })) {
          totals.postings += 1;
          await postings.write([range, place, totals.offers, bits]);
        }
        await freshness.write([row.id, "fresh", row.confirmedOn, `${row.confirmedOn}T14:00:00Z`, 0]);
      }
      const terms = providerTermsToFind(provider, [...offered]);
      counts.add(terms, "providers", 1);
      await providerListings.write([
        provider.id,
        sortName(provider.name),
        freshPlace(day(at)),
        document(terms),
      ]);
    }
  });
  for (const stream of [postings, freshness, providerListings]) await stream.end();
  const terms = counts.changes();
  await copyInto(sql, "search_terms", ["term", "offers", "providers"], async (write) => {
    for (const { term, offers, providers } of terms) await write([term, offers, providers]);
  });
  await copyInto(sql, "spellings", ["key", "word"], async (write) => {
    for (const { term } of terms) {
      if (isWord(term)) for (const key of spellingKeys(term)) await write([key, term]);
    }
  });
  await copyInto(sql, "supply", ["kind", "crop", "subject", "offers"], async (write) => {
    for (const [key, offers] of supply) await write([...(JSON.parse(key) as string[]), offers]);
  });
  await sql.unsafe(`select setval(pg_get_serial_sequence('catalog.listings', 'number'), ${totals.offers})`);
  await rebuild();
  for (const table of marketTables) await sql.unsafe(`vacuum (analyze) catalog.${table}`);
  return totals;
}

const marketTables = [
  "providers",
  "offers",
  "listings",
  "postings",
  "freshness",
  "provider_listings",
  "search_terms",
  "spellings",
  "supply",
] as const;

function offerOf(provider: MarketProvider, offer: MarketProvider["offers"][number], at: Date) {
  return offerRow({ ...offer, providerId: provider.id, at });
}

const providerColumns = [
  "id",
  "form",
  "kinds",
  "name",
  "person_id",
  "district_code",
  "coverage",
  "state",
  "state_since",
  "makers",
  "confirmed_on",
  "created_at",
];

function providerValues(
  { id, kinds, name, personId, districtCode, coverage }: MarketProvider,
  at: Date,
): Value[] {
  return [id, "company", kinds, name, personId, districtCode, coverage, "verified", at, [], day(at), at];
}

const offerColumns = [
  "id",
  "provider_id",
  "version",
  "kind",
  "terms",
  "state",
  "coverage",
  "title",
  "crops",
  "subjects",
  "price_centimos",
  "price_unit",
  "monthly_capacity",
  "audience",
  "organic_approved",
  "certificates",
  "confirmed_on",
  "published_at",
  "expires_at",
];

function offerValues(row: ReturnType<typeof offerRow>): Value[] {
  return [
    row.id,
    row.providerId,
    row.version,
    row.kind,
    JSON.stringify(row.terms),
    row.state,
    row.coverage,
    row.title,
    row.crops,
    row.subjects,
    row.priceCentimos,
    row.priceUnit,
    row.monthlyCapacity,
    row.audience,
    row.organicApproved,
    row.certificates,
    row.confirmedOn,
    row.publishedAt,
    row.expiresAt,
  ];
}

const providerListingColumns = ["provider_id", "sort_name", "fresh_place", "document"];

function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** As `tsvector` is written; terms hold no quotes. */
function document(terms: readonly string[]): string {
  return terms.map((term) => `'${term}'`).join(" ");
}

type Value = string | number | boolean | null | Date | readonly string[];

async function copyInto(
  sql: Sql,
  table: string,
  columns: readonly string[],
  fill: (write: (values: readonly Value[]) => Promise<void>) => Promise<void>,
): Promise<void> {
  const copy = await openCopy(sql, table, columns);
  await fill(copy.write);
  await copy.end();
}

const bufferedCharacters = 1 << 18;

async function openCopy(sql: Sql, table: string, columns: readonly string[]) {
  const stream: Writable = await sql
    .unsafe(`copy catalog.${table} (${columns.join(", ")}) from stdin`)
    .writable();
  let waiting = "";
  const flush = async () => {
    const text = waiting;
    waiting = "";
    if (text !== "" && !stream.write(text)) await once(stream, "drain");
  };
  return {
    async write(values: readonly Value[]) {
      waiting += `${values.map(copied).join("\t")}\n`;
      if (waiting.length > bufferedCharacters) await flush();
    },
    async end() {
      await flush();
      stream.end();
      await once(stream, "finish");
    },
  };
}

function copied(value: Value): string {
  if (value === null) return "\\N";
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object") return escaped(`{${value.map((item) => JSON.stringify(item)).join(",")}}`);
  return escaped(String(value));
}

function escaped(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (found) => ({ "\t": "\\t", "\n": "\\n", "\r": "\\r" })[found] ?? "\\\\");
}

/** Drops what slows a copy down, and gives back what makes it again. */
async function dropIndexes(sql: Sql): Promise<() => Promise<void>> {
  const indexes = await sql<{ name: string; definition: string }[]>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index join pg_class on pg_class.oid = indrelid
    where relnamespace = 'catalog'::regnamespace and relname = any (${[...marketTables]})
      and not indisprimary`;
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`);
  return async () => {
    await sql.unsafe("set maintenance_work_mem = '512MB'");
    for (const { definition } of indexes) await sql.unsafe(definition);
  };
}
