import type { Transaction } from "@minka/database/connect";
import { sql } from "@minka/database/query";
import { isWord } from "./listing-terms.ts";
import { spellingKeys } from "./words.ts";

/** How many more, or fewer, offers or providers have a term than before. */
export class TermCounts {
  readonly #changes = new Map<string, { offers: number; providers: number }>();

  add(terms: Iterable<string>, of: "offers" | "providers", by: 1 | -1): void {
    for (const term of terms) {
      const change = this.#changes.get(term) ?? { offers: 0, providers: 0 };
      change[of] += by;
      this.#changes.set(term, change);
    }
  }

  /** In the order in which everybody locks them. */
  changes(): { term: string; offers: number; providers: number }[] {
    return [...this.#changes]
      .filter(([, { offers, providers }]) => offers !== 0 || providers !== 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([term, change]) => ({ term, ...change }));
  }
}

/** Writes the counts down, and how a new word may be misspelled. */
export async function writeTermCounts(tx: Transaction, counts: TermCounts): Promise<void> {
  const changes = counts.changes();
  if (changes.length === 0) return;
  const fresh = await tx.execute<{ term: string; added: boolean }>(sql`
    insert into catalog.search_terms as kept (term, offers, providers)
    select * from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as row (term text, offers int, providers int)
    order by term collate "C"
    on conflict (term) do update
      set offers = kept.offers + excluded.offers, providers = kept.providers + excluded.providers
    returning term, (xmax = 0) as added`);
  await writeSpellings(
    tx,
    fresh.flatMap(({ term, added }) => (added && isWord(term) ? [term] : [])),
  );
}

async function writeSpellings(tx: Transaction, words: readonly string[]): Promise<void> {
  if (words.length === 0) return;
  const rows = words.flatMap((word) => spellingKeys(word).map((key) => ({ key, word })));
  await tx.execute(sql`
    insert into catalog.spellings (key, word)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (key int, word text)
    on conflict do nothing`);
}
