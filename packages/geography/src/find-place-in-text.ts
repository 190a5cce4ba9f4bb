import type { District } from "./districts.ts";
import { findMentions, type Mention } from "./find-mentions.ts";
import { wordsOf, type Word } from "./fold.ts";
import { CUE, joinsNames } from "./place-cues.ts";
import { districtsOf, type NamedPart, type PlaceResolution, settle } from "./settle-place.ts";

/** Mentions said together: a district with its province or region. */
type Group = {
  readonly mentions: readonly Mention[];
  readonly parts: readonly NamedPart[];
  readonly districts: readonly District[];
  readonly cue: number;
};

/** More districts than any shared name has; only regions and large provinces do. */
const WIDE = 12;

/**
 * The place that a message speaks of, and the words that say it, as written; null when it names none. Exact names
 * are found anywhere in Peru, misspelt ones only in the programme's regions and Amazonas. A word that is also a
 * district ("progreso", "sauce") counts only where the message uses it as a place. When a message names two places
 * equally, or one that several districts bear, the answer is "several": ask the sender. `isWord` tells further words
 * (folded) of the language that no misspelt name should be read into.
 */
export function findPlaceInText(
  text: string,
  isWord: (plain: string) => boolean = () => false,
): { resolution: PlaceResolution; matched: string } | null {
  const words = wordsOf(text);
  const mentions = withoutOverlaps(findMentions(words, isWord), words);
  const groups = groupsOf(mentions, words);
  const [first, ...others] = groups.sort(
    (a, b) => Number(isWide(a)) - Number(isWide(b)) || b.cue - a.cue || start(a) - start(b),
  );
  if (!first) return null;
  let { districts } = first;
  let speaker = first;
  for (const other of others) {
    const together = districtsOf([...first.parts, ...other.parts]);
    if (together && together.length <= districts.length) {
      if (!together.every((district) => namesItself(first, district))) speaker = other;
      districts = together;
    } else if (!together && other.cue === first.cue && !isWide(other)) {
      districts = [...districts, ...other.districts];
    }
  }
  const from = words[start(speaker)]?.start;
  const to = words[(speaker.mentions.at(-1)?.to ?? 0) - 1]?.end;
  return { resolution: settle([...new Set(districts)], {}), matched: text.slice(from, to) };
}

/** Whether the group says the district's own name, not only its province's. */
function namesItself(group: Group, district: District): boolean {
  return group.parts.some((part) => part.names.some((name) => name.districts.includes(district)));
}

/** A region or the capital, spoken of beside a nearer place, is where one travels or what qualifies it. */
function isWide(group: Group): boolean {
  return group.districts.length > WIDE;
}

function start(group: Group): number {
  return group.mentions[0]?.from ?? 0;
}

function partOf(mention: Mention): NamedPart {
  return mention.context.level
    ? { names: mention.names, level: mention.context.level }
    : { names: mention.names };
}

function lettersOf(mention: Mention, words: readonly Word[]): number {
  return words.slice(mention.from, mention.to).reduce((sum, word) => sum + word.plain.length, 0);
}

/** Of overlapping readings the longest run wins, and of equal runs the better spelled one. */
function withoutOverlaps(mentions: Mention[], words: readonly Word[]): Mention[] {
  // An edit must be paid for by three letters more, so that a correction does not swallow the word beside a name.
  const weight = (mention: Mention) => lettersOf(mention, words) - 3 * mention.edits - (mention.sure ? 0 : 4);
  const kept: Mention[] = [];
  for (const mention of mentions.sort((a, b) => weight(b) - weight(a) || a.from - b.from)) {
    if (kept.every((other) => mention.to <= other.from || mention.from >= other.to)) kept.push(mention);
  }
  return kept.sort((a, b) => a.from - b.from);
}

/** Joins neighbours that lie together ("pachiza, mariscal cáceres"), then drops what stands on nothing. */
function groupsOf(mentions: readonly Mention[], words: readonly Word[]): Group[] {
  const groups: Mention[][] = [];
  for (const mention of mentions) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const near =
      last !== undefined && words.slice(last.to, mention.from).every((word) => joinsNames(word.plain));
    const fits =
      near &&
      group !== undefined &&
      (group.some((m) => m.sure) || mention.sure) &&
      districtsOf([...group, mention].map(partOf)) !== undefined;
    if (fits) group.push(mention);
    else groups.push([mention]);
  }
  return groups
    .filter((group) => group.some((mention) => mention.sure))
    .map((group) => {
      const parts = group.map(partOf);
      const each = group.flatMap((mention) => mention.names.flatMap((name) => name.districts));
      const cue = Math.max(CUE.none, ...group.map((mention) => mention.context.cue));
      return { mentions: group, parts, districts: districtsOf(parts) ?? each, cue };
    });
}
