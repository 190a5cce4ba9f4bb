import { parsePhone } from "@minka/domain/phone";
import { districtOfLabel, findDistrict } from "@minka/geography/districts";
import { resolvePlace } from "@minka/geography/resolve-place";
import { z } from "zod";
import { isFile, largestFileWords, type UploadedFile } from "./form-values.ts";

/** What a field of a form holds: each kind reads what people type, and says in Spanish what is missing or wrong. */

const typed = z.preprocess(
  (value) => (Array.isArray(value) ? value[0] : value),
  z
    .string()
    .default("")
    // Browsers send the lines of a text ended by two characters; one is what was typed.
    .transform((text) => text.replaceAll("\r\n", "\n").trim()),
);

/** A kind of field from how its text is read: `read` gives the value, or says what is wrong with the text. */
function kind<Value>(read: (text: string) => { value: Value } | { wrong: string }, missing: string) {
  const required = typed.transform((text, context): Value => {
    const result = text === "" ? { wrong: missing } : read(text);
    if ("value" in result) return result.value;
    context.addIssue({ code: "custom", message: result.wrong });
    return z.NEVER;
  });
  const optional = typed.transform((text, context): Value | undefined => {
    if (text === "") return undefined;
    const result = read(text);
    if ("value" in result) return result.value;
    context.addIssue({ code: "custom", message: result.wrong });
    return z.NEVER;
  });
  return { required, optional };
}

const wrong = (message: string) => ({ wrong: message });

export function text(most: number, missing = "Escriba este dato.") {
  return kind(
    (written) => (written.length > most ? wrong(`Escriba menos: caben ${most} letras.`) : { value: written }),
    missing,
  );
}

const parted = /^[1-9]\d{0,2}([ .,])\d{3}(?:\1\d{3})*$/;

/**
 * What a number may be, as people write it in Peru; none for what is no number. Shops and the state put a point before
 * decimals and a comma before thousands, others the other way round, and many type a comma for both. So:
 * - of two different marks the last one parts the decimals: "1,250.50", "1.250,50";
 * - a mark that comes again parts thousands, and so does a space: "1,250,000", "1.250.000", "1 250";
 * - one mark before anything but three digits parts decimals: "12,5"; and so it does behind a zero, or behind more than
 *   three digits: "0,850", "1250,500";
 * - one mark before three digits may be either, thousands first: "1,250", "1.250". Who reads it decides by what can be
 *   meant, or asks: what is guessed wrong is wrong a thousand times.
 */
function readingsOf(written: string): readonly number[] {
  const plain = written.trim().replace(/\s+/g, " ");
  const [, minus, number, whole = "", mark, decimals] =
    /^(-?)((?=.*\d)([\d., ]*?)(?:([.,])(\d*))?)$/.exec(plain) ?? [];
  if (number === undefined) return [];
  const thousands = parted.test(number) ? [Number(number.replace(/\D/g, ""))] : [];
  const before = parted.exec(whole)?.[1];
  const isDecimal = /^\d*$/.test(whole) || (mark !== undefined && before !== undefined && before !== mark);
  const decimal = isDecimal ? [Number(`${whole.replace(/\D/g, "")}.${decimals ?? ""}0`)] : [];
  return [...thousands, ...decimal].map((value) => (minus ? -value : value));
}

/** As a field reads it again: three decimals are asked about ("¿1125 o 1.125?"), so a fourth stands behind them. */
export const numberText = (value: number): string =>
  String(value).replace(/^-?\d+\.\d{3}$/, (text) => `${text}0`);

/** Soles as typed; the value is in céntimos. */
export function money({ least = 0, most = 10_000_000 }: { least?: number; most?: number } = {}) {
  return kind((written) => {
    const plain = written.replace(/^s\/\.?\s*/i, "");
    // No price has three decimals.
    const [soles] = readingsOf(plain);
    if (soles === undefined) return wrong("Escriba el monto en soles, por ejemplo 25 o 25.50.");
    if (soles < least) return wrong(`El monto debe ser al menos S/ ${least}.`);
    if (soles > most) return wrong(`El monto es demasiado grande.`);
    return { value: Math.round(soles * 100) };
  }, "Escriba el monto en soles.");
}

