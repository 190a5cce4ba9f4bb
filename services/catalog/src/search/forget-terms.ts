import type { Transaction } from "@minka/database/connect";
import { sql } from "@minka/database/query";
import { term } from "./listing-terms.ts";
import { wordsToFind } from "./words.ts";

/** Words of these names that no listing has any more, and how they may be misspelled: a rare surname is a name too. */
export async function forgetTerms(tx: Transaction, names: readonly string[]): Promise<void> {
  const words = [...new Set(names.flatMap((name) => wordsToFind(name)))];
  if (words.length === 0) return;
  const terms = [...words, ...words.map(term.titleWord)];
  await tx.execute(sql`
    delete from catalog.search_terms
    where term = any (${sql.param(terms)}::text[]) and offers <= 0 and providers <= 0`);
  await tx.execute(sql`
    delete from catalog.spellings
    where word = any (${sql.param(words)}::text[])
      and not exists (select 1 from catalog.search_terms where term = word)`);
}
