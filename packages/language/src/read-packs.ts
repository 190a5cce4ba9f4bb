import { foldCase } from "./fold.ts";
import type { NumberSpan } from "./understanding/numbers.ts";
import { readMessage, type ReadMessage } from "./understanding/read-message.ts";

/**
 * So many packs, and the fewest and most that will do. With `unit` it is a weight or volume in all, which is packs only
 * of a pack that is known.
 */
export type PacksSaid = {
  readonly packs: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly unit?: "kg" | "liter";
};

type Count = {
  readonly start: number;
  readonly end: number;
  readonly value: number;
  readonly unit: "pack" | "kg" | "liter" | "unclear" | null;
};

/** A longer one is a telephone. */
const mostPacks = 10_000_000;
const kgPerTonne = 1_000;
/** What may follow a number that counts packs; before any other word ("5 peones", "a 98 el saco") it counts something else. */
const follows =
  /^(a|al|y|o|u|hasta|por|para|pa|en|de|con|si|no|mas|menos|ya|pues|pue|pe|ps|nomas|noma|nama|nada|solo|solamente|entonces|tambien|ahora|mejor|otra|me|nos|quier\w*|kier\w*|dese\w*|necesit\w*|apunt\w*|anot\w*|pong\w*|entr\w*)$/;
/** "A las 5", "el 5", "triple 15", "el lunes 5" and "S/ 5" count no packs. */
const precedes =
  /^(las|la|el|dia|triple|numero|nro|lunes|martes|miercoles|jueves|viernes|sabado|domingo|soles|sol|somos|tengo|dni|cel|celular)$/;
const ranges = /^(a|o|y|u|hasta)$/;
/** Of urea and its like the number is what is in it. */
const grades = new Set([15, 20, 21, 46, 60]);

/** What a thing costs: a number beside these is soles, unless it counts sacks. */
const prices =
  /^(car[oa]s?|barat[oa]s?|cuesta|cuestan|costo|costaba|cuestas|precios?|vale|valen|valia|soles|sol)$/;
const besidePrices = /^(a|de|en|es|esta|estan|era|como|hasta|solo|unos|muy|un|poco|mas|bien)$/;
/** "Lo venden a 90": what another asks for it. */
const asksFor = /^(vende|venden|dan|dejan|consigo|conseguimos|ofrece|ofrecen|encuentro|hay|sale)$/;
const elsewhere = /\b(tienda|mercado|bodega|agroveterinaria|feria)\b/;

function isPrice({ tokens, text }: ReadMessage, { start, end }: NumberSpan): boolean {
  if (elsewhere.test(foldCase(text))) return true;
  let before = start - 1;
  while (besidePrices.test(tokens[before]?.word ?? "")) before -= 1;
  const word = tokens[before]?.word ?? "";
  if (/\besta?n? a $/.test(foldCase(text).slice(0, tokens[start]?.start))) return true;
  if (prices.test(word) || (before < start - 1 && asksFor.test(word))) return true;
  let after = end;
  while (besidePrices.test(tokens[after]?.word ?? "")) after += 1;
  return prices.test(tokens[after]?.word ?? "");
}

/** What of a unit that was said: quintals and arrobas of what is sold in bags are not the same everywhere. */
function unitAt(message: ReadMessage, at: number): Pick<Count, "unit"> & { readonly each: number } {
  const span = message.spans.find(({ name, start }) => name === "unit" && start === at);
  switch (span?.value) {
    case "bag":
    case "unit":
      return { unit: "pack", each: 1 };
    case "kg":
      return { unit: "kg", each: 1 };
    case "tonne":
      return { unit: "kg", each: kgPerTonne };
    case "liter":
      return { unit: "liter", each: 1 };
    default:
      return { unit: span ? "unclear" : null, each: 1 };
  }
}

const isInput = (message: ReadMessage, at: number) =>
  message.spans.some(({ name, start }) => name === "input" && start === at);

