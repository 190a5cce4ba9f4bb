import type { TermsOf } from "@minka/contracts/offer-terms";
import type { PackUnit } from "@minka/domain/vocabulary";
import { resolvePlace } from "@minka/geography/resolve-place";
import { choiceColumn, decimalColumn, integerColumn, solesColumn, textColumn } from "@minka/imports/cells";
import { foldHeader, type Column, type Parsed } from "@minka/imports/columns";
import { findProduct, type Product } from "@minka/language/find-product";

const mostCentimos = 1_000_000_000;
const mostPacks = 1_000_000;

/** How each is written; lists write the first. */
export const modeWords = {
  sale: ["venta"],
  rent: ["alquiler"],
  repair: ["reparación", "mantenimiento"],
} as const satisfies Record<TermsOf<"equipment">["mode"], readonly string[]>;

export const rentWords = {
  hour: ["hora"],
  day: ["día", "jornada"],
  week: ["semana"],
  season: ["campaña"],
} as const satisfies Record<NonNullable<TermsOf<"equipment">["rentPer"]>, readonly string[]>;

export const unitWords = {
  kg: ["kg", "kilo", "kilogramo"],
  liter: ["litro", "lt", "l"],
  unit: ["unidad", "und", "unid", "pieza", "plantón"],
  sample: ["muestra"],
  quintal: ["quintal", "qq"],
  tonne: ["tonelada", "tn", "t"],
  hour: ["hora"],
  day: ["día", "jornal"],
  month: ["mes"],
  visit: ["visita"],
  plot: ["chacra", "parcela", "lote"],
} as const satisfies Record<PackUnit | TermsOf<"service">["unit"], readonly string[]>;

type Pack = { readonly amount: number; readonly unit: PackUnit | null };

/** What a price list may have. Names of delivery places are those near the provider first. */
export function priceListColumns(headers: readonly string[], provider: Near): PriceListColumns {
  const tiers = tierHeaders(headers);
  return { ...usualColumns(tiers, provider), ...tierColumns(tiers) };
}
export type PriceListColumns = ReturnType<typeof usualColumns> & Record<TierName, Column<number>>;
type Near = { readonly districtCode: string };

function usualColumns(tiers: ReadonlyMap<number, readonly string[]>, provider: Near) {
  const price = solesColumn(mostCentimos);
  return {
    product: productColumn(["Producto", "Insumo", "Equipo", "Servicio", "Rubro"]),
    title: textColumn(80)(["Título", "Nombre", "Nombre comercial", "Descripción", "Detalle"]),
    mode: choiceColumn(modeWords)(["Modalidad", "Venta o alquiler"]),
    rentPer: choiceColumn(rentWords)(["Alquiler por"]),
    pack: packColumn(["Presentación", "Empaque", "Contenido", "Envase"]),
    unit: choiceColumn(unitWords)(["Unidad", "Unidad de medida", "UM"]),
    price: price([
      "Precio",
      "Precio (S/)",
      "Precio en soles",
      "Precio unitario",
      "P. unitario",
      ...(tiers.get(1) ?? []),
    ]),
    registerNumber: textColumn(40)([
      "Registro SENASA",
      "N° registro SENASA",
      "Número de registro SENASA",
      "SENASA",
      "N° de registro",
      "Registro",
    ]),
    organic: choiceColumn({ yes: ["sí", "x", "orgánico", "permitido"], no: ["no", "convencional"] })([
      "Orgánico",
      "Apto para orgánico",
      "Permitido en orgánico",
    ]),
    places: placesColumn(
      ["Lugares de entrega", "Lugar de entrega", "Entrega en", "Distritos de entrega"],
      provider,
    ),
    days: integerColumn({ least: 0, most: 120 })([
      "Días de entrega",
      "Días",
      "Plazo de entrega (días)",
      "Plazo (días)",
    ]),
    warrantyMonths: integerColumn({ least: 0, most: 120 })([
      "Garantía (meses)",
      "Meses de garantía",
      "Garantía",
    ]),
    stock: integerColumn({ least: 0, most: 1_000_000 })([
      "Stock",
      "Existencias",
      "Stock actual",
      "Unidades disponibles",
    ]),
    note: textColumn(300)(["Observaciones", "Observación", "Nota"]),
  };
}

/** As exports write it. */
export const tierHeader = (minimumPacks: number) => `Precio desde ${minimumPacks}`;

type TierName = `from${number}`;
export const isTierName = (name: string): name is TierName => /^from\d+$/.test(name);
export const minimumOf = (name: TierName): number => Number(name.slice(4));

/** "Precio desde 10", "Desde 50 sacos", "10 a más": a column for each quantity from which a price holds. */
function tierHeaders(headers: readonly string[]): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const header of headers) {
    const written = /\bdesde\s+(\d{1,7})\b|\b(\d{1,7})\s+[ao]\s+m[aá]s\b/i.exec(header);
    const minimum = Number(written?.[1] ?? written?.[2] ?? 0);
    if (minimum < 1 || minimum > mostPacks) continue;
    found.set(minimum, [...(found.get(minimum) ?? []), header]);
  }
  return found;
}

