import type { OfferTerms, TermsOf } from "@minka/contracts/offer-terms";
import type { PriceRow } from "./read-price-row.ts";

/**
 * The terms that a row gives an offer. A column of the list says what the offer has, an empty cell that it has none;
 * what the list has no column for stays as it was.
 */
export function termsOfRow(row: PriceRow, before: OfferTerms | null, present: ReadonlySet<string>): object {
  const has = (column: string) => present.has(column) || before === null;
  const title = row.title ?? (before && "title" in before ? before.title : row.usualTitle);
  const note = has("note") ? (row.note ?? undefined) : before?.note;
  if (row.kind === "service") {
    const old = before?.kind === "service" ? before : null;
    return {
      ...old,
      kind: "service",
      title,
      service: row.product,
      unit: row.unit,
      priceCentimos: has("price") ? row.priceCentimos : (old?.priceCentimos ?? null),
      note,
    };
  }
  const old = before?.kind === row.kind ? before : null;
  const delivery = {
    districtCodes: has("places") ? row.districtCodes : (old?.delivery.districtCodes ?? []),
    days: has("days") ? (row.days ?? 0) : (old?.delivery.days ?? 0),
  };
  const stockPacks = has("stock") ? (row.stock ?? undefined) : old?.stockPacks;
  const common = { title, tiers: row.tiers, stockPacks, delivery, note };
  return row.kind === "input"
    ? { ...inputTerms(row, old?.kind === "input" ? old : null, has), ...common }
    : { ...equipmentTerms(row, old?.kind === "equipment" ? old : null, has), ...common };
}

type Has = (column: string) => boolean;

function inputTerms(row: Extract<PriceRow, { kind: "input" }>, old: TermsOf<"input"> | null, has: Has) {
  return {
    ...old,
    kind: "input",
    product: row.product,
    pack: row.pack,
    organicApproved: has("organic") ? row.organicApproved : (old?.organicApproved ?? false),
    registerNumber: has("registerNumber") ? (row.registerNumber ?? undefined) : old?.registerNumber,
  };
}

function equipmentTerms(
  row: Extract<PriceRow, { kind: "equipment" }>,
  old: TermsOf<"equipment"> | null,
  has: Has,
) {
  return {
    ...old,
    kind: "equipment",
    product: row.product,
    mode: row.mode,
    rentPer: row.rentPer ?? undefined,
    warrantyMonths: has("warrantyMonths") ? (row.warrantyMonths ?? undefined) : old?.warrantyMonths,
  };
}
