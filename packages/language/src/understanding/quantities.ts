import { type QuantityUnit, quantityUnits } from "@minka/domain/vocabulary";
import { soundKey } from "../fold.ts";
import type { ReadMessage } from "./read-message.ts";
import type { NumberSpan } from "./numbers.ts";
import type { Span } from "./phrase-pattern.ts";

export type Quantity = { quantity?: number; unit?: QuantityUnit };

const keys = (words: string) => new Set(words.split(" ").map(soundKey));
/** What a number may count that is not the thing asked for: areas, times, people, money. */
const otherCounts = keys(
  "hectarea hectareas hec dia dias mes meses semana semanas año años hora horas vez veces socio socios vecinos productores personas familias soles sol lucas hp pulgadas metros metro km cuadras minutos muestras hijos caballos por porciento campañas cuotas",
);
const thingKinds = new Set(["input", "equipment"]);

function spanAt(message: ReadMessage, at: number, names: ReadonlySet<string>): Span | undefined {
  return message.spans.find((span) => names.has(span.name) && span.start === at);
}
const unitNames = new Set(["unit"]);

/** The size of a thing ("balanza de 100 kilos") is told by the "de" between thing and number. */
function isSize(message: ReadMessage, number: NumberSpan): boolean {
  if (message.tokens[number.start - 1]?.key !== "de") return false;
  return message.spans.some(
    (span) => (thingKinds.has(span.name) || span.name === "unit") && span.end === number.start - 1,
  );
}

/** "ha" sounds like "a" and is only known as written. */
const areaWords = new Set(["ha", "has", "hec"]);

/** Names of varieties that end in a number: "ccn51", "ics 95". */
const varieties = new Set(
  ["ccn", "ics", "imc", "tcs", "eet", "ce", "icg", "uf", "tsh", "scs", "cr"].map(soundKey),
);

function countsOther(message: ReadMessage, number: NumberSpan): boolean {
  const next = message.tokens[number.end];
  return (
    varieties.has(message.tokens[number.start - 1]?.key ?? "") ||
    (next !== undefined && areaWords.has(next.word)) ||
    otherCounts.has(message.tokens[number.end]?.key ?? "") ||
    isSize(message, number)
  );
}

/** "dos sacos y medio": the half comes after the unit. */
function halfAfter(message: ReadMessage, at: number): number {
  if (message.tokens[at]?.key !== "i") return 0;
  const half = message.tokens[at + 1]?.key;
  return half === "medio" || half === "media" ? 0.5 : 0;
}

/** How much of a good: a number with its unit wins over a bare count beside the good's name. */
export function readQuantity(
  message: ReadMessage,
  thing: Span | undefined,
  kind: "input" | "crop",
): Quantity {
  const usable = message.numbers.filter((number) => !countsOther(message, number));
  const measured = usable.flatMap((number) => {
    const isDozen = message.tokens[number.end]?.key === "de" && number.value % 6 === 0;
    const unit = spanAt(message, isDozen ? number.end + 1 : number.end, unitNames);
    const named = quantityUnits.find((known) => known === unit?.value);
    if (unit === undefined || named === undefined) return [];
    const isThing = unit.value === "unit" && kind === "crop";
    if (isThing) return [];
    return [{ quantity: number.value + halfAfter(message, unit.end), unit: named }];
  });
  if (measured[0] !== undefined) return measured[0];
  if (thing === undefined || kind === "crop") return {};
  const counted = usable.filter((number) => !number.article);
  const before = counted.find((number) => number.end <= thing.start && thing.start - number.end <= 2);
  const after = counted.find((number) => number.start >= thing.end);
  const count = before ?? after;
  return count === undefined ? {} : { quantity: count.value, unit: "unit" };
}

/** How many of a tool or machine: only a number that stands beside it, or after it with no unit of measure. */
export function readCount(message: ReadMessage, thing: Span | undefined): Quantity {
  if (thing === undefined) return {};
  const measures = (at: number) => {
    const unit = spanAt(message, at, unitNames);
    return unit !== undefined && unit.value !== "unit";
  };
  const usable = message.numbers.filter(
    (number) =>
      !countsOther(message, number) &&
      !number.article &&
      !measures(number.end) &&
      Number.isInteger(number.value),
  );
  const before = usable.find((number) => number.end <= thing.start && thing.start - number.end <= 2);
  const isLoad = message.tokens.slice(thing.end).some((token) => token.key === soundKey("carga"));
  const after = isLoad
    ? undefined
    : usable.find((number) => number.start >= thing.end && number.start - thing.end <= 3);
  const count = before ?? after;
  return count === undefined ? {} : { quantity: count.value };
}

/** The soles of a loan: beside a money word if any, else the largest number that counts nothing else. */
export function readAmount(message: ReadMessage): number | undefined {
  const money = (at: number) => message.spans.some((span) => span.name === "money" && span.start === at);
  const said = message.numbers.find((number) => money(number.end) || money(number.start - 1));
  if (said !== undefined) return said.value;
  const moneyKeys = new Set(["soles", "sol", "lucas"].map(soundKey));
  const plausible = message.numbers.filter(
    (number) =>
      (!countsOther(message, number) || moneyKeys.has(message.tokens[number.end]?.key ?? "")) &&
      !number.article &&
      number.value >= 50 &&
      spanAt(message, number.end, unitNames) === undefined,
  );
  const values = plausible.map((number) =>
    message.tokens[number.end]?.key === "kg" && number.value < 1000 ? number.value * 1000 : number.value,
  );
  return values.length === 0 ? undefined : Math.max(...values);
}
