import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { meetsRequirements } from "@minka/domain/credit/meets-requirements";
import { quoteLoan, type LoanTerms } from "@minka/domain/credit/quote-loan";
import { annualPercent, fullCostPercent, monthlyRate } from "@minka/domain/credit/rates";
import { addMonths } from "@minka/domain/lima-time";
import { loanRequirements } from "@minka/domain/vocabulary";

const plain: LoanTerms = {
  annualRatePercent: 30,
  graceMonths: 0,
  graceInterest: "paid",
  schedule: "monthly",
  openingFeeCentimos: 0,
  insuranceMonthlyPercent: 0,
  instalmentFeeCentimos: 0,
};
const startsOn = "2026-11-24";

describe("examples that lenders have published", () => {
  // A microfinance company's leaflet on TEA and TCEA: S/ 10,000 for 30 days at a TEA of 99 %, insurance of 0.079 %.
  test("one instalment with insurance", () => {
    const quote = quoteLoan(
      { ...plain, annualRatePercent: 99, insuranceMonthlyPercent: 0.079 },
      { amountCentimos: 1_000_000, months: 1, startsOn },
    );
    expect(monthlyRate(99)).toBeCloseTo(0.0590206, 6);
    expect(quote.instalments).toEqual([
      {
        number: 1,
        dueOn: "2026-12-24",
        capitalCentimos: 1_000_000,
        interestCentimos: 59_021,
        insuranceCentimos: 790,
        feeCentimos: 0,
        totalCentimos: 1_059_811,
        balanceCentimos: 0,
      },
    ]);
    expect(quote.costCentimos).toBe(59_811);
    expect(quote.fullCostPercent).toBe(100.79);
  });

  // A savings bank's formulas for consumer loans (8 November 2019): S/ 10,000 in 12 instalments at a TEM of 2.4000129 %.
  test("twelve level instalments", () => {
    const { instalments } = quoteLoan(
      { ...plain, annualRatePercent: annualPercent(0.024000129), insuranceMonthlyPercent: 0.1 },
      { amountCentimos: 1_000_000, months: 12, startsOn },
    );
    const six = instalments.slice(0, 6);
    expect(six.map(({ capitalCentimos, interestCentimos }) => capitalCentimos + interestCentimos)).toEqual(
      Array.from({ length: 6 }, () => 96_898),
    );
    const published = [
      [72_898, 24_000, 927_102],
      [74_647, 22_251, 852_455],
      [76_439, 20_459, 776_016],
      [78_273, 18_624, 697_743],
      [80_152, 16_746, 617_591],
      [82_076, 14_822, 535_515],
    ];
    for (const [index, [capital = 0, interest = 0, balance = 0]] of published.entries()) {
      // The leaflet carries fractions of a céntimo from line to line; each of ours is whole.
      expect(Math.abs((six[index]?.capitalCentimos ?? 0) - capital)).toBeLessThanOrEqual(1);
      expect(Math.abs((six[index]?.interestCentimos ?? 0) - interest)).toBeLessThanOrEqual(1);
      expect(Math.abs((six[index]?.balanceCentimos ?? 0) - balance)).toBeLessThanOrEqual(3);
    }
    expect(six[0]?.insuranceCentimos).toBe(1_000);
  });
});

describe("a harvest calendar", () => {
  test("is paid in its months alone, the last settles, and it costs the rate", () => {
    const quote = quoteLoan(
      { ...plain, schedule: "harvest", harvestMonths: [5, 6, 7] },
      { amountCentimos: 300_000, months: 9, startsOn },
    );
    expect(quote.instalments.map(({ dueOn }) => dueOn)).toEqual(["2027-05-24", "2027-06-24", "2027-07-24"]);
    // 3,000 × (1.3^(6/12) − 1)
    expect(quote.instalments[0]?.interestCentimos).toBe(42_053);
    expect(quote.instalments.at(-1)?.balanceCentimos).toBe(0);
    expect(quote.fullCostPercent).toBeCloseTo(30, 1);
  });

  test("without a harvest in the term is paid once, at its end", () => {
    const quote = quoteLoan(
      { ...plain, schedule: "harvest", harvestMonths: [10] },
      { amountCentimos: 300_000, months: 6, startsOn },
    );
    expect(quote.instalments.map(({ dueOn, totalCentimos }) => [dueOn, totalCentimos])).toEqual([
      ["2027-05-24", 342_053],
    ]);
  });
});

