import type { Database } from "@minka/database/connect";
import { editDistance } from "@minka/geography/edit-distance";
import { soundOfWord } from "@minka/geography/fold";
import { slipsAllowed, spellingKeys, wordsToFind } from "./words.ts";

export type Of = "offers" | "providers";

/** More words than anybody searches for only cost time. */
const mostWords = 8;
/** A word begun but not ended may be many. */
const shortestBeginning = 4;
const mostReadings = 6;

/**
 * What the words of a search mean among the words that there are: themselves; or those they come nearest to, by
 * sound; or those they begin. A word that means nothing is left out, unless none means anything: then null.
 */
export async function resolveWords(db: Database, text: string, of: Of): Promise<string[][] | null> {
  const words = wordsToFind(text).slice(0, mostWords);
  if (words.length === 0) return [];
  const known = await db.sql<{ term: string }[]>`
    select term from catalog.search_terms
    where term = any (${words}::text[]) and case when ${of} = 'offers' then offers else providers end > 0`;
  const exact = new Set(known.map(({ term }) => term));
  const unknown = words.filter((word) => !exact.has(word));
  const meant = unknown.length === 0 ? new Map<string, string[]>() : await readSlips(db, unknown, of);
  const resolved = words.flatMap((word) => {
    const readings = exact.has(word) ? [word] : (meant.get(word) ?? []);
    return readings.length === 0 ? [] : [readings];
  });
  return resolved.length === 0 ? null : resolved;
}

async function readSlips(db: Database, words: readonly string[], of: Of): Promise<Map<string, string[]>> {
  const keys = [...new Set(words.flatMap(spellingKeys))];
  const beginnings = words.filter((word) => word.length >= shortestBeginning);
  const near = await db.sql<{ word: string; listed: number; begins: boolean }[]>`
    with near as materialized (
      select distinct word, false as begins from catalog.spellings where key = any (${keys}::int[])
      union all
      select begun.term, true
      from unnest(${beginnings}::text[]) as beginning
      cross join lateral (
        select term from catalog.search_terms
        where term >= beginning collate "C" and term < beginning || '{' collate "C" limit 50) as begun
    )
    select near.word, near.begins, case when ${of} = 'offers' then offers else providers end as listed
    from near join catalog.search_terms on term = near.word
    where case when ${of} = 'offers' then offers else providers end > 0
    order by listed desc`;
  return new Map(
    words.map((word) => {
      const likely = near.filter(({ begins }) => !begins).map((row) => row.word);
      const readings = nearest(word, likely);
      if (readings.length > 0) return [word, readings];
      return [word, near.flatMap((row) => (row.begins && row.word.startsWith(word) ? [row.word] : []))];
    }),
  );
}

/** Of the words within the allowed slips those with the fewest, the commoner first. */
function nearest(word: string, others: readonly string[]): string[] {
  const sound = soundOfWord(word);
  const allowed = slipsAllowed(sound);
  let fewest: number = allowed;
  let found: string[] = [];
  for (const other of others) {
    const slips = editDistance(sound, soundOfWord(other), allowed);
    if (slips > fewest) continue;
    if (slips < fewest) found = [];
    fewest = slips;
    found.push(other);
  }
  return found.slice(0, mostReadings);
}
