import type { Database } from "@minka/database/connect";
import type { Of } from "./resolve-words.ts";

type Groups = readonly (readonly string[])[];

/** What is looked for: of every group at least one term, none of `without`, and not all of `unlike`. */
export type Terms = {
  readonly groups: Groups;
  readonly without?: readonly string[];
  readonly unlike?: Groups;
  /** One of these as well, for which there are quicker ways when the groups alone leave few. */
  readonly prices?: readonly string[] | undefined;
};

/** How many listings have each term, and how many listings there are. */
export type TermSizes = { readonly sizes: ReadonlyMap<string, number>; readonly total: number };

/** As Postgres reads it; terms hold no quotes. */
export function tsquery({ groups, prices, without = [], unlike = [] }: Terms): string | null {
  const all = (given: Groups) => given.map((terms) => `(${terms.map((term) => `'${term}'`).join(" | ")})`);
  const parts = [
    ...all(prices ? [...groups, prices] : groups),
    ...without.map((term) => `!'${term}'`),
    ...(unlike.length === 0 ? [] : [`!(${all(unlike).join(" & ")})`]),
  ];
  return parts.length === 0 ? null : parts.join(" & ");
}

/** Terms that each listing has exactly one of (a provider one or more), so that they add up to all. */
const everyListing = {
  offers: "assistance training input equipment service credit purchase".split(" ").map((kind) => `k:${kind}`),
  providers: "agent supplier lender buyer trainer".split(" ").map((kind) => `f:${kind}`),
};

export async function readSizes(db: Database, of: Of, terms: readonly string[]): Promise<TermSizes> {
  const rows = await db.sql<{ term: string; listed: number }[]>`
    select term, case when ${of} = 'offers' then offers else providers end as listed
    from catalog.search_terms where term = any (${[...new Set([...terms, ...everyListing[of]])]}::text[])`;
  const sizes = new Map(rows.map(({ term, listed }) => [term, listed]));
  const total = everyListing[of].reduce((sum, term) => sum + (sizes.get(term) ?? 0), 0);
  return { sizes, total };
}

/** How many listings are likely to have it all, were the terms independent of each other. */
export function likelyHits({ groups, prices }: Terms, { sizes, total }: TermSizes): number {
  let share = 1;
  for (const terms of prices ? [...groups, prices] : groups) {
    const listed = terms.reduce((sum, term) => sum + (sizes.get(term) ?? 0), 0);
    if (listed === 0) return 0;
    share *= Math.min(1, listed / Math.max(1, total));
  }
  return share * total;
}
