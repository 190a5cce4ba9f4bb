import { addMonths, type LimaDay } from "../lima-time.ts";
import type { Centimos } from "../money.ts";
import { fullCostPercent, monthlyRate } from "./rates.ts";

/** What of a lender's terms decides what a loan costs. */
export type LoanTerms = {
  /** TEA, per cent, year of 360 days. */
  readonly annualRatePercent: number;
  /** Months before the first instalment in which no capital is due. */
  readonly graceMonths: number;
  /** The interest of the grace months is paid each time, or added to what is owed. */
  readonly graceInterest: "paid" | "added";
  readonly schedule: "monthly" | "harvest";
  /** Months of the year, 1 to 12, in which a harvest schedule is paid. */
  readonly harvestMonths?: readonly number[] | undefined;
  /** Kept back when the loan is handed out. */
  readonly openingFeeCentimos: Centimos;
  /** Life insurance (desgravamen), per cent of what is owed, a month. */
  readonly insuranceMonthlyPercent: number;
  /** Paid with each instalment. */
  readonly instalmentFeeCentimos: Centimos;
};

type Instalment = {
  readonly number: number;
  readonly dueOn: LimaDay;
  readonly capitalCentimos: Centimos;
  readonly interestCentimos: Centimos;
  readonly insuranceCentimos: Centimos;
  readonly feeCentimos: Centimos;
  readonly totalCentimos: Centimos;
  /** Owed after it is paid. */
  readonly balanceCentimos: Centimos;
};

type LoanQuote = {
  readonly instalments: readonly Instalment[];
  /** What arrives in the borrower's hands: the amount without the opening fee. */
  readonly receivedCentimos: Centimos;
  /** Interest of the grace months that was added to the capital. */
  readonly addedInterestCentimos: Centimos;
  /** All that is paid, the opening fee too. */
  readonly totalCentimos: Centimos;
  /** What the loan costs: all that is paid beyond the amount. */
  readonly costCentimos: Centimos;
  /** The full cost rate (TCEA), per cent, to two decimals. */
  readonly fullCostPercent: number;
};

/**
 * What a loan of `amountCentimos` over `months` costs, paid as its terms say.
 *
 * Interest runs by months of 30 days at the TEM of the TEA (`rates.ts`), whatever the calendar says, so that a
 * loan without fees costs exactly its TEA; due dates are calendar months after `startsOn`. Instalments are level
 * (the French method): their worth at the TEM is what is owed, C = K / Σ (1 + TEM)^−t, for monthly payments and
 * for those of a harvest calendar alike; but none is less than its interest, however long the wait before it. Every amount is rounded to the céntimo, and the last instalment settles
 * what is owed. In the grace months interest is paid alone, or none is paid and it is added. A harvest schedule
 * is paid in the given months of the year within the term; when none falls within it after the grace, all is paid
 * once, at the end of the term. Insurance is due with each instalment for the months since the last one, on
 * what is owed before it.
 */
export function quoteLoan(
  terms: LoanTerms,
  { amountCentimos, months, startsOn }: { amountCentimos: Centimos; months: number; startsOn: LimaDay },
): LoanQuote {
  const rate = monthlyRate(terms.annualRatePercent);
  const growth = (elapsed: number) => Math.expm1(elapsed * Math.log1p(rate));
  const { interestMonths, capitalMonths } = paymentMonths(terms, months, startsOn);
  const owedFrom = terms.graceInterest === "added" ? terms.graceMonths : (interestMonths.at(-1) ?? 0);
  const addedInterestCentimos =
    terms.graceInterest === "added" ? Math.round(amountCentimos * growth(terms.graceMonths)) : 0;
  const owed = amountCentimos + addedInterestCentimos;
  const worthOfOne = capitalMonths.reduce((sum, month) => sum + (1 + rate) ** (owedFrom - month), 0);
  const level = Math.round(owed / worthOfOne);

  const instalments: Instalment[] = [];
  let balance = owed;
  let interestSince = terms.graceInterest === "added" ? terms.graceMonths : 0;
  let insuredSince = 0;
  const pay = (month: number, capitalOf: (interest: Centimos) => Centimos) => {
    const interestCentimos = Math.round(balance * growth(month - interestSince));
    const insuranceCentimos = Math.round(
      (balance * terms.insuranceMonthlyPercent * (month - insuredSince)) / 100,
    );
    const capitalCentimos = capitalOf(interestCentimos);
    balance -= capitalCentimos;
    instalments.push({
      number: instalments.length + 1,
      dueOn: addMonths(startsOn, month),
      capitalCentimos,
      interestCentimos,
      insuranceCentimos,
      feeCentimos: terms.instalmentFeeCentimos,
      totalCentimos: capitalCentimos + interestCentimos + insuranceCentimos + terms.instalmentFeeCentimos,
      balanceCentimos: balance,
    });
    [interestSince, insuredSince] = [month, month];
  };
  for (const month of interestMonths) pay(month, () => 0);
  const last = capitalMonths.at(-1);
  for (const month of capitalMonths) {
    // A céntimo of rounding must neither be owed for ever nor paid twice.
    pay(month, (interest) => (month === last ? balance : Math.min(balance, Math.max(0, level - interest))));
  }

  const paidMonths = [...interestMonths, ...capitalMonths];
  const paid = instalments.reduce((sum, { totalCentimos }) => sum + totalCentimos, 0);
  const receivedCentimos = amountCentimos - terms.openingFeeCentimos;
  const cost = fullCostPercent(
    receivedCentimos,
    instalments.map(({ totalCentimos }, index) => ({
      month: paidMonths[index] ?? months,
      centimos: totalCentimos,
    })),
  );
  return {
    instalments,
    receivedCentimos,
    addedInterestCentimos,
    totalCentimos: paid + terms.openingFeeCentimos,
    costCentimos: paid - receivedCentimos,
    fullCostPercent: Math.round(cost * 100) / 100,
  };
}

/** After how many months interest alone is paid, and after how many capital too. */
function paymentMonths(terms: LoanTerms, months: number, startsOn: LimaDay) {
  const all = Array.from({ length: months }, (_, index) => index + 1).filter(
    (month) =>
      terms.schedule === "monthly" ||
      (terms.harvestMonths ?? []).includes(Number(addMonths(startsOn, month).slice(5, 7))),
  );
  const capitalMonths = all.filter((month) => month > terms.graceMonths);
  const interestMonths =
    terms.graceInterest === "paid" ? all.filter((month) => month <= terms.graceMonths) : [];
  return { interestMonths, capitalMonths: capitalMonths.length > 0 ? capitalMonths : [months] };
}
