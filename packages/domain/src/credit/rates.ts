/**
 * Rates of interest as Peru states them: effective, a year of 360 days, a month of 30 (Ley 28587; Resolución SBS
 * 8181-2012 and 3274-2017 on transparency and conduct). A rate of 30 means 30 per cent.
 */
const monthsAYear = 12;

/** TEM, the effective rate of a month of 30 days, as a fraction: (1 + TEA)^(30/360) − 1. */
export function monthlyRate(annualPercent: number): number {
  return Math.expm1(Math.log1p(annualPercent / 100) / monthsAYear);
}

/** TEA in per cent of a monthly rate given as a fraction. */
export function annualPercent(monthly: number): number {
  return Math.expm1(Math.log1p(monthly) * monthsAYear) * 100;
}

type Payment = {
  /** Months of 30 days after the loan was handed out. */
  readonly month: number;
  readonly centimos: number;
};

/** Past this monthly rate (a year's cost of more than 10^15 per cent) nothing is a loan any more. */
const highestMonthlyRate = 15;

/**
 * TCEA, the full cost rate: the effective annual rate that makes all payments together worth what was received
 * on the day it was received (Ley 28587, article 4; Resolución SBS 8181-2012, annex on formulas). The tax on
 * transfers (ITF) is left out, as there.
 *
 * The worth of the payments only falls as the rate rises, so halving an interval always finds the one root.
 * Returns per cent. Throws a RangeError when nothing is received, or less than nothing is paid for it.
 */
export function fullCostPercent(received: number, payments: readonly Payment[]): number {
  const worth = (monthly: number) =>
    payments.reduce((sum, { month, centimos }) => sum + centimos * Math.exp(-month * Math.log1p(monthly)), 0);
  if (received <= 0) throw new RangeError("a loan of which nothing is received has no cost rate");
  let [low, high] = [-0.99, highestMonthlyRate];
  if (worth(low) < received || worth(high) > received) {
    throw new RangeError("no rate makes these payments worth what was received");
  }
  // 60 halvings of an interval of 16 reach the precision of a double.
  for (let halving = 0; halving < 60; halving += 1) {
    const middle = (low + high) / 2;
    if (worth(middle) > received) low = middle;
    else high = middle;
  }
  return annualPercent((low + high) / 2);
}
