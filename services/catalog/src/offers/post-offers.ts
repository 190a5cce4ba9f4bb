import { isUnregistered } from "@minka/contracts/check-offer-terms";
import type { Transaction } from "@minka/database/connect";
import { kinds } from "@minka/domain/vocabulary";
import { sql } from "@minka/database/query";
import { countedKeys } from "../candidates/asked-keys.ts";
import { keepFreshness, theirProvider } from "../freshness/keep-freshness.ts";
import { TermCounts, writeTermCounts } from "../search/count-terms.ts";
import { listingColumnNames, listingColumns, listingRow, type ListedOffer } from "../search/keep-listings.ts";
import { keepProviderFacts } from "../search/keep-provider-facts.ts";
import { refreshProviderListings } from "../search/keep-provider-listings.ts";
import { postingRows } from "./posting-rows.ts";

type Listed = {
  number: number;
  offerId: string;
  providerId: string;
  kind: string;
  crops: string[];
  subjects: string[];
  terms: string[];
};
type Found = ListedOffer & { stage: "fresh" | "sunk" | "hidden" };

const rowsAStatement = 10_000;

/**
 * Makes everything by which these offers are found (listings, postings, terms, counts, and their providers'
 * entries) what it has to be, given the state of each, of its provider and of its freshness. Repeating it changes
 * nothing. The caller holds the provider's row, so that no other change of the same offers comes between.
 */
export async function refreshPostings(
  tx: Transaction,
  offerIds: readonly string[],
  _at: Date,
): Promise<void> {
  if (offerIds.length === 0) return;
  const ids = sql`any (${sql.param([...new Set(offerIds)])}::uuid[])`;
  await keepFreshness(tx, ids);
  const listed = await tx.execute<Listed>(sql`
    select number, offer_id as "offerId", provider_id as "providerId", kind, crops, subjects,
      tsvector_to_array(document) as terms
    from catalog.listings where offer_id = ${ids}`);
  const published = await tx.execute<Found>(sql`
    select offers.id, offers.provider_id as "providerId", provider.name as "providerName",
      provider.person_id as "personId", offers.version, offers.terms, offers.coverage, offers.crops, offers.subjects,
      offers.confirmed_on::text as "confirmedOn", freshness.stage
    from catalog.offers ${theirProvider}
    join catalog.freshness on freshness.offer_id = offers.id
    where offers.id = ${ids} and offers.state = 'published' and provider.state = 'verified'
      and provider.rests_until is null and freshness.stage <> 'hidden'`);
  // Some may have got in before there was the rule.
  const found = published.filter(({ terms }) => !isUnregistered(terms));
  const counts = new TermCounts();
  const supply = new Map<string, number>();
  for (const old of listed) {
    counts.add(old.terms, "offers", -1);
    countSupply(supply, old, -1);
  }
  const numbers = new Map(listed.map(({ offerId, number }) => [offerId, number]));
  const rows = found.map((offer) => ({
    number: numbers.get(offer.id) ?? null,
    ...listingRow(offer, { sunk: offer.stage === "sunk" }),
  }));
  for (const row of rows) {
    counts.add(row.terms, "offers", 1);
    countSupply(supply, row, 1);
  }
  const stay = new Set(found.map(({ id }) => id));
  const gone = listed.filter(({ offerId }) => !stay.has(offerId)).map(({ number }) => number);
  await tx.execute(
    sql`delete from catalog.postings where number = any (${sql.param([...numbers.values()])}::int[])`,
  );
  await tx.execute(sql`delete from catalog.listings where number = any (${sql.param(gone)}::int[])`);
  for (const [offerId, number] of await writeListings(tx, rows)) numbers.set(offerId, number);
  await writePostings(tx, found, numbers);
  await writeSupply(tx, supply);
  const providerIds = [...listed, ...found].map(({ providerId }) => providerId);
  await keepProviderFacts(tx, providerIds);
  await refreshProviderListings(tx, providerIds, counts);
  await writeTermCounts(tx, counts);
}

/** For loading many at once; the same as `refreshPostings`. */
export function postOffers(tx: Transaction, posted: readonly { id: string }[], at: Date): Promise<void> {
  return refreshPostings(
    tx,
    posted.map(({ id }) => id),
    at,
  );
}

const written = sql.raw(listingColumnNames.join(", "));
const excluded = sql.raw(listingColumnNames.map((name) => `excluded.${name}`).join(", "));

/** One that is listed keeps its number, so that the pages of a list stay what they were. */
async function writeListings(tx: Transaction, rows: readonly object[]): Promise<[string, number][]> {
  if (rows.length === 0) return [];
  // One parameter for all rows: many times faster than a parameter for each value.
  const rowsWritten = await tx.execute<{ number: number; offerId: string }>(sql`
    insert into catalog.listings (number, ${written}, document)
    overriding system value
    select coalesce(number, nextval(pg_get_serial_sequence('catalog.listings', 'number'))), ${written},
      array_to_tsvector(terms)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (number int, ${sql.raw(listingColumns)}, terms text[])
    on conflict (number) do update set (${written}, document) = row (${excluded}, excluded.document)
    returning number, offer_id as "offerId"`);
  return rowsWritten.map(({ offerId, number }) => [offerId, number]);
}

async function writePostings(
  tx: Transaction,
  found: readonly Found[],
  numbers: ReadonlyMap<string, number>,
): Promise<void> {
  let waiting: object[] = [];
  const write = async () => {
    if (waiting.length === 0) return;
    await tx.execute(sql`
      insert into catalog.postings (range, place, number, bits)
      select * from jsonb_to_recordset(${JSON.stringify(waiting)}::jsonb)
        as row (range int, place int, number int, bits int)`);
    waiting = [];
  };
  for (const offer of found) {
    const number = numbers.get(offer.id);
    for (const row of postingRows(offer, { sunk: offer.stage === "sunk" })) waiting.push({ number, ...row });
    if (waiting.length >= rowsAStatement) await write();
  }
  await write();
}

function countSupply(
  supply: Map<string, number>,
  { kind, crops, subjects }: { kind: string; crops: readonly string[]; subjects: readonly string[] },
  by: 1 | -1,
): void {
  for (const crop of countedKeys(crops)) {
    for (const subject of countedKeys(subjects)) {
      const key = JSON.stringify([kind, crop, subject]);
      supply.set(key, (supply.get(key) ?? 0) + by);
    }
  }
}

async function writeSupply(tx: Transaction, supply: ReadonlyMap<string, number>): Promise<void> {
  // In one order everywhere, or two publications at once could wait for each other.
  const changes = [...supply].filter(([, by]) => by !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  if (changes.length === 0) return;
  const rows = changes.map(([key, offers]) => {
    const [kind, crop, subject] = JSON.parse(key) as [(typeof kinds)[number], string, string];
    return { kind, crop, subject, offers };
  });
  await tx.execute(sql`
    insert into catalog.supply as kept (kind, crop, subject, offers)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as row (kind text, crop text, subject text, offers int)
    on conflict (kind, crop, subject) do update set offers = kept.offers + excluded.offers`);
}