describe("months of grace", () => {
  const asked = { amountCentimos: 120_000, months: 6, startsOn };

  test("with the interest paid: no capital before they are over", () => {
    const { instalments, addedInterestCentimos } = quoteLoan({ ...plain, graceMonths: 2 }, asked);
    expect(instalments.map(({ capitalCentimos }) => capitalCentimos > 0)).toEqual([
      false,
      false,
      true,
      true,
      true,
      true,
    ]);
    expect(addedInterestCentimos).toBe(0);
  });

  test("with the interest added: nothing is paid, and more is owed", () => {
    const { instalments, addedInterestCentimos } = quoteLoan(
      { ...plain, graceMonths: 2, graceInterest: "added" },
      asked,
    );
    expect(instalments.map(({ dueOn }) => dueOn)).toEqual([
      "2027-02-24",
      "2027-03-24",
      "2027-04-24",
      "2027-05-24",
    ]);
    // 1,200 × (1.3^(2/12) − 1)
    expect(addedInterestCentimos).toBe(5_364);
  });
});

const terms = fc.record<LoanTerms>({
  annualRatePercent: fc.integer({ min: 0, max: 12_000 }).map((hundredths) => hundredths / 100),
  graceMonths: fc.integer({ min: 0, max: 4 }),
  graceInterest: fc.constantFrom("paid", "added"),
  schedule: fc.constantFrom("monthly", "harvest"),
  harvestMonths: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1 }),
  openingFeeCentimos: fc.integer({ min: 0, max: 5_000 }),
  insuranceMonthlyPercent: fc.integer({ min: 0, max: 20 }).map((tenths) => tenths / 10),
  instalmentFeeCentimos: fc.integer({ min: 0, max: 1_000 }),
});
const asked = fc.record({
  amountCentimos: fc.integer({ min: 50_000, max: 100_000_000 }),
  months: fc.integer({ min: 5, max: 60 }),
  startsOn: fc.constantFrom("2026-01-31", "2026-11-24", "2028-02-29"),
});
/** What whole céntimos and two decimals may move a rate. */
const rounding = 0.05;

