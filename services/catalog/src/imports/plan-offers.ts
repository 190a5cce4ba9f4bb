import { isDeepStrictEqual } from "node:util";
import { checkOfferTerms } from "@minka/contracts/check-offer-terms";
import { offerTerms, type OfferTerms } from "@minka/contracts/offer-terms";
import { limaDay } from "@minka/domain/lima-time";
import { findDistrict } from "@minka/geography/districts";
import { plainKey } from "@minka/geography/fold";
import type { NumberedRow } from "@minka/imports/definition";
import type { OfferRow } from "../offers/lock-offer.ts";
import type { ProviderRow } from "../providers/provider-rights.ts";
import type { PriceListColumns } from "./price-list-columns.ts";
import type { PriceReport, PriceRow } from "./read-price-row.ts";
import { termsOfRow } from "./terms-of-row.ts";

/** What a row of a price list comes to. */
export type PlannedOffer = {
  readonly terms: OfferTerms;
  /** The offer that it is about; null for a new one. */
  readonly offer: OfferRow | null;
  /** The offer says so already: that it does is confirmed. */
  readonly unchanged: boolean;
};

type Rows = readonly NumberedRow<PriceRow>[];
type Column = keyof PriceListColumns;

/** The kinds of offers that a price list is about. */
export const listedKinds = ["input", "equipment", "service"] as const;

/**
 * Which offer each row means, and what it is to say. A row means the offer of its product and pack: of several the one
 * with its title, and where one row meets one offer that one, whatever its title.
 */
export function planOffers(
  rows: Rows,
  {
    provider,
    offers,
    present,
    at,
  }: { provider: ProviderRow; offers: readonly OfferRow[]; present: ReadonlySet<string>; at: Date },
  report: PriceReport,
): PlannedOffer[] {
  const offersByKey = Map.groupBy(offers, ({ terms }) => keyOfTerms(terms));
  const rowsByKey = Map.groupBy(rows, ({ value }) => keyOfRow(value));
  const planned: PlannedOffer[] = [];
  for (const [key, alike] of rowsByKey) {
    const own = offersByKey.get(key) ?? [];
    const seen = new Map<string, number>();
    for (const { row, value } of alike) {
      const title = plainKey(value.title ?? "");
      const other = seen.get(title);
      if (other !== undefined) {
        report.error({ row }, "offer-repeated", { other });
        continue;
      }
      seen.set(title, row);
      const offer = meant(value, own, alike.length);
      if (offer === "unclear") {
        report.error({ row, column: "title" }, "offer-unclear");
        continue;
      }
      const terms = checked(termsOfRow(value, offer?.terms ?? null, present), { row, provider, at }, report);
      if (!terms) continue;
      if (offer && offer.state !== "published") report.warning({ row }, `offer-stays-${offer.state}`);
      if (offer && tiersLost(offer.terms, terms)) report.warning({ row }, "tiers-gone");
      planned.push({
        terms,
        offer,
        unchanged: offer !== null && isDeepStrictEqual(plain(offer.terms), plain(terms)),
      });
    }
  }
  return planned;
}

function meant(row: PriceRow, own: readonly OfferRow[], rowsAlike: number): OfferRow | "unclear" | null {
  if (row.title !== null) {
    const named = own.filter(
      ({ terms }) => "title" in terms && plainKey(terms.title) === plainKey(row.title ?? ""),
    );
    if (named.length === 1) return named[0] ?? null;
    if (named.length > 1) return "unclear";
  }
  const [only, ...others] = own;
  if (!only) return null;
  if (others.length === 0 && rowsAlike === 1) return only;
  // With a title of its own it is one more beside them; without one nobody can tell which it is.
  return row.title === null ? "unclear" : null;
}

function keyOfRow(row: PriceRow): string {
  if (row.kind === "input") return `input ${row.product} ${row.pack.amount} ${row.pack.unit}`;
  if (row.kind === "service") return `service ${row.product} ${row.unit}`;
  return `equipment ${row.product} ${row.mode} ${row.rentPer ?? ""}`;
}

function keyOfTerms(terms: OfferTerms): string {
  if (terms.kind === "input") return `input ${terms.product} ${terms.pack.amount} ${terms.pack.unit}`;
  if (terms.kind === "service") return `service ${terms.service} ${terms.unit}`;
  return terms.kind === "equipment"
    ? `equipment ${terms.product} ${terms.mode} ${terms.rentPer ?? ""}`
    : terms.kind;
}

/** Where each rule's field stands in a list, and what is said of it. */
const findingOf: Readonly<Record<string, [Column | undefined, string]>> = {
  kind: ["product", "kind-not-offered"],
  rentPer: ["rentPer", "rent-per-wrong"],
  warrantyMonths: ["warrantyMonths", "warranty-only-sold"],
  registerNumber: ["registerNumber", "register-number-wrong"],
  organicApproved: ["organic", "never-organic"],
  "pack.amount": ["pack", "pack-not-whole"],
};

/** The terms, where every rule of offers holds. */
function checked(
  terms: object,
  { row, provider, at }: { row: number; provider: ProviderRow; at: Date },
  report: PriceReport,
): OfferTerms | null {
  const parsed = offerTerms.safeParse(terms);
  const errors = parsed.success
    ? checkOfferTerms(parsed.data, {
        providerKinds: provider.kinds,
        registeredLender: provider.lenderRegister !== null,
        today: limaDay(at),
        isDistrict: (code) => findDistrict(code) !== undefined,
      }).map(({ path }) => path)
    : parsed.error.issues.map(({ path }) => path.join("."));
  for (const path of new Set(errors)) {
    const [column, code] = findingOf[path] ?? [undefined, "offer-wrong"];
    report.error(column ? { row, column } : { row }, code);
  }
  return parsed.success && errors.length === 0 ? parsed.data : null;
}

function tiersLost(before: OfferTerms, after: OfferTerms): boolean {
  return "tiers" in before && "tiers" in after && before.tiers.length > 1 && after.tiers.length === 1;
}

/** As the database keeps it. */
function plain(terms: OfferTerms): unknown {
  const parsed = offerTerms.safeParse(terms);
  return JSON.parse(JSON.stringify(parsed.success ? parsed.data : terms));
}
