import { crops, hiredServices, inputProducts, equipmentProducts, type Kind } from "@minka/domain/vocabulary";
import { subjectWords } from "./asked-keys.ts";

/**
 * How postings are written as four small numbers. There are tens of them an offer, so each byte counts:
 * - `range` says where and under which word an offer is looked for: one stretch of the index;
 * - `place` puts the rows of all ranges in the order in which candidates are wanted;
 * - `bits` says what the range does not: which offers of it fit a need;
 * - `number` is the offer's listing.
 * Codes are places in word lists, which only grow at the end; a test holds them to that.
 */

/** Kinds whose offers name one thing are ranged by it, the others by crop. */
export const rangedBySubject: ReadonlySet<Kind> = new Set<Kind>(["input", "equipment", "service"]);

/** Under `every` stand offers that name no word; under `any` all that name one, for needs that name none. */
export type RangeWord = string | { readonly all: "every" | "any" };
export const everyWord: RangeWord = { all: "every" };
export const anyWord: RangeWord = { all: "any" };

const kindCodes: Readonly<Record<Kind, number>> = {
  assistance: 0,
  training: 1,
  input: 2,
  equipment: 3,
  service: 4,
  credit: 5,
  purchase: 6,
};

/** 18 bits of INEI code (a region or province is filled up with zeros, the country is 0), 3 of kind, 6 of word. */
export function rangeCode(area: string, kind: Kind, word: RangeWord): number {
  const place = area === "PE" ? 0 : Number(area.padEnd(6, "0"));
  return place * 512 + kindCodes[kind] * 64 + wordCode(kind, word);
}

function wordCode(kind: Kind, word: RangeWord): number {
  if (typeof word !== "string") return word.all === "every" ? 0 : 1;
  const known: readonly string[] = rangedBySubject.has(kind) ? subjectWords[kind] : crops;
  const at = known.indexOf(word);
  if (at < 0) throw new Error(`${word} is no word of ${kind}`);
  return at + 2;
}

const cropBits = 0xfff;
const subjectShift = 12;
/** Sixteen, all taken by inputs. */
const subjectBits = 0xffff << subjectShift;
/** Beyond the reach, within one and a half of it: for a wider search only. */
export const stretchedBit = 1 << 28;
export const womenOnlyBit = 1 << 29;
/** May be used in organic farming, or the question does not arise. */
export const organicBit = 1 << 30;

const bitWords: Readonly<Record<Kind, readonly string[]>> = {
  ...subjectWords,
  input: inputProducts,
  equipment: equipmentProducts,
  service: hiredServices,
};

/** The crops and subjects that an offer serves; who names none serves all. */
export function servedBits(
  kind: Kind,
  named: { crops: readonly string[]; subjects: readonly string[] },
): number {
  return (
    (named.crops.length === 0 ? cropBits : cropBit(named.crops)) |
    (named.subjects.length === 0 ? subjectBits | anythingBit : subjectBit(kind, named.subjects))
  );
}

/** What an offer has to have one bit of to serve a crop; any bit will do for a need that names none. */
export function wantedCrop(crop: string | undefined): number {
  return crop === undefined ? cropBits : cropBit([crop]);
}

/** Likewise for a subject; one that no offer of the kind can name is served by offers for every subject only. */
export function wantedSubject(kind: Kind, subject: string | undefined): number {
  return subject === undefined ? subjectBits : subjectBit(kind, [subject]);
}

const cropBit = (named: readonly string[]) => bitsOf(crops, named);

function subjectBit(kind: Kind, named: readonly string[]): number {
  const own = bitsOf(bitWords[kind], named) << subjectShift;
  return own === 0 ? anythingBit : own;
}

/** The sign bit: what no offer of the kind can name, only an offer for every subject serves. */
const anythingBit = 1 << 31;

function bitsOf(words: readonly string[], named: readonly string[]): number {
  return named.reduce((bits, word) => {
    const at = words.indexOf(word);
    return at < 0 ? bits : bits | (1 << at);
  }, 0);
}

const sunkBit = 1 << 30;
const areaBit = 1 << 29;
const levelShift = 27;
const dayShift = 12;
const firstDay = Date.parse("2000-01-01T00:00:00Z");
const lastDay = (1 << (levelShift - dayShift)) - 1;
const metresShift = 9;

/**
 * Smaller is better: fresh before sunk, those with a distance before those that serve an area, the nearer first,
 * then the narrower area (`level` 0 is a district, 3 the country), then the later confirmation. Those that are equal
 * in all of this are told apart by their ids, so that who came first has no advantage.
 */
export function placeCode(posting: {
  sunk: boolean;
  distanceKm: number | null;
  level: number;
  confirmedOn: string;
  offerId: string;
}): number {
  const sunk = posting.sunk ? sunkBit : 0;
  const tie = Number.parseInt(posting.offerId.slice(-3), 16);
  if (posting.distanceKm !== null) {
    return sunk | (Math.round(posting.distanceKm * 1000) << metresShift) | (tie & ((1 << metresShift) - 1));
  }
  const day = (Date.parse(`${posting.confirmedOn}T00:00:00Z`) - firstDay) / 86_400_000;
  return sunk | areaBit | (posting.level << levelShift) | ((lastDay - day) << dayShift) | tie;
}

/** Null for an offer that serves an area. */
export function distanceOfPlace(place: number): number | null {
  const own = place & ~sunkBit;
  return own & areaBit ? null : (own >> metresShift) / 1000;
}

export function isSunk(place: number): boolean {
  return (place & sunkBit) !== 0;
}
