import { addDays, limaDay } from "@minka/domain/lima-time";
import { findDistrict, commonName } from "@minka/geography/districts";
import { z } from "zod";
import type { Option } from "../../design/fields.ts";
import type { Filter } from "../../design/table.ts";
import { asked, askedDay, misread, type Asking } from "../../visits/asked.ts";
import { areaWords, dayWords, kindWords, timeWords } from "../../words/field-words.ts";
import { readArea } from "../provider/coverage-field.ts";

/** What lists of the desk are narrowed by, as their addresses say it. */

export const oneOf = <const Value extends string>(
  values: readonly Value[],
  written: string | undefined,
): Value | undefined => values.find((value) => value === written);

/** An INEI prefix, from a code or from "Uchiza, Tocache", "provincia de Tocache", "región San Martín". */
function areaOf(written: string): string | undefined {
  if (/^(\d{2}){1,3}$/.test(written)) return written;
  return readArea(written) ?? readArea(`región ${written}`) ?? undefined;
}

const area = z
  .string()
  .optional()
  .transform((written, context) => {
    if (!written) return undefined;
    const found = areaOf(written);
    if (found === undefined)
      context.addIssue({
        code: "custom",
        message: "Escriba el distrito y la provincia, «provincia de…» o «región…».",
      });
    return found;
  });

/** `lugar`: where something is listed. */
export const askedArea = (visit: Asking): string | undefined => asked(visit, "lugar", area);

/** `del`, `al`: the days from and until which something is listed. */
export const periodOf = (visit: Asking) => ({ from: askedDay(visit, "del"), until: askedDay(visit, "al") });

/** A period that is always there: the last so many days where nothing is said, and never more than a year. */
export function boundPeriod(visit: Asking & { readonly today: string }, days: number) {
  const { from: written, until = visit.today } = periodOf(visit);
  const from = written ?? addDays(until, 1 - days);
  const earliest = addDays(until, -366);
  if (from >= earliest && from <= until) return { from, until };
  misread(visit, "del", from > until ? "Es después del último día." : "Se ve un año como mucho.");
  return { from: from > until ? until : earliest, until };
}

export const optionsOf = <Value extends string>(
  words: Readonly<Partial<Record<Value, string>>>,
): readonly Option[] =>
  Object.entries<string | undefined>(words).map(([value, said]) => ({ value, words: said ?? value }));

export const kindFilter: Filter = {
  name: "tipo",
  label: "Qué se pide",
  options: optionsOf(kindWords),
  all: "Todo",
};
export const areaFilter: Filter = { name: "lugar", label: "Distrito o región", type: "text" };
export const periodFilters: readonly Filter[] = [
  { name: "del", label: "Desde el día", type: "date" },
  { name: "al", label: "Hasta el día", type: "date" },
];

export function districtName(code: string): string {
  const district = findDistrict(code);
  return district ? commonName(district) : areaWords(code);
}

/** "hoy, 6:05 p. m.", "12 de noviembre, 6:05 p. m." */
export function momentWords(instant: string, today: string): string {
  const day = limaDay(new Date(instant));
  const said = day === today ? "hoy" : day === addDays(today, -1) ? "ayer" : dayWords(day, today);
  return `${said}, ${timeWords(instant)}`;
}

/** "hasta las 6 p. m." has its full stop already. */
export const sentence = (words: string): string => (words.endsWith(".") ? words : `${words}.`);

/** "2026-11-24 18:05" in Lima, as a spreadsheet orders it. */
export function momentValue(instant: string | null): string | null {
  if (instant === null) return null;
  return new Date(Date.parse(instant) - 5 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
}

const whole = new Intl.NumberFormat("es-PE", { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat("es-PE", { maximumFractionDigits: 1 });
export const numberWords = (value: number): string => whole.format(value);
export const decimalWords = (value: number): string => oneDigit.format(value);

/** "38 %", or a dash where there is nothing to divide by. */
export const shareWords = (part: number, of: number): string =>
  of > 0 ? `${Math.round((part / of) * 100)} %` : "—";

/** How long ago, as a list says it: "12 min", "5 h", "3 días". */
export function waitedWords(since: string, now: Date): string {
  const minutes = Math.max(1, Math.round((now.getTime() - Date.parse(since)) / 60_000));
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.round(minutes / 60)} h`;
  return `${Math.round(minutes / 1440)} días`;
}

/** Soles as a spreadsheet in Peru adds them up: "1250,50". */
export const solesValue = (centimos: number | null): string | null =>
  centimos === null ? null : (centimos / 100).toFixed(2).replace(".", ",");
