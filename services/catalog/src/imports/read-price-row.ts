import type { TermsOf } from "@minka/contracts/offer-terms";
import type { PackUnit } from "@minka/domain/vocabulary";
import type { Values } from "@minka/imports/columns";
import type { Report } from "@minka/imports/findings";
import type { Product } from "@minka/language/find-product";
import { isTierName, minimumOf, type PriceListColumns } from "./price-list-columns.ts";

type Tier = TermsOf<"input">["tiers"][number];

/** What a row of any kind may say of an offer; null where its cell is empty or its column not there. */
type Common = {
  /** Null when only the product is named. */
  readonly title: string | null;
  /** What the offer is called when nothing else is said. */
  readonly usualTitle: string;
  readonly note: string | null;
};

type Delivered = {
  readonly tiers: readonly Tier[];
  readonly districtCodes: readonly string[];
  readonly days: number | null;
  /** Packs or pieces that there are. */
  readonly stock: number | null;
};

/** A row of a price list that is right in itself. */
export type PriceRow =
  | (Common &
      Delivered & {
        readonly kind: "input";
        readonly product: TermsOf<"input">["product"];
        readonly pack: { readonly amount: number; readonly unit: PackUnit };
        readonly organicApproved: boolean;
        readonly registerNumber: string | null;
      })
  | (Common &
      Delivered & {
        readonly kind: "equipment";
        readonly product: TermsOf<"equipment">["product"];
        readonly mode: TermsOf<"equipment">["mode"];
        readonly rentPer: TermsOf<"equipment">["rentPer"] | null;
        readonly warrantyMonths: number | null;
      })
  | (Common & {
      readonly kind: "service";
      readonly product: TermsOf<"service">["service"];
      readonly unit: TermsOf<"service">["unit"];
      readonly priceCentimos: number | null;
    });

export type PriceReport = Report<PriceListColumns>;
type Cells = Values<PriceListColumns>;

const packUnits: readonly string[] = ["kg", "liter", "unit"] satisfies PackUnit[];
const serviceUnits = ["sample", "kg", "quintal", "tonne", "hour", "day", "month", "visit", "plot"] as const;
const mostTiers = 12;
/** What redaction leaves in place of a word that is not stored. */
const redactedMark = "[…]";

/** A row's meaning by what it sells; what is wrong with it goes to the report, all at once. */
export function readPriceRow(cells: Cells, report: PriceReport, row: number): PriceRow | null {
  if (cells.product === null) return null;
  const { product, written } = cells.product;
  let good = true;
  const wrong: PriceReport["error"] = (place, code, parameters) => {
    report.error(place, code, parameters);
    good = false;
  };
  const read = readKind(product, cells, wrong, row);
  const said = cells.title?.replaceAll(redactedMark, "").trim() ?? "";
  if (!good || !read) return null;
  return {
    ...read,
    title: said.length >= 3 ? said : null,
    usualTitle: titleOf(written, product),
    note: cells.note,
  };
}

type Read<Row = PriceRow> = Row extends PriceRow ? Omit<Row, keyof Common> : never;

function readKind(product: Product, cells: Cells, wrong: PriceReport["error"], row: number): Read | null {
  const tiers = tiersOf(cells, wrong, row);
  if (product.kind === "service") {
    if (tiers.some(({ minimumPacks }) => minimumPacks > 1))
      wrong({ row, column: "product" }, "tiers-not-for-services");
    const unit = serviceUnits.find((known) => known === cells.unit);
    if (!unit) wrong({ row, column: "unit" }, "service-unit-missing");
    return unit ? { kind: "service", product: product.name, unit, priceCentimos: cells.price } : null;
  }
  if (tiers.length === 0) wrong({ row, column: "price" }, "value-missing");
  if (tiers.length > mostTiers) wrong({ row, column: "price" }, "too-many-prices", { most: mostTiers });
  const districtCodes = cells.places ?? [];
  if (districtCodes.length > 0 && cells.days === null)
    wrong({ row, column: "days" }, "delivery-days-missing");
  const delivered: Delivered = { tiers, districtCodes, days: cells.days, stock: cells.stock };
  if (product.kind === "equipment") {
    const { mode, rentPer, warrantyMonths } = cells;
    return {
      kind: "equipment",
      product: product.name,
      ...delivered,
      mode: mode ?? "sale",
      rentPer,
      warrantyMonths,
    };
  }
  const unit = cells.pack?.unit ?? (packUnits.find((known) => known === cells.unit) as PackUnit | undefined);
  if (!cells.pack) wrong({ row, column: "pack" }, "pack-missing");
  else if (!unit) wrong({ row, column: "pack" }, "pack-unreadable");
  if (!cells.pack || !unit) return null;
  return {
    kind: "input",
    product: product.name,
    ...delivered,
    pack: { amount: cells.pack.amount, unit },
    organicApproved: cells.organic === "yes",
    registerNumber: cells.registerNumber,
  };
}

/** The prices of a row by quantity; a dearer one for more is wrong. */
function tiersOf(cells: Cells, wrong: PriceReport["error"], row: number): Tier[] {
  const tiers: Tier[] = cells.price === null ? [] : [{ minimumPacks: 1, priceCentimos: cells.price }];
  const names = Object.keys(cells)
    .filter(isTierName)
    .toSorted((a, b) => minimumOf(a) - minimumOf(b));
  for (const name of names) {
    const priceCentimos = cells[name] ?? null;
    if (priceCentimos === null) continue;
    if (priceCentimos > (tiers.at(-1)?.priceCentimos ?? Number.POSITIVE_INFINITY))
      wrong({ row, column: name }, "price-rises");
    tiers.push({ minimumPacks: minimumOf(name), priceCentimos });
  }
  return tiers;
}

function titleOf(written: string, { name }: Product): string {
  const words = written.replaceAll(redactedMark, "").trim().slice(0, 80).trim();
  return words.length >= 3 ? words : name;
}
