import { editDistance } from "./edit-distance.ts";
import { isEveryday } from "./everyday-words.ts";
import { MAX_HAMLET_WORDS } from "./find-hamlet-in-text.ts";
import { wordsOf, type Word } from "./fold.ts";
import { keysOf, tolerance } from "./place-names.ts";

/** A hamlet among which a name is looked for. */
export type Hamlet = { readonly name: string; readonly districtCode: string };

export type HamletResolution<H extends Hamlet> =
  | { readonly kind: "one"; readonly hamlet: H }
  | { readonly kind: "several"; readonly hamlets: readonly H[] }
  | { readonly kind: "none" };

type Options = {
  /** The sender's district: of hamlets of one name its own come first. */
  readonly districtCode: string;
  /** Plain keys of the runs (`hamletKeys`) that are hamlets anywhere: such a name is never corrected into another. */
  readonly knownNames: ReadonlySet<string>;
  /** Only a name spelled as it is written. */
  readonly exactly?: boolean;
};

type Run = { readonly words: readonly Word[]; readonly plain: string; readonly sound: string };
type Keyed<H> = {
  readonly hamlet: H;
  readonly words: readonly Word[];
  readonly plain: string;
  readonly sound: string;
};

/** The plain keys of what may be the name: the words of the text, and ever fewer of them. */
export function hamletKeys(text: string): string[] {
  return runsOf(text).map(({ plain }) => plain);
}

/**
 * The hamlet with whose name a text begins, among those around the sender. The longest name wins; then the better
 * spelled one (as written, without its article, by its sound, with a slip or two in long names); then the sender's own
 * district. Numbers are never corrected: km 15 is not km 16.
 */
export function resolveHamlet<H extends Hamlet>(
  text: string,
  hamlets: readonly H[],
  { districtCode, knownNames, exactly = false }: Options,
): HamletResolution<H> {
  const keyed = hamlets.map((hamlet): Keyed<H> => {
    const words = wordsOf(hamlet.name);
    return { hamlet, words, ...keysOf(words) };
  });
  for (const run of runsOf(text)) {
    const found =
      spelledSo(run, keyed) ??
      (exactly || knownNames.has(run.plain) ? undefined : spelledAlmostSo(run, keyed));
    if (found) return settle(found, districtCode);
    // A hamlet elsewhere is meant: what its name begins with is no other one.
    if (knownNames.has(run.plain)) return { kind: "none" };
  }
  return { kind: "none" };
}

function runsOf(text: string): Run[] {
  const words: Word[] = [];
  for (const word of wordsOf(text).slice(0, MAX_HAMLET_WORDS)) {
    if (words.length > 0 && word.opensClause) break;
    words.push(word);
  }
  return words
    .map((_, index) => words.slice(0, words.length - index))
    .filter((run) => isNameLike(run))
    .map((run) => ({ words: run, ...keysOf(run) }));
}

/** One ordinary word alone ("alto", "cacao") says too little. */
function isNameLike(run: readonly Word[]): boolean {
  const [first, second] = run;
  return (
    first !== undefined && (second !== undefined || (first.plain.length >= 4 && !isEveryday(first.plain)))
  );
}

function spelledSo<H>(run: Run, keyed: readonly Keyed<H>[]): H[] | undefined {
  return some(keyed.filter(({ plain }) => plain === run.plain));
}

function spelledAlmostSo<H>(run: Run, keyed: readonly Keyed<H>[]): H[] | undefined {
  const bare = withoutArticle(run.words);
  const same = keyed.filter(({ plain, words }) => digits(plain) === digits(run.plain) && words.length > 0);
  return (
    some(same.filter(({ words }) => bare.length >= 4 && withoutArticle(words) === bare)) ??
    some(same.filter(({ sound }) => sound.length >= 4 && sound === run.sound)) ??
    nearest(run, same)
  );
}

/** The names within the fewest slips; only those of as many words, so that no neighbour word is taken for a slip. */
function nearest<H>(run: Run, keyed: readonly Keyed<H>[]): H[] | undefined {
  if (run.words.every(({ plain }) => isEveryday(plain))) return undefined;
  let limit = tolerance(run.sound);
  if (limit === 0) return undefined;
  let best: Keyed<H>[] = [];
  for (const candidate of keyed) {
    if (candidate.words.length !== run.words.length || candidate.sound[0] !== run.sound[0]) continue;
    const edits = editDistance(run.sound, candidate.sound, limit);
    if (edits > limit) continue;
    if (edits < limit) best = [];
    limit = edits;
    best.push(candidate);
  }
  return some(best);
}

const some = <H>(found: readonly Keyed<H>[]): H[] | undefined =>
  found.length > 0 ? found.map(({ hamlet }) => hamlet) : undefined;

const digits = (plain: string): string => plain.replace(/\D+/g, " ").trim();

function withoutArticle(words: readonly Word[]): string {
  const article = words.length > 1 && ["la", "el", "los", "las"].includes(words[0]?.plain ?? "");
  return keysOf(article ? words.slice(1) : words).plain;
}

function settle<H extends Hamlet>(found: readonly H[], districtCode: string): HamletResolution<H> {
  const own = found.filter((hamlet) => hamlet.districtCode === districtCode);
  const [first, ...more] = own.length > 0 ? own : found;
  if (!first) return { kind: "none" };
  return more.length === 0 ? { kind: "one", hamlet: first } : { kind: "several", hamlets: [first, ...more] };
}
