import aliasData from "./data/capital-aliases.json" with { type: "json" };
import { allDistricts, type District } from "./districts.ts";
import { bitsSet, editDistance, letterSet } from "./edit-distance.ts";
import { joinSounds, plainKey, soundKey, soundOfWord, wordsOf } from "./fold.ts";

/** One spelling under which places are known: districts that bear it, and the districts of an area that does. */
export type PlaceName = {
  readonly plain: string;
  readonly sound: string;
  readonly districts: District[];
  /** The districts within the province or region of that name; empty when no area has it. */
  readonly area: District[];
  /** Of those, the ones within the province of that name: Huánuco is both. */
  readonly province: District[];
  /** How many words it is written with, at most. */
  words: number;
  /** Borne in the programme's regions or Amazonas: the names that senders are expected to misspell. */
  local: boolean;
};

/** San Martín, Huánuco, Ucayali and Pasco, where the programme works, and Amazonas beside them. */
const LOCAL_REGIONS = new Set(["22", "10", "25", "19", "01"]);

/** Cities of dozens of districts: the name says where one travels, not where a farm is. */
const MANY_DISTRICT_CITIES = new Set(["lima", "callao"]);

const byPlain = new Map<string, PlaceName>();
const bySound = new Map<string, PlaceName[]>();
/** Names by the length of their sound, and of their letters; each with the set of its letters. */
const bySoundLength: { letters: number; name: PlaceName }[][] = [];
const byPlainLength: { letters: number; name: PlaceName }[][] = [];
/** The longest name in words; longer runs of a message cannot be one. */
export const MAX_NAME_WORDS = 8;

function nameFor(spelling: string): PlaceName {
  const plain = plainKey(spelling);
  const words = wordsOf(spelling).length;
  const known = byPlain.get(plain);
  if (known) {
    known.words = Math.max(known.words, words);
    return known;
  }
  const name: PlaceName = {
    plain,
    sound: soundKey(spelling),
    districts: [],
    area: [],
    province: [],
    words,
    local: false,
  };
  byPlain.set(plain, name);
  bySound.set(name.sound, [...(bySound.get(name.sound) ?? []), name]);
  return name;
}

function addDistrict(spelling: string, district: District): void {
  const name = nameFor(spelling);
  if (!name.districts.includes(district)) name.districts.push(district);
  if (LOCAL_REGIONS.has(district.code.slice(0, 2))) name.local = true;
}

function addArea(level: "province" | "region", prefix: string, title: string): void {
  const name = nameFor(title);
  const inside = allDistricts().filter((district) => district.code.startsWith(prefix));
  // The wider area of a shared name contains the narrower one, except that Ucayali is also a province of Loreto.
  for (const district of inside) if (!name.area.includes(district)) name.area.push(district);
  if (level === "province") name.province.push(...inside);
  if (LOCAL_REGIONS.has(prefix.slice(0, 2))) name.local = true;
}

/** "Codo del Pozuzo" is also said "Codo Pozuzo", and "La Banda de Shilcayo" without its article. */
function shorterForms(spelling: string): string[] {
  const words = wordsOf(spelling).map((word) => word.plain);
  const bare = words.filter((word) => !["de", "del", "la", "el", "los", "las", "y"].includes(word));
  const withoutArticle = ["la", "el", "los", "las"].includes(words[0] ?? "") ? words.slice(1) : words;
  const forms = [withoutArticle.join(" "), bare.join(" ")];
  // One short word left over ("Unión" of "La Unión") says too little.
  return forms.filter((form) => form !== words.join(" ") && (form.includes(" ") || form.length >= 7));
}