describe("whatever the terms", () => {
  test("the instalments pay back what is owed, and their parts make their totals", () => {
    fc.assert(
      fc.property(terms, asked, (lent, loan) => {
        const quote = quoteLoan(lent, loan);
        const sum = (part: (one: (typeof quote.instalments)[number]) => number) =>
          quote.instalments.reduce((total, one) => total + part(one), 0);
        expect(sum((one) => one.capitalCentimos)).toBe(loan.amountCentimos + quote.addedInterestCentimos);
        expect(quote.instalments.at(-1)?.balanceCentimos).toBe(0);
        for (const one of quote.instalments) {
          expect(one.totalCentimos).toBe(
            one.capitalCentimos + one.interestCentimos + one.insuranceCentimos + one.feeCentimos,
          );
          expect(
            Math.min(one.capitalCentimos, one.interestCentimos, one.balanceCentimos),
          ).toBeGreaterThanOrEqual(0);
        }
        expect(quote.totalCentimos).toBe(sum((one) => one.totalCentimos) + lent.openingFeeCentimos);
        expect(quote.costCentimos).toBe(quote.totalCentimos - loan.amountCentimos);
        const dates = quote.instalments.map(({ dueOn }) => dueOn);
        expect(dates).toEqual([...new Set(dates)].sort());
        expect(dates.at(-1)! <= addMonths(loan.startsOn, loan.months)).toBe(true);
      }),
    );
  });

  test("the full cost rate is the rate when nothing else is charged, and never less", () => {
    fc.assert(
      fc.property(terms, asked, (lent, loan) => {
        const bare = { ...lent, openingFeeCentimos: 0, insuranceMonthlyPercent: 0, instalmentFeeCentimos: 0 };
        expect(Math.abs(quoteLoan(bare, loan).fullCostPercent - lent.annualRatePercent)).toBeLessThan(
          rounding,
        );
        expect(quoteLoan(lent, loan).fullCostPercent).toBeGreaterThan(lent.annualRatePercent - rounding);
      }),
    );
  });

  test("a dearer fee, insurance or rate never makes it cheaper", () => {
    fc.assert(
      fc.property(terms, asked, fc.integer({ min: 1, max: 500 }), (lent, loan, more) => {
        const cost = quoteLoan(lent, loan).fullCostPercent;
        for (const dearer of [
          { openingFeeCentimos: lent.openingFeeCentimos + more },
          { instalmentFeeCentimos: lent.instalmentFeeCentimos + more },
          { insuranceMonthlyPercent: lent.insuranceMonthlyPercent + more / 1_000 },
          { annualRatePercent: lent.annualRatePercent + more / 10 },
        ]) {
          expect(quoteLoan({ ...lent, ...dearer }, loan).fullCostPercent).toBeGreaterThan(cost - rounding);
        }
      }),
    );
  });

  test("a cost rate makes the payments worth what was received", () => {
    const payments = fc
      .array(
        fc.record({
          month: fc.integer({ min: 1, max: 120 }),
          centimos: fc.integer({ min: 1, max: 10 ** 8 }),
        }),
        {
          minLength: 1,
          maxLength: 24,
        },
      )
      .filter((all) => all.reduce((sum, { centimos }) => sum + centimos, 0) >= 10_000);
    fc.assert(
      fc.property(payments, fc.double({ min: 0.1, max: 1, noNaN: true }), (all, share) => {
        const received = share * all.reduce((sum, { centimos }) => sum + centimos, 0);
        const rate = fullCostPercent(received, all) / 100;
        const worth = all.reduce(
          (sum, { month, centimos }) => sum + centimos / (1 + rate) ** (month / 12),
          0,
        );
        expect(Math.abs(worth - received) / received).toBeLessThan(1e-6);
      }),
    );
  });
});

test("months are added to a day without leaving the month", () => {
  expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
  expect(addMonths("2026-11-30", 3)).toBe("2027-02-28");
  expect(addMonths("2026-12-15", 12)).toBe("2027-12-15");
});

describe("requirements with what may stand in for them", () => {
  const land = {
    requirement: "land_title",
    substitutes: ["possession_certificate", "association_endorsement"],
  } as const;
  const dni = { requirement: "identity_document", substitutes: [] } as const;

  test("a substitute does, and what is missing is named with what would do", () => {
    expect(meetsRequirements([dni, land], ["identity_document", "association_endorsement"])).toEqual({
      met: true,
      requirements: [
        { requirement: "identity_document", met: true, by: "identity_document", wouldDo: [] },
        { requirement: "land_title", met: true, by: "association_endorsement", wouldDo: [] },
      ],
    });
    expect(meetsRequirements([dni, land], ["identity_document"])).toMatchObject({
      met: false,
      requirements: [
        { met: true },
        {
          met: false,
          by: null,
          wouldDo: ["land_title", "possession_certificate", "association_endorsement"],
        },
      ],
    });
  });

  test("having more never loses a requirement, and having all meets all", () => {
    const one = fc.constantFrom(...loanRequirements);
    const some = fc.array(fc.record({ requirement: one, substitutes: fc.array(one, { maxLength: 4 }) }), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(some, fc.array(one), one, (asked, has, more) => {
        const before = meetsRequirements(asked, has);
        const after = meetsRequirements(asked, [...has, more]);
        for (const [index, { met }] of before.requirements.entries()) {
          expect(!met || after.requirements[index]?.met).toBe(true);
        }
        expect(meetsRequirements(asked, loanRequirements).met).toBe(true);
      }),
    );
  });
});