export function decimal({
  least = 0,
  most = 1_000_000,
  unit = "",
}: { least?: number; most?: number; unit?: string } = {}) {
  const said = unit === "" ? "" : ` ${unit}`;
  return kind((written) => {
    const readings = readingsOf(written);
    const [value, other] = readings.filter((one) => one >= least && one <= most);
    if (value !== undefined && other !== undefined)
      return wrong(`¿Son ${value} o ${other}? Escríbalo así: ${value}, o ${numberText(other)}.`);
    if (value !== undefined) return { value };
    const [outside] = readings;
    if (outside === undefined) return wrong("Escriba un número, por ejemplo 12 o 12.5.");
    return wrong(outside < least ? `Debe ser ${least}${said} o más.` : `Debe ser ${most}${said} o menos.`);
  }, "Escriba un número.");
}

export function wholeNumber({ least = 0, most = 1_000_000 }: { least?: number; most?: number } = {}) {
  return kind((written) => {
    const value = readingsOf(written).find((one) => Number.isInteger(one));
    if (value === undefined) return wrong("Escriba un número entero, por ejemplo 12.");
    if (value < least) return wrong(`Debe ser ${least} o más.`);
    if (value > most) return wrong(`Debe ser ${most} o menos.`);
    return { value };
  }, "Escriba un número.");
}

const days = kind((written) => {
  const [, dayFirst, month, year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(written) ?? [];
  const iso = year ? `${year}-${month?.padStart(2, "0")}-${dayFirst?.padStart(2, "0")}` : written;
  const real = z.iso.date().safeParse(iso).success && /^(19|20|21)/.test(iso);
  return real ? { value: iso } : wrong("Escriba la fecha así: 25/12/2026.");
}, "Escriba la fecha.");
/** A calendar day, as a browser's own field or a person writes it; the value is ISO. */
export const day = () => days;

const phones = kind((written) => {
  const phone = parsePhone(written);
  return phone === null
    ? wrong("Escriba un celular de nueve números, por ejemplo 987 654 321.")
    : { value: phone };
}, "Escriba el número de celular.");
export const phone = () => phones;

const districts = kind((written) => {
  const exact = findDistrict(written) ?? districtOfLabel(written);
  if (exact) return { value: exact.code };
  const place = resolvePlace(written);
  if (place.kind === "one") return { value: place.district.code };
  return place.kind === "several"
    ? wrong("Hay varios lugares con ese nombre. Escriba también la provincia, por ejemplo: Uchiza, Tocache.")
    : wrong("No conocemos ese lugar. Escriba el distrito y la provincia, por ejemplo: Uchiza, Tocache.");
}, "Escriba su distrito.");
/** A district by its name, or its code; the value is the INEI code. */
export const district = () => districts;

export function choice<const Options extends readonly [string, ...string[]]>(
  options: Options,
  missing = "Elija una opción.",
) {
  return kind<Options[number]>((written) => {
    const found = options.find((option) => option === written);
    return found === undefined ? wrong("Elija una de las opciones.") : { value: found };
  }, missing);
}

/** Any number of ticks, none as well unless `least` says so. */
export function choices<const Options extends readonly [string, ...string[]]>(
  options: Options,
  { least = 0, missing = "Elija al menos una opción." }: { least?: number; missing?: string } = {},
) {
  return list(z.enum(options, { error: "Elija entre las opciones." }), { least, missing });
}

/** Fields of one name, each of them such a one: a form that brings it once brings a text, and none at all nothing. */
export const list = <Each extends z.ZodType>(
  each: Each,
  { least = 0, most = 1_000, missing = "Elija al menos una opción." }: ListLimits = {},
) =>
  z.preprocess(
    (value) => (value === undefined || value === "" ? [] : Array.isArray(value) ? value : [value]),
    z
      .array(each)
      .min(least, { error: missing })
      .max(most, { error: `Elija ${most} como mucho.` }),
  );
type ListLimits = { readonly least?: number; readonly most?: number; readonly missing?: string };

/** A tick: true or false. */
export const tick = () => z.preprocess((value) => value !== undefined && value !== "", z.boolean());

/** A tick without which it does not go on. */
export const tickNeeded = (missing: string) =>
  z.preprocess((value) => value !== undefined && value !== "", z.literal(true, { error: missing }));

/** An id that the page itself put there. */
export const id = () =>
  z.preprocess((value) => (Array.isArray(value) ? value[0] : value), z.uuid({ error: "Elija una opción." }));

export const optionalId = (error = "Elija una opción.") =>
  z.preprocess((value) => (value === "" ? undefined : value), z.uuid({ error }).optional());

export const file = (missing = "Elija un archivo.") =>
  z
    .custom<UploadedFile>((value) => isFile(value) && (value.tooLarge || value.bytes.length > 0), {
      error: missing,
    })
    .refine(({ tooLarge }) => !tooLarge, {
      error: `El archivo pesa más de ${largestFileWords}. Quítele las fotos, guárdelo como CSV o pártalo en dos.`,
    });
