import { isDni } from "@minka/domain/identity-documents";
import { parsePhone } from "@minka/domain/phone";
import { foldHeader, type Column, type Parsed } from "./columns.ts";

/** What cells hold in more than one kind of import. Each makes a column of its headers. */
type Make<Value> = (headers: readonly string[], required?: "required") => Column<Value>;

function column<Value>(parse: (text: string) => Parsed<Value>): Make<Value> {
  return (headers, required) => ({ headers, required: required === "required", parse });
}

export function textColumn(maximumLength: number): Make<string> {
  return column<string>((text) =>
    text.length <= maximumLength
      ? { value: text }
      : { error: "text-too-long", parameters: { most: maximumLength } },
  );
}

/** "1.250,5" and "1,250.5" are both written here; a lone separator is a decimal one unless three digits follow. */
function readDecimal(text: string): number | null {
  let plain = text.replace(/\s/g, "");
  const [dot, comma] = [plain.lastIndexOf("."), plain.lastIndexOf(",")];
  if (dot >= 0 && comma >= 0) {
    const thousands = dot > comma ? "," : ".";
    plain = plain.replaceAll(thousands, "").replace(",", ".");
  } else if (comma >= 0) {
    plain = /^-?[1-9]\d{0,2}(,\d{3})+$/.test(plain) ? plain.replaceAll(",", "") : plain.replace(",", ".");
  }
  return /^-?\d{1,12}(\.\d{1,15})?$/.test(plain) ? Number(plain) : null;
}

export function decimalColumn({ least, most }: { least: number; most: number }): Make<number> {
  return column<number>((text) => {
    const value = readDecimal(text);
    if (value === null) return { error: "number-unreadable" };
    return value >= least && value <= most
      ? { value }
      : { error: "number-out-of-range", parameters: { least, most } };
  });
}

export function integerColumn({ least, most }: { least: number; most: number }): Make<number> {
  const decimal = decimalColumn({ least, most })([]);
  return column<number>((text) => {
    const parsed = decimal.parse(text);
    return "value" in parsed && !Number.isInteger(parsed.value) ? { error: "number-not-whole" } : parsed;
  });
}

/** Soles as written ("S/ 1,250.50"), as céntimos. */
export function solesColumn(mostCentimos: number): Make<number> {
  return column<number>((text) => {
    const soles = readDecimal(text.replace(/^s\/\.?|soles$/i, ""));
    if (soles === null || soles < 0) return { error: "price-unreadable" };
    const centimos = Math.round(soles * 100);
    if (Math.abs(soles * 100 - centimos) > 1e-6) return { error: "price-unreadable" };
    return centimos <= mostCentimos
      ? { value: centimos }
      : { error: "number-out-of-range", parameters: { least: 0, most: mostCentimos / 100 } };
  });
}

/** A day as "2024-03-15", "15/03/2024" or "15-3-2024": here the day comes first. */
export const dayColumn: Make<string> = column<string>((text) => {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const ours = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const [year, month, day] = iso ? iso.slice(1).map(Number) : (ours?.slice(1).map(Number).toReversed() ?? []);
  if (!year || !month || !day) return { error: "day-unreadable" };
  const at = new Date(Date.UTC(year, month - 1, day));
  const real = at.getUTCMonth() === month - 1 && at.getUTCDate() === day && year >= 1900 && year <= 2100;
  return real ? { value: at.toISOString().slice(0, 10) } : { error: "day-unreadable" };
});

/** E.164; a mobile of Peru or, with its plus sign, of another country. */
export const phoneColumn: Make<string> = column<string>((text) => {
  const phone = parsePhone(text);
  return phone ? { value: phone } : { error: "phone-wrong" };
});

/** Eight digits. One of seven has usually lost its zero to the spreadsheet: that is said, not guessed. */
export const dniColumn: Make<string> = column<string>((text) => {
  const digits = text.replace(/[\s.-]/g, "");
  if (isDni(digits)) return { value: digits };
  return { error: /^\d{7}$/.test(digits) ? "dni-seven-digits" : "dni-wrong" };
});

/** One word of a closed list by any of its spellings, folded as headers are. */
export function choiceColumn<Value extends string>(
  spellings: Readonly<Record<Value, readonly string[]>>,
): Make<Value> {
  const bySpelling = new Map<string, Value>();
  const shown: string[] = [];
  for (const [value, written] of Object.entries(spellings) as [Value, readonly string[]][]) {
    for (const spelling of written) bySpelling.set(foldHeader(spelling), value);
    shown.push(written[0] ?? value);
  }
  return column<Value>((text) => {
    const value = bySpelling.get(foldHeader(text));
    return value === undefined
      ? { error: "choice-unknown", parameters: { choices: shown.join(", ") } }
      : { value };
  });
}