for (const district of allDistricts()) addDistrict(district.name, district);
const byCode = new Map(allDistricts().map((district) => [district.code, district]));
const aliases: Record<string, { names?: string[]; knownAs?: string; pointFrom?: string }> = aliasData;
for (const [code, entry] of Object.entries(aliases)) {
  const district = byCode.get(code);
  if (district) for (const spelling of entry.names ?? []) addDistrict(spelling, district);
}
const areas = new Map<string, ["province" | "region", string]>();
for (const district of allDistricts()) {
  areas.set(district.code.slice(0, 4), ["province", district.province]);
  areas.set(district.code.slice(0, 2), ["region", district.region]);
}
for (const [prefix, [level, title]] of areas) addArea(level, prefix, title);
// "Campo Verde, Pucallpa": the capital's name stands for the province that it leads.
for (const district of allDistricts()) {
  if (!district.code.endsWith("01")) continue;
  for (const spelling of [district.name, ...(aliases[district.code]?.names ?? [])]) {
    const name = nameFor(spelling);
    if (name.area.length > 0) continue;
    name.area.push(...allDistricts().filter(({ code }) => code.startsWith(district.code.slice(0, 4))));
  }
}
// A shortened form never joins a name that someone bears in full.
for (const district of allDistricts()) {
  for (const form of shorterForms(district.name)) {
    const taken = byPlain.get(plainKey(form));
    if (!taken || taken.districts.every((other) => shorterForms(other.name).includes(form))) {
      if (!taken || taken.area.length === 0) addDistrict(form, district);
    }
  }
}
for (const name of byPlain.values()) {
  (bySoundLength[name.sound.length] ??= []).push({ letters: letterSet(name.sound), name });
  (byPlainLength[name.plain.length] ??= []).push({ letters: letterSet(name.plain), name });
}

/** The name spelled exactly so, accents, case and spaces aside. */
export function exactName(plain: string): PlaceName | undefined {
  return byPlain.get(plain);
}

/** The names that sound exactly so. */
export function soundingNames(sound: string): readonly PlaceName[] {
  return bySound.get(sound) ?? [];
}

/** How many edits a sound of this length may be off: a short word is too easily another one. */
export function tolerance(sound: string): number {
  return sound.length < 5 ? 0 : sound.length < 8 ? 1 : 2;
}

/**
 * The names nearest to a misspelt one, all at the same smallest number of edits of sound, within the tolerance; or
 * one slip of the finger away ("pcahiza"), which can change the sound more than the letters. Where the sounds tie,
 * fewer edits of letters decide.
 */
export function nearestNames(plain: string, sound: string): { names: PlaceName[]; edits: number } {
  const limit = tolerance(sound);
  if (limit === 0) return { names: [], edits: 1 };
  const heard = nearestIn(bySoundLength, sound, limit, (name) => name.sound);
  if (heard.edits === 1) return { names: fewestLetters(heard.names, plain), edits: 1 };
  const slipped = nearestIn(byPlainLength, plain, 1, (name) => name.plain);
  const found = slipped.names.length > 0 ? slipped : heard;
  return { names: fewestLetters(found.names, plain), edits: found.edits };
}

function nearestIn(
  index: readonly ({ letters: number; name: PlaceName }[] | undefined)[],
  key: string,
  most: number,
  keyOf: (name: PlaceName) => string,
): { names: PlaceName[]; edits: number } {
  let limit = most;
  let names: PlaceName[] = [];
  const letters = letterSet(key);
  const from = Math.max(4, key.length - limit);
  for (let length = from; length <= key.length + limit; length++) {
    for (const candidate of index[length] ?? []) {
      if (bitsSet(candidate.letters ^ letters) > 2 * limit) continue;
      const edits = editDistance(key, keyOf(candidate.name), limit);
      if (edits > limit) continue;
      if (edits < limit) names = [];
      limit = edits;
      names.push(candidate.name);
    }
  }
  return { names, edits: names.length > 0 ? limit : most + 1 };
}

function fewestLetters(names: PlaceName[], plain: string): PlaceName[] {
  if (names.length < 2) return names;
  const off = names.map((name) => editDistance(plain, name.plain, 4));
  const least = Math.min(...off);
  return names.filter((_, index) => off[index] === least);
}

/** Plain and sound keys of some words in a row. */
export function keysOf(words: readonly { readonly plain: string }[]): { plain: string; sound: string } {
  let plain = "";
  let sound = "";
  for (const word of words) {
    plain += word.plain;
    sound = joinSounds(sound, soundOfWord(word.plain));
  }
  return { plain, sound };
}

/**
 * The districts that a bare name may mean. Its own, when it has them; the whole area's, when only a province or a
 * region has it, or when the area is not the one that this district leads ("San Martín" the region has 78
 * districts, and one more is called so).
 */
export function meantBy(name: PlaceName): District[] {
  if (MANY_DISTRICT_CITIES.has(name.plain)) return [...new Set([...name.districts, ...name.area])];
  if (name.area.length === 0) return name.districts;
  const led = name.districts.some((district) => district.code.endsWith("01") && name.area.includes(district));
  return led ? name.districts : [...new Set([...name.districts, ...name.area])];
}
