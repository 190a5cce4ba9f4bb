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

/**
 * A number as people write it in Peru: a comma or a space before three digits parts thousands ("1,250.50", "1 250"), and
 * so do several points; one or two digits behind a single mark are decimals ("12,5"). Null for what is no number.
 */
function readNumber(written: string): number | null {
  const plain = written.trim().replace(/(\d)\s(?=\d{3}(?:\D|$))/g, "$1,");
  const european = /^-?\d{1,3}(?:\.\d{3})+,\d+$/.test(plain) || /^-?\d{1,3}(?:\.\d{3}){2,}$/.test(plain);
  const peruvian = european ? plain.replaceAll(".", "").replace(",", ".") : plain;
  const whole = peruvian.replace(/,(?=\d{3}(?:[,.]|$))/g, "").replace(/^(-?\d*),(\d+)$/, "$1.$2");
  return /^-?(?:\d+\.?\d*|\.\d+)$/.test(whole) ? Number(whole) : null;
}

/** One point before three digits: 1500 to some, one and a half to others. */
const isEitherOr = (written: string) => /^\s*[1-9]\d{0,2}\.\d{3}\s*$/.test(written);

/** Soles as typed; the value is in céntimos. */
export function money({ least = 0, most = 10_000_000 }: { least?: number; most?: number } = {}) {
  return kind((written) => {
    const plain = written.replace(/^s\/\.?\s*/i, "");
    // No price has three decimals.
    const soles = isEitherOr(plain) ? Number(plain.replace(".", "")) : readNumber(plain);
    if (soles === null) return wrong("Escriba el monto en soles, por ejemplo 25 o 25.50.");
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
    if (most >= 1_000 && isEitherOr(written)) {
      const [thousands, decimals] = [written.trim().replace(".", ""), Number(written)];
      return wrong(`¿Son ${thousands} o ${decimals}? Escríbalo así: ${thousands}, o ${decimals}.`);
    }
    const value = readNumber(written);
    if (value === null) return wrong("Escriba un número, por ejemplo 12 o 12.5.");
    if (value < least) return wrong(`Debe ser ${least}${said} o más.`);
    if (value > most) return wrong(`Debe ser ${most}${said} o menos.`);
    return { value };
  }, "Escriba un número.");
}

export function wholeNumber({ least = 0, most = 1_000_000 }: { least?: number; most?: number } = {}) {
  return kind((written) => {
    const plain = written.replace(/[\s.,](?=\d{3}\b)/g, "");
    if (!/^-?\d+$/.test(plain)) return wrong("Escriba un número entero, por ejemplo 12.");
    const value = Number(plain);
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
  return z.preprocess(
    (value) => (value === undefined || value === "" ? [] : Array.isArray(value) ? value : [value]),
    z.array(z.enum(options, { error: "Elija entre las opciones." })).min(least, { error: missing }),
  );
}

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