function countOf(message: ReadMessage, number: NumberSpan): Count | null {
  const { tokens, text, spans } = message;
  const { start, end, value, article } = number;
  const before = tokens[start - 1];
  const next = tokens[end];
  const { unit, each } = unitAt(message, end);
  const count = { start, end, value: value * each, unit };
  if (value >= mostPacks || /^\s*(%|[:/]\s?\d)/.test(text.slice(tokens[end - 1]?.end))) return null;
  // "Sacos de 50 kilos": the size of one.
  const isSize =
    before?.word === "de" && spans.some(({ name, end: at }) => name === "unit" && at === start - 1);
  if (isSize || spans.some(({ name, start: at }) => name === "money" && (at === end || at === start - 1)))
    return null;
  if (unit !== null) return count;
  if (article || isPrice(message, number)) return null;
  if (isInput(message, end) || (next?.word === "de" && isInput(message, end + 1)))
    return { ...count, unit: "pack" };
  if (before && precedes.test(before.word) && before.breakBefore !== "sentence") return null;
  const isGrade = grades.has(value) && spans.some(({ name, end: at }) => name === "input" && at === start);
  if (isGrade || next?.word === "de") return null;
  if (next && next.breakBefore === "none" && next.digits === undefined && !follows.test(next.word))
    return null;
  return count;
}

/** What packs a message counts: the middle of a range is what is wanted. Null without a number of packs. */
export function readPacks(text: string): PacksSaid | null {
  const message = readMessage(text.slice(0, 300), "");
  const counts = message.numbers.flatMap((number) => countOf(message, number) ?? []);
  const found = choose(message, counts);
  if (!found) return null;
  const { least, most } = found;
  const unit = most.unit === "pack" ? null : most.unit;
  if (unit === "unclear") return null;
  const whole = unit === null ? [least.value, most.value].every(Number.isInteger) : true;
  if (!whole || least.value < 1) return null;
  const packs = Math.round((least.value + most.value) / 2);
  const measured = unit === null ? {} : { unit };
  return { packs, minimum: least.value, maximum: most.value, ...measured };
}

type Found = { readonly least: Count; readonly most: Count };

function choose(message: ReadMessage, counts: readonly Count[]): Found | null {
  const folded = foldCase(message.text);
  // "Cambio de 5 a 7", "7 en vez de 5": not what it was.
  const moves = /\bcambi|\ben (vez|lugar) de\b/.test(folded);
  const wanted =
    moves && counts.length > 1
      ? counts.filter(({ start }) => message.tokens[start - 1]?.word !== "de")
      : counts;
  const [first] = wanted.filter(({ unit }) => unit !== null).concat(wanted);
  if (!first) return null;
  const at = wanted.indexOf(first);
  const [before, after] = [wanted[at - 1], wanted[at + 1]];
  if (before && before.unit === null && isRange(message, before, first))
    return { least: before, most: first };
  if (after && isRange(message, first, after)) return { least: first, most: after };
  return { least: first, most: first };
}

function isRange({ tokens, text }: ReadMessage, one: Count, other: Count): boolean {
  if (other.value <= one.value) return false;
  if (other.start === one.end)
    return /^\s*[-–]\s*$/.test(text.slice(tokens[one.end - 1]?.end, tokens[other.start]?.start));
  return other.start === one.end + 1 && ranges.test(tokens[one.end]?.word ?? "");
}

/** Whether a number of packs says that it is of packs: by a unit, or by the product beside it. */
export function saysOfWhat(text: string): boolean {
  const message = readMessage(text.slice(0, 300), "");
  return message.numbers.some((number) => (countOf(message, number)?.unit ?? null) !== null);
}

/** What one pack holds: 50 kg, 1 liter. */
type Pack = { readonly amount: number; readonly unit: string };

/** "250 kilos" in packs of 50 kg are 5. Null where it does not come out even, or is not sold so. */
export function inPacks({ unit, ...said }: PacksSaid, pack: Pack): PacksSaid | null {
  if (unit === undefined) return said;
  if (unit !== pack.unit) return null;
  const [packs, minimum, maximum] = [said.packs, said.minimum, said.maximum].map((of) => of / pack.amount);
  if (packs === undefined || minimum === undefined || maximum === undefined) return null;
  if (![minimum, maximum].every(Number.isInteger)) return null;
  return { packs: Math.round(packs), minimum, maximum };
}
