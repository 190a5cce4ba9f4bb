import type { District } from "./districts.ts";
import { isEveryday } from "./everyday-words.ts";
import { wordsOf, type Word } from "./fold.ts";
import { exactName, keysOf, MAX_NAME_WORDS, nearestNames, soundingNames } from "./place-names.ts";
import { districtsOf, meansArea, type NamedPart, type PlaceResolution, settle } from "./settle-place.ts";

export type { PlaceResolution } from "./settle-place.ts";

/** Words that go with a place and name none. "el", "la", "san" are left out: names begin with them. */
const AROUND = new Set(
  "distrito distritos dist dto localidad ciudad pueblo zona sector lugar en de del d desde por x aca aqui aki alla soy soi vivo estoy toy es mi a al peru".split(
    " ",
  ),
);
const LEVELS: ReadonlyMap<string, "province" | "region"> = new Map([
  ["provincia", "province"],
  ["prov", "province"],
  ["pcia", "province"],
  ["departamento", "region"],
  ["dpto", "region"],
  ["depto", "region"],
  ["dep", "region"],
  ["region", "region"],
  ["reg", "region"],
]);

/** A name with its qualifiers: "distrito, provincia, región". */
const MAX_PARTS = 3;

type Part = NamedPart & { readonly cost: number };

/**
 * The district that a text names, when the text is a place and little else: "dist. nuevo progreso, tocache",
 * "tingo maria", "juanjuy". Spelling by ear is forgiven, and slips as far as they leave one reading; but a name
 * spelled exactly is never taken for another. A name that several districts bear, `near` decides or orders (the
 * sender's own district). Without it the name stays open even where one bearer is a provincial capital here:
 * "Bellavista" is as plainly a district of Callao and of Jaén, and asking costs one message, guessing a visit.
 */
export function resolvePlace(text: string, near?: { districtCode?: string }): PlaceResolution {
  const groups = groupsOf(wordsOf(text));
  const parts = bestParts(groups);
  if (!parts) return { kind: "none" };
  const nearCode = near?.districtCode;
  const districts = districtsOf(parts);
  if (districts) {
    const exact = parts.every((part) => part.cost < 1);
    const preferred = exact ? districts : preferLocal(districts, parts);
    return settle(preferred, { nearCode, isArea: meansArea(parts) });
  }
  // Names that do not lie together ("uchiza, lamas"): each is a possible meaning.
  return settle([...new Set(parts.flatMap((part) => part.names.flatMap((name) => name.districts)))], {
    nearCode,
  });
}

/** Of districts reached by a slip, those under a name of the regions where senders live. */
function preferLocal(districts: readonly District[], parts: readonly Part[]): readonly District[] {
  const local = new Set(
    parts.flatMap((part) => part.names.filter((name) => name.local).flatMap((n) => n.districts)),
  );
  const kept = districts.filter((district) => local.has(district));
  return kept.length > 0 ? kept : districts;
}

type Group = { readonly words: Word[]; readonly level?: "province" | "region" };

/** The words that may be names, cut where "provincia" or "departamento" says what follows, without the words around. */
function groupsOf(words: readonly Word[]): Group[] {
  const groups: { words: Word[]; level?: "province" | "region" }[] = [{ words: [] }];
  for (const word of words) {
    const level = LEVELS.get(word.plain);
    if (level) groups.push({ words: [], level });
    else groups.at(-1)?.words.push(word);
  }
  return groups
    .map((group) => ({ ...group, words: trimmed(group.words) }))
    .filter((group) => group.words.length > 0);
}

function trimmed(words: Word[]): Word[] {
  // "Mi Perú" and "Cáceres del Perú" are names with such words in them.
  if (words.length <= MAX_NAME_WORDS && exactName(keysOf(words).plain)) return words;
  let from = 0;
  let to = words.length;
  while (from < to && AROUND.has(words[from]?.plain ?? "")) from++;
  while (to > from && AROUND.has(words[to - 1]?.plain ?? "")) to--;
  return words.slice(from, to);
}

/** The cheapest way to read every group as names; the fewer and the better spelled the cheaper. */
function bestParts(groups: readonly Group[]): Part[] | undefined {
  if (groups.length === 0 || groups.length > MAX_PARTS) return undefined;
  let readings: Part[][] = [[]];
  for (const group of groups) {
    const own = waysToSplit(group.words, MAX_PARTS - groups.length + 1);
    readings = readings.flatMap((before) =>
      own.map((parts) => [
        ...before,
        ...parts.map((part) => (group.level ? { ...part, level: group.level } : part)),
      ]),
    );
  }
  let best: Part[] | undefined;
  let bestCost = Infinity;
  for (const parts of readings) {
    const together = districtsOf(parts) !== undefined;
    // A reading whose parts lie together is worth two slips; one more part costs a little, to prefer whole names.
    const cost = parts.reduce((sum, part) => sum + part.cost + 0.3, 0) + (together ? 0 : 2);
    if (cost < bestCost) [best, bestCost] = [parts, cost];
  }
  return best;
}

function waysToSplit(words: Word[], most: number): Part[][] {
  const whole = readPart(words);
  const ways: Part[][] = whole ? [[whole]] : [];
  if (most > 1) {
    for (let cut = 1; cut < words.length && cut <= MAX_NAME_WORDS; cut++) {
      const first = readPart(words.slice(0, cut));
      const rest = first ? trimmed(words.slice(cut)) : [];
      if (first && rest.length > 0) for (const way of waysToSplit(rest, most - 1)) ways.push([first, ...way]);
    }
  }
  return ways;
}

function readPart(words: readonly Word[]): Part | undefined {
  if (words.length === 0 || words.length > MAX_NAME_WORDS) return undefined;
  const { plain, sound } = keysOf(words);
  const exact = exactName(plain);
  if (exact) return { names: [exact], cost: 0 };
  const sounding = soundingNames(sound);
  if (sounding.length > 0) return { names: sounding, cost: 0.4 };
  if (words.every((word) => isEveryday(word.plain))) return undefined;
  const nearest = nearestNames(plain, sound);
  return nearest.names.length > 0 ? { names: nearest.names, cost: nearest.edits } : undefined;
}
