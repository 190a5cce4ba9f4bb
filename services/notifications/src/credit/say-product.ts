import type { Obtaining } from "@minka/contracts/credit-words";
import type { CreditProduct } from "@minka/contracts/credit-products";
import { formatSoles } from "@minka/domain/money";
import type { LoanRequirement } from "@minka/domain/vocabulary";
import { phrase, renderText, word } from "@minka/language/texts";
import { fits, fitSegments, shortName } from "../conversations/say-match.ts";

type Missing = CreditProduct["requirements"][number];

/** What is got soonest first. */
const soonest: readonly Obtaining[] = [
  "agree_to_history",
  "say_you_have_it",
  "ask_endorsement",
  "name_guarantors",
  "ask_visit",
  "ask_certificate",
  "join_organization",
  "sign_contract",
  "not_here",
];

/** Of what would do for something that is missing, what is got soonest, and how. */
export function soonestOf({ requirement, wouldDo }: Missing): {
  requirement: LoanRequirement;
  how: Obtaining;
} {
  const [first] = wouldDo.toSorted((a, b) => soonest.indexOf(a.how) - soonest.indexOf(b.how));
  return first ?? { requirement, how: "not_here" };
}

/** What a product's lender asks for and nobody has, but for what one is about to be asked about. */
export const missingOf = ({ requirements }: Pick<CreditProduct, "requirements">): Missing[] =>
  requirements.filter((one) => !one.met && soonestOf(one).how !== "agree_to_history");

/** "aval de su organización y ahorros". */
export function sayMissing(missing: readonly Missing[], language: string): string {
  const words = missing.map((one) => word("requirement", soonestOf(one).requirement, language));
  const last = words.at(-1) ?? "";
  return words.length > 1 ? phrase("and", { first: words.slice(0, -1).join(", "), last }, language) : last;
}

const nameLengths = [30, 26, 22, 18];
const mostListed = 3;

/**
 * "1 Caja Tocache: S/ 190 x 12, total S/ 2,280; falta aval de su organización": as many as two segments hold, three at
 * most. What all of them miss is said once.
 */
export function sayProducts(
  products: readonly CreditProduct[],
  { amountCentimos, months, language }: { amountCentimos: number; months: number; language: string },
): { text: string; listed: readonly CreditProduct[] } {
  const missingIn = (product: CreditProduct) => sayMissing(missingOf(product), language);
  const lineOf = (product: CreditProduct, number: number, longest: number) =>
    phrase(
      "credit_product",
      {
        number,
        lender: shortName(product.lenderName, longest),
        instalment: formatSoles(product.instalmentCentimos),
        count: product.instalments,
        total: formatSoles(product.totalCentimos),
      },
      language,
    );
  const linesOf = (listed: readonly CreditProduct[], longest: number): string[] => {
    const lines = listed.map((product, index) => lineOf(product, index + 1, longest));
    const missing = listed.map(missingIn);
    const [first = ""] = missing;
    if (listed.length > 1 && first !== "" && missing.every((each) => each === first))
      return [...lines, phrase("credit_all_missing", { missing: first }, language)];
    return lines.map((product, index) => {
      const lacks = missing[index];
      return lacks ? phrase("credit_product_missing", { product, missing: lacks }, language) : product;
    });
  };
  const textOf = (listed: readonly CreditProduct[]) =>
    fitSegments(
      (longest) =>
        renderText(
          "credit_products",
          { amount: formatSoles(amountCentimos), months, options: linesOf(listed, longest).join("\n") },
          language,
        ),
      nameLengths,
    );
  for (let most = Math.min(products.length, mostListed); most > 1; most -= 1) {
    const listed = products.slice(0, most);
    const text = textOf(listed);
    if (fits(text)) return { text, listed };
  }
  const listed = products.slice(0, 1);
  return { text: textOf(listed), listed };
}
