import { quoteLoan } from "@minka/domain/credit/quote-loan";
import type { LimaDay } from "@minka/domain/lima-time";
import { pricePerUnit } from "@minka/domain/pack-price";
import type { CreditExample, OfferTerms, PublicOfferTerms, TermsOf } from "./offer-terms.ts";

/** Terms as anybody may see them. `today` is when the loan of the example would begin. */
export function publicTerms(terms: OfferTerms, today: LimaDay): PublicOfferTerms {
  if (terms.kind === "assistance") {
    const { base: _base, ...shown } = terms;
    return shown;
  }
  if (terms.kind === "input") {
    const prices = terms.tiers.map(({ priceCentimos }) => pricePerUnit(terms.pack, priceCentimos));
    return { ...terms, pricePerUnitCentimos: { from: Math.min(...prices), to: Math.max(...prices) } };
  }
  if (terms.kind === "credit") return { ...terms, example: creditExample(terms, today) };
  return terms;
}

/** What a small producer typically borrows; the same for every lender, so that their costs can be compared. */
const typical = { amountCentimos: 100_000, months: 12 };

function creditExample(terms: TermsOf<"credit">, startsOn: LimaDay): CreditExample {
  const within = (wanted: number, least: number, most: number) => Math.min(Math.max(wanted, least), most);
  const amountCentimos = within(typical.amountCentimos, terms.minimumCentimos, terms.maximumCentimos);
  const months = within(typical.months, terms.minimumMonths, terms.maximumMonths);
  const quote = quoteLoan(terms, { amountCentimos, months, startsOn });
  return {
    amountCentimos,
    months,
    instalments: quote.instalments.length,
    instalmentCentimos: Math.max(...quote.instalments.map(({ totalCentimos }) => totalCentimos)),
    totalCentimos: quote.totalCentimos,
    fullCostPercent: quote.fullCostPercent,
  };
}
