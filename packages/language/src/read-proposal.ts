import type { LimaDay } from "@minka/domain/lima-time";
import { foldCase, soundKey } from "./fold.ts";
import { parseDay } from "./parse-day.ts";
import { findNumbers, type NumberSpan } from "./understanding/numbers.ts";
import { tokenize, type Token } from "./understanding/tokens.ts";

export type Proposal = {
  /** Céntimos; null where no price is named. */
  priceCentimos: number | null;
  visitOn: LimaDay | null;
  /** "SI 20": soles or a day of the month, and only they know which. */
  unclear: number | null;
};

const keys = (words: string) => new Set(words.split(" ").map(soundKey));
const money = keys("soles sol lucas luca");
/** What stands before a price that has no "soles": "cobro 50", "por 40", "en 35 lo dejo". */
const pricing = keys(
  "cobro cobra cobraria cobramos pago paga pagaria pagamos doy daria damos ofrezco ofrece vale valdria cuesta costaria sale saldria dejo dejaria precio minimo maximo por a en seria serian son",
);
/** What a number counts that is no price. */
const counted = keys(
  "km kilometro kilometros dia dias hora horas hs hrs am pm minuto minutos persona personas saco sacos quintal quintales qq kg kilo kilos hectarea hectareas ha planta plantas plantones metros vez veces semana semanas mes meses ano anos litros arrobas",
);
/** After these it is a day of the month. */
const dating = keys("el dia lunes martes miercoles jueves viernes sabado domingo");
/** "3%", "al 3 por ciento", "el tres x ciento". */
const rate =
  /\b(al |el |a |con |de |un |una )*((\d+([.,]\d+)?|\p{L}+)( y medio| punto \p{L}+)?)\s*(%|(por|x)\s*[cs]i?ento\b|(por|x)[cs]i?ento\b)(\s*(al mes|mensual|anual|al ano|de interes))*/gu;
const highestDay = 31;
const highestPrice = 100_000;

/** Whether a percentage is said, which is the interest of a loan and never soles. */
export function namesRate(text: string): boolean {
  return withoutRate(text) !== foldCase(text.slice(0, 300));
}

function withoutRate(text: string): string {
  return foldCase(text.slice(0, 300)).replaceAll(rate, " ");
}

/** The price and the day that one of two proposes to the other: "SI 40 soles", "no puedo el martes, mejor el jueves". */
export function readProposal(text: string, today: LimaDay): Proposal {
  if (namesRate(text)) return { priceCentimos: null, visitOn: readProposedDay(text, today), unclear: null };
  const tokens = tokenize(text);
  const numbers = findNumbers(tokens).filter((number) => mayBePrice(number, tokens, text));
  const named = numbers.find((number) => isPriced(number, tokens, text));
  const bare = numbers.find(({ article }) => !article);
  const price = named ?? (bare && bare.value > highestDay ? bare : undefined);
  const visitOn = readProposedDay(text, today);
  const unclear = price === undefined && visitOn === null && bare && onlyAgrees(text) ? bare.value : null;
  return { priceCentimos: price ? Math.round(price.value * 100) : null, visitOn, unclear };
}

/** Numbers that say when, how many or whom to call are none. */
function mayBePrice({ value, start, end }: NumberSpan, tokens: readonly Token[], text: string): boolean {
  const [first, last] = [tokens[start], tokens[end - 1]];
  if (!first || !last || value <= 0 || value > highestPrice) return false;
  const [before, after] = [tokens[start - 1]?.key ?? "", tokens[end]?.key ?? ""];
  if (counted.has(after) || dating.has(before) || before === soundKey("las")) return false;
  const isHour = /^\s*([ap]\.?\s?m\b|h\b|[:/-]\s?\d)/i.test(text.slice(last.end));
  const isDate = /\d\s?[:/-]\s?$/.test(text.slice(0, first.start)) || isMonth(tokens, end);
  return !isHour && !isDate;
}

const months = /^(ene|feb|mar|abr|may|jun|jul|ago|set|sep|oct|nov|dic)/;

function isMonth(tokens: readonly Token[], at: number): boolean {
  const name = tokens[at]?.key === "de" ? tokens[at + 1] : undefined;
  return name !== undefined && months.test(foldCase(name.raw));
}

function isPriced({ start, end, article }: NumberSpan, tokens: readonly Token[], text: string): boolean {
  const first = tokens[start];
  if (!first) return false;
  if (money.has(tokens[end]?.key ?? "")) return true;
  if (/\bs\/?\s?\.?\s?$/i.test(text.slice(0, first.start))) return true;
  return !article && pricing.has(tokens[start - 1]?.key ?? "");
}

/** A yes and a number, and nothing that says what it counts. */
function onlyAgrees(text: string): boolean {
  return /^\W*((si+|ok(ey)?|ya|acepto|bueno|dale|no)\W+)*\d{1,2}\W*$/.test(foldCase(text));
}

/** Whether a NO offers something else ("no puedo hoy, mejor el lunes"), and does not only say why. */
export function offersInstead(text: string): boolean {
  const said = foldCase(text.slice(0, 300));
  const cue = /\b(mejor|sino|pero|mas bien|que sea|podria|seria)\b|\bsi\W*$|(?<!\bno )\bpuedo\b/;
  return cue.test(said) || onlyAnotherDay.test(said);
}

/** "No, el sabado". */
const onlyAnotherDay =
  /^\W*no+\W+((para|pa|el|este|dia) )*(lunes|martes|miercoles|jueves|viernes|sabado|domingo|manana|pasado manana|\d{1,2})( \d{1,2})?\W*$/;

/**
 * The day that is proposed, and not the one that will not do: "no puedo el martes, mejor el jueves" is Thursday. Null
 * where only a day is refused.
 */
export function readProposedDay(text: string, today: LimaDay): LimaDay | null {
  const clauses = withoutRate(text)
    .replaceAll(/\b(no (hay|tengo|es) (ningun )?problema|como no)\b/g, "")
    .split(/[,;.!?]+\s|\b(?:mejor|pero|sino|sin?o que|mas bien|en cambio)\b/)
    .filter((clause) => clause.trim() !== "");
  const wanted = clauses.filter((clause) => !/\b(no|ni|tampoco|hasta)\b/.test(clause));
  return wanted.map((clause) => parseDay(clause, today)).findLast((day) => day !== null) ?? null;
}
