import type { EligibilityReason, Obtaining } from "@minka/contracts/credit-words";
import type { CreditProduct } from "@minka/contracts/credit-products";
import type { TermsOf } from "@minka/contracts/offer-terms";
import { meetsRequirements } from "@minka/domain/credit/meets-requirements";
import { quoteLoan } from "@minka/domain/credit/quote-loan";
import type { LimaDay } from "@minka/domain/lima-time";
import type { LoanRequirement } from "@minka/domain/vocabulary";
import { mostMissing } from "./credit-days.ts";

/** What is known of a borrower that a lender may ask for. */
export type Standing = {
  readonly holds: readonly LoanRequirement[];
  /** Known not to be there. */
  readonly lacks: readonly LoanRequirement[];
  /** How one gets what is not there. */
  readonly obtaining: (requirement: LoanRequirement) => Obtaining;
  readonly woman: boolean;
};

type Asked = { readonly amountCentimos: number; readonly months: number; readonly today: LimaDay };

type Assessment = Omit<CreditProduct, "offerId" | "offerVersion" | "lenderId" | "lenderName" | "position"> & {
  readonly standing: "eligible" | "nearly" | "other";
};

/**
 * What a product costs a borrower and how they stand with what it asks for. Nearly there is whoever lacks at most two
 * things, each of which they can get here. What has an accepted substitute that is there is not asked for.
 */
export function assessProduct(
  terms: TermsOf<"credit">,
  { holds, lacks, obtaining, woman }: Standing,
  { amountCentimos, months, today }: Asked,
): Assessment {
  const { requirements: met } = meetsRequirements(terms.requirements, holds);
  const requirements = met.map(({ requirement, met: isMet, by, wouldDo }) => ({
    requirement,
    met: isMet,
    by,
    wouldDo: wouldDo.map((one) => ({ requirement: one, how: obtaining(one) })),
  }));
  const reasons: EligibilityReason[] = requirements.flatMap((one) => reasonsOf(one, lacks));
  const missing = requirements.filter((one) => !one.met);
  if (missing.length > mostMissing)
    reasons.push({ code: "too-many-missing", parameters: { missing: missing.length, most: mostMissing } });
  if (terms.audience !== "everyone" && woman) reasons.push({ code: "for-women-first", parameters: {} });
  const outside = reasonsOutside(terms, { amountCentimos, months });
  const obtainable = missing.every(({ wouldDo }) => wouldDo.some(({ how }) => how !== "not_here"));
  const nearly = missing.length <= mostMissing && obtainable;
  const within = (wanted: number, least: number, most: number) => Math.min(Math.max(wanted, least), most);
  const quote = quoteLoan(terms, {
    amountCentimos: within(amountCentimos, terms.minimumCentimos, terms.maximumCentimos),
    months: within(months, terms.minimumMonths, terms.maximumMonths),
    startsOn: today,
  });
  return {
    standing: outside.length > 0 ? "other" : missing.length === 0 ? "eligible" : nearly ? "nearly" : "other",
    title: terms.title,
    audience: terms.audience,
    instalments: quote.instalments.length,
    instalmentCentimos: Math.max(...quote.instalments.map(({ totalCentimos }) => totalCentimos)),
    receivedCentimos: quote.receivedCentimos,
    totalCentimos: quote.totalCentimos,
    costCentimos: quote.costCentimos,
    fullCostPercent: quote.fullCostPercent,
    firstDueOn: quote.instalments[0]?.dueOn ?? today,
    lastDueOn: quote.instalments.at(-1)?.dueOn ?? today,
    requirements,
    bring: requirements.flatMap(({ by }) => (by !== null && papers.includes(by) ? [by] : [])),
    reasons: [...reasons, ...outside],
  };
}

/** What is shown on paper; the rest Minka knows or others say. */
const papers: readonly LoanRequirement[] = [
  "identity_document",
  "land_title",
  "possession_certificate",
  "business_registration",
  "savings",
];

function reasonsOf(
  { requirement, by, wouldDo }: CreditProduct["requirements"][number],
  lacks: readonly LoanRequirement[],
): EligibilityReason[] {
  if (by === requirement) return [{ code: "requirement-met", parameters: { requirement, by } }];
  if (by !== null) return [{ code: "requirement-substituted", parameters: { requirement, by } }];
  const code = lacks.includes(requirement) ? "requirement-missing" : "requirement-unknown";
  return [
    { code, parameters: { requirement } },
    ...wouldDo.map(({ requirement: instead, how }) => ({
      code: "would-do" as const,
      parameters: { requirement, instead, how },
    })),
  ];
}

function reasonsOutside(
  terms: TermsOf<"credit">,
  { amountCentimos, months }: Pick<Asked, "amountCentimos" | "months">,
): EligibilityReason[] {
  const outside = (code: EligibilityReason["code"], value: number, least: number, most: number) =>
    value < least || value > most ? [{ code, parameters: { least, most } }] : [];
  return [
    ...outside("outside-amount", amountCentimos, terms.minimumCentimos, terms.maximumCentimos),
    ...outside("outside-months", months, terms.minimumMonths, terms.maximumMonths),
  ];
}

/** The cheapest first; for women those for women first before all others, which stay in the list. */
export function inOrder<Each extends Pick<CreditProduct, "costCentimos" | "audience" | "offerId">>(
  products: readonly Each[],
  woman: boolean,
): Each[] {
  const behind = ({ audience }: Each) => (woman && audience !== "everyone" ? 0 : 1);
  return products.toSorted(
    (a, b) => behind(a) - behind(b) || a.costCentimos - b.costCentimos || (a.offerId < b.offerId ? -1 : 1),
  );
}