function tierColumns(tiers: ReadonlyMap<number, readonly string[]>): Record<TierName, Column<number>> {
  const columns: Record<TierName, Column<number>> = {};
  for (const [minimum, headers] of tiers) {
    if (minimum > 1) columns[`from${minimum}`] = solesColumn(mostCentimos)(headers);
  }
  return columns;
}

/** The product with the words that named it. */
function productColumn(headers: readonly string[]): Column<{ product: Product; written: string }> {
  const known = new Map<string, Parsed<{ product: Product; written: string }>>();
  return {
    headers,
    required: true,
    parse(text) {
      const before = known.get(text);
      if (before) return before;
      const product = findProduct(text);
      const parsed = product
        ? { value: { product, written: text } }
        : { error: "product-unknown", parameters: { product: text.slice(0, 40) } };
      known.set(text, parsed);
      return parsed;
    },
  };
}

/** What a pack's unit is worth in the units of offers. */
const packMeasures: readonly [RegExp, PackUnit, number][] = [
  [/^(kg|kgs|k|kilo|kilogramo)$/, "kg", 1],
  [/^(g|gr|gramo)$/, "kg", 1 / 1000],
  [/^(tn|t|tonelada)$/, "kg", 1000],
  [/^(l|lt|ltr|litro)$/, "liter", 1],
  [/^(ml|cc|mililitro)$/, "liter", 1 / 1000],
  [/^(u|un|und|unid|unidad|pza|pieza|planton|plantone|planta)$/, "unit", 1],
  [/^millar$/, "unit", 1000],
];

const packWords =
  /^(saco|bolsa|frasco|botella|galonera|bidon|caja|sobre|balde|costal|tarro|envase|paquete)?\s*(de|x|por)?\s*/;

/** "Saco 50 kg", "frasco x 250 ml", "1 millar", "unidad"; a bare number takes its unit from the column beside. */
function packColumn(headers: readonly string[]): Column<Pack> {
  const decimal = decimalColumn({ least: 0.000_001, most: 10_000_000 })([]);
  return {
    headers,
    parse(text) {
      const folded = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(packWords, "");
      const [, figure = "", unit = ""] = /^([\d.,]*)\s*([a-z]*)\.?$/.exec(folded) ?? [];
      const parsed = figure === "" ? { value: 1 } : decimal.parse(figure);
      if (!("value" in parsed) || (figure === "" && unit === "")) return { error: "pack-unreadable" };
      if (unit === "") return { value: { amount: parsed.value, unit: null } };
      const measure = packMeasures.find(([pattern]) => pattern.test(foldHeader(unit)) || pattern.test(unit));
      if (!measure) return { error: "pack-unreadable" };
      const amount = Math.round(parsed.value * measure[2] * 1_000_000) / 1_000_000;
      return amount >= 0.01 && amount <= 100_000
        ? { value: { amount, unit: measure[1] } }
        : { error: "pack-unreadable" };
    },
  };
}

/**
 * Districts by name or INEI code, with semicolons between. Commas do for names that are one district each; with a
 * semicolon they qualify ("Santa Rosa, El Dorado; Tocache").
 */
function placesColumn(headers: readonly string[], near: Near): Column<string[]> {
  const read = (name: string): string | null => {
    const resolved = resolvePlace(name, near);
    return resolved.kind === "one" ? resolved.district.code : null;
  };
  const readAll = (names: readonly string[]): Parsed<string[]> => {
    const found = names.map((name) => ({ name, code: read(name) }));
    const unknown = found.find(({ code }) => code === null);
    if (unknown) return { error: "delivery-place-unknown", parameters: { place: unknown.name.slice(0, 40) } };
    return { value: [...new Set(found.flatMap(({ code }) => code ?? []))] };
  };
  return {
    headers,
    parse(text) {
      const parts = split(text, /[;/|]/).map((part) =>
        /^\d{6}$/.test(part) ? { code: part } : { name: part },
      );
      const codes = parts.flatMap((part) => part.code ?? []);
      const names = parts.flatMap((part) => part.name ?? []);
      const listed = parts.length === 1 ? split(text, /,|\sy\s/) : names;
      if (codes.length === parts.length) return districts(codes);
      const parsed = readAll(listed);
      if ("value" in parsed) return districts([...codes, ...parsed.value]);
      const whole = parts.length === 1 ? read(text) : null;
      return whole === null ? parsed : { value: [whole] };
    },
  };
}

function split(text: string, between: RegExp): string[] {
  return text
    .split(between)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function districts(codes: readonly string[]): Parsed<string[]> {
  return codes.length > 50
    ? { error: "number-out-of-range", parameters: { least: 0, most: 50 } }
    : { value: [...new Set(codes)] };
}
