import { foldCase } from "./fold.ts";
import { findNumbers } from "./understanding/numbers.ts";
import { tokenize } from "./understanding/tokens.ts";

/** So many packs, and the fewest and most that will do. */
export type PacksSaid = { readonly packs: number; readonly minimum: number; readonly maximum: number };

/** What a message says of a joint purchase, if it is of one. `packs` is null where it says no number. */
export type PoolWish =
  | { readonly kind: "join" | "change"; readonly packs: PacksSaid | null }
  | { readonly kind: "leave" }
  | { readonly kind: "status" };

const purchase = /\b(compra|pedido|lista)s?\b/;
const joins =
  /\b(me|nos|yo)\b.{0,12}\b(apunt|anot|sum|un[oi]|inscrib|meto)\w*|\b(apunt|anot|inscrib)(e|o|a|en|ame|eme|enme)\w*|\bsum(eme|enme|ame)\b|\b(cuente|cuenten) conmigo\b|\b(entro|voy|participo) con\b|\b(compr(ar|o|amos|emos|a)|pedir|entrar)\b.{0,40}\b(en grupo|en conjunto|grupal|conjunta|juntos)\b/;
const leaves =
  /^\W*(salgo|salir|retiro|me retiro|me salgo)\W*$|\b(salgo|salirme|salir|retir\w+|saqu?e\w*|sacam?e?\w*|borr\w+|bajenme|bajeme|desist\w+|desapunt\w+|ya no (quiero|voy|entro|participo|deseo))\b.{0,30}\b(compra|pedido|lista|sacos?|abono|urea|guano)\b/;
const changes =
  /\b(cambi\w+|corrij\w+|corregir|aument\w+|sub(o|ir|ame|eme)|baj(o|ar|ame|eme)|rebaj\w+|que sean|mejor|solo|en vez de|ya no \d+)\b/;
const asksOfIt =
  /^\W*(la |mi |ver )?(compra|compras)\W*$|\bcomo (va|esta|sigue) (la|mi|nuestra) (compra|lista)\b|\ben que (va|quedo|esta) (la|mi|nuestra) (compra|lista)\b|\bcuant\w+ falta\b.{0,30}\b(compra|precio|bajar|sacos)\b|\bmi (compra|pedido) (conjunt|en grupo|de la)\w*/;

const range = /^(a|o|y|u|hasta)$/;

/**
 * Reads "me apunto con 4 a 6 sacos", "cambio a 7", "salgo de la compra", "COMPRA". A change is one only for who is in a
 * purchase, which the caller knows.
 */
export function readPoolWish(text: string): PoolWish | null {
  const folded = foldCase(text.slice(0, 300));
  if (asksOfIt.test(folded)) return { kind: "status" };
  if (leaves.test(folded) && !joins.test(folded)) return { kind: "leave" };
  if (joins.test(folded)) return { kind: "join", packs: readPacks(text) };
  if (!changes.test(folded) && !(purchase.test(folded) && /\d/.test(folded))) return null;
  const packs = readPacks(text);
  return packs && { kind: "change", packs };
}

/** "5", "cinco sacos", "4 a 6", "entre 4 y 6": wanted is the middle. Null without a number. */
export function readPacks(text: string): PacksSaid | null {
  const tokens = tokenize(text.replaceAll(/(\d)\s*[-–]\s*(?=\d)/g, "$1 a "));
  const numbers = findNumbers(tokens).filter(({ value }) => value >= 1 && Number.isInteger(value));
  // "cambio de 5 a 7": from what it was to what it is to be.
  const moved = /\b(de|en vez de)\b/.test(foldCase(text)) && /\bcambi/.test(foldCase(text));
  const [first, second] = numbers;
  if (!first) return null;
  const between = second && tokens.slice(first.end, second.start);
  const isRange = between?.length === 1 && range.test(between[0]?.word ?? "");
  if (second && isRange && moved) return exactly(second.value);
  if (second && isRange && second.value > first.value)
    return {
      packs: Math.round((first.value + second.value) / 2),
      minimum: first.value,
      maximum: second.value,
    };
  return exactly(first.value);
}

const exactly = (packs: number): PacksSaid => ({ packs, minimum: packs, maximum: packs });
