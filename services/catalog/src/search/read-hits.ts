import type { Database } from "@minka/database/connect";
import type { Point } from "@minka/geography/distance";
import { term } from "./listing-terms.ts";
import type { Of } from "./resolve-words.ts";
import { likelyHits, tsquery, type Terms, type TermSizes } from "./search-query.ts";

/** What a list is in the order of; every one of them ascends. */
export type OrderKey = "fresh_place" | "price_place" | "sort_name" | "metres";
type Position = { readonly key: number | string; readonly number: number };
export type Hit = { readonly number: number; readonly id: string; readonly key: number | string };

export type Look = {
  readonly of: Of;
  readonly terms: Terms;
  readonly order: OrderKey;
  /** The last of the page before. */
  readonly after: Position | null;
  readonly limit: number;
  readonly maximumCentimos?: number | undefined;
  /** Lists of offers of one kind have an order of their own. */
  readonly kind?: string | undefined;
  /** A ring around a point, in metres: from the first up to, not including, the second. */
  readonly ring?: { readonly point: Point; readonly from: number; readonly to: number } | undefined;
};

const tables = {
  offers: { name: "catalog.listings", id: "offer_id" },
  providers: { name: "catalog.provider_listings", id: "provider_id" },
} as const;

/** So many rows are read in the list's order before the index of terms is asked instead. */
const windows = [200, 1_000, 4_000] as const;
/** So many rows of the index are read and compared rather than found by one more of their terms. */
const fewRows = 5_000;

/**
 * The first listings after a position that have the terms. Common terms are met soon by going through the list in
 * its own order; of rare ones all are fetched by their index and sorted. Which is quicker follows from how many have
 * the terms; when the guess was wrong (two common terms that seldom meet), the window ends the walk and the index
 * answers.
 */
export async function readHits(db: Database, look: Look, sizes: TermSizes): Promise<Hit[]> {
  const likely = likelyHits(look.terms, sizes);
  if (likely === 0) return [];
  const all = look.kind === undefined ? sizes.total : (sizes.sizes.get(term.kind(look.kind)) ?? 0);
  const walked = (look.limit * all) / likely;
  const window = windows.find((rows) => rows >= 2 * walked);
  const everything = tsquery(look.terms) === null;
  const walks = look.order !== "metres" && look.ring === undefined;
  if (walks && (everything || (window !== undefined && walked < likely))) {
    const hits = await walk(db, look, window ?? windows[2]);
    if (hits.length >= look.limit || everything) return hits;
  }
  const { prices: _prices, ...unpriced } = look.terms;
  const few = unpriced.groups.length > 0 && likelyHits(unpriced, sizes) <= fewRows;
  return gather(db, few ? { ...look, terms: unpriced } : look);
}

const number = (value: number) => String(value);

/**
 * The statements keep what varies in a row of its own, as the search for candidates does, so that each is planned
 * once; only the window stands in the text, because the plan depends on it.
 */
function walk(db: Database, look: Look, window: number): Promise<Hit[]> {
  const { name, id } = tables[look.of];
  const key = look.order;
  const priced = look.of === "offers" ? "price_centimos" : "null::int";
  const conditions = [
    ...(look.kind === undefined ? [] : ["kind = (select kind from asked)"]),
    ...(look.after === null
      ? []
      : [`(${key}, number) > ((select key from asked), (select number from asked))`]),
  ];
  const begin = conditions.length === 0 ? "" : `where ${conditions.join(" and ")}`;
  return db.sql.unsafe<Hit[]>(
    `with asked as materialized (
       select $1::tsquery as terms, $2::${keyType(key)} as key, $3::int as number, $4::int as maximum, $5::int as most,
         $6::text as kind)
     select number, id, key from (
       select number, ${id} as id, ${key} as key, document, ${priced} as price from ${name} ${begin}
       order by ${key}, number limit ${number(window)}) as next
     where ((select terms from asked) is null or document @@ (select terms from asked))
       and ((select maximum from asked) is null or price <= (select maximum from asked))
     order by key, number limit (select most from asked)`,
    [...parameters(look), look.kind ?? null],
    { prepare: true },
  );
}

function gather(db: Database, look: Look): Promise<Hit[]> {
  const { name, id } = tables[look.of];
  const metres = look.order === "metres" || look.ring !== undefined;
  const key = look.order === "metres" ? "metres" : look.order;
  const priced = look.of === "offers" ? "price_centimos" : "null::int";
  const asked = `select $1::tsquery as terms, $2::${keyType(key)} as key, $3::int as number, $4::int as maximum,
    $5::int as most${metres ? ", $6::float8 as latitude, $7::float8 as longitude, $8::int as near, $9::int as far" : ""}`;
  const ring = look.ring;
  return db.sql.unsafe<Hit[]>(
    `with asked as materialized (${asked}),
     hits as materialized (
       select number, ${id} as id, ${key === "metres" ? "0" : key} as place, ${priced} as price
         ${metres ? `, ${metresSql} as metres` : ""}
       from ${name} where document @@ (select terms from asked))
     select number, id, ${key === "metres" ? "metres" : "place"} as key from hits
     where ((select maximum from asked) is null or price <= (select maximum from asked))
       ${metres ? "and metres >= (select near from asked) and metres < (select far from asked)" : ""}
       ${look.after === null ? "" : `and (${key === "metres" ? "metres" : "place"}, number) > ((select key from asked), (select number from asked))`}
     order by key, number limit (select most from asked)`,
    [
      ...parameters(look),
      ...(metres && ring ? [ring.point.latitude, ring.point.longitude, ring.from, ring.to] : []),
    ],
    { prepare: true },
  );
}

function parameters({ terms, after, maximumCentimos, limit }: Look) {
  return [tsquery(terms), after?.key ?? null, after?.number ?? null, maximumCentimos ?? null, limit];
}

function keyType(key: OrderKey): string {
  return key === "sort_name" ? 'text collate "C"' : "int";
}

/** Great-circle metres to the public point, never to the base, by the haversine formula as in `distance.ts`. */
const metresSql = `round(2 * 6371008.8 * asin(sqrt(least(1,
  sin(radians(public_latitude - (select latitude from asked)) / 2) ^ 2
  + cos(radians(public_latitude)) * cos(radians((select latitude from asked)))
    * sin(radians(public_longitude - (select longitude from asked)) / 2) ^ 2))))::int`;
