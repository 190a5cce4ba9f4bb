import { checkOfferTerms } from "@minka/contracts/check-offer-terms";
import { offerSummary } from "@minka/contracts/offer-summary";
import { offerTerms, publicOfferTerms, type TermsOf } from "@minka/contracts/offer-terms";
import { publicTerms } from "@minka/contracts/public-terms";
import { loanPurposes, loanRequirements, packUnits } from "@minka/domain/vocabulary";
import * as fc from "fast-check";
import { expect, test } from "vitest";

const today = "2026-11-24";
const facts = {
  providerKinds: ["lender", "supplier"] as const,
  registeredLender: true,
  today,
  isDistrict: () => true,
};

/** Anything that the shape allows, the extremes too; many break a rule. */
const anyLoan = fc.record<TermsOf<"credit">>({
  kind: fc.constant("credit"),
  title: fc.constant("Any loan"),
  crops: fc.constant([]),
  purposes: fc.constant([loanPurposes[0]]),
  minimumCentimos: fc.integer({ min: 0, max: 1_000_000_000 }),
  maximumCentimos: fc.integer({ min: 0, max: 1_000_000_000 }),
  annualRatePercent: fc.oneof(fc.constantFrom(0, 300), fc.double({ min: 0, max: 300, noNaN: true })),
  minimumMonths: fc.integer({ min: 1, max: 120 }),
  maximumMonths: fc.integer({ min: 1, max: 120 }),
  graceMonths: fc.integer({ min: 0, max: 36 }),
  graceInterest: fc.constantFrom("paid", "added"),
  schedule: fc.constantFrom("monthly", "harvest"),
  harvestMonths: fc.option(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 }), {
    nil: undefined,
  }),
  openingFeeCentimos: fc.integer({ min: 0, max: 1_000_000_000 }),
  insuranceMonthlyPercent: fc.double({ min: 0, max: 5, noNaN: true }),
  instalmentFeeCentimos: fc.integer({ min: 0, max: 1_000_000_000 }),
  requirements: fc.array(
    fc.record({
      requirement: fc.constantFrom(...loanRequirements),
      substitutes: fc.array(fc.constantFrom(...loanRequirements), { maxLength: 3 }),
    }),
    { maxLength: 4 },
  ),
  audience: fc.constant("everyone"),
});

/** Loans within the rules, dear ones too. */
const soundLoan = anyLoan.map((loan) => {
  const [minimumCentimos = 0, maximumCentimos = 0] = [loan.minimumCentimos + 100, loan.maximumCentimos + 100]
    .map((amount) => Math.min(amount, 1_000_000_000))
    .sort((a, b) => a - b);
  const [minimumMonths = 0, maximumMonths = 0] = [loan.minimumMonths, loan.maximumMonths].sort(
    (a, b) => a - b,
  );
  return {
    ...loan,
    minimumCentimos,
    maximumCentimos,
    minimumMonths,
    maximumMonths,
    graceMonths: loan.graceMonths % minimumMonths,
    harvestMonths: loan.schedule === "harvest" ? (loan.harvestMonths ?? [6]) : undefined,
    openingFeeCentimos: loan.openingFeeCentimos % (Math.floor(minimumCentimos / 2) + 1),
    instalmentFeeCentimos: loan.instalmentFeeCentimos % (minimumCentimos + 1),
    requirements: [],
  };
});

test("every loan that keeps the rules can be shown to the public with its cost", () => {
  fc.assert(
    fc.property(soundLoan, (loan) => {
      expect(checkOfferTerms(loan, facts)).toEqual([]);
      const shown = publicTerms(loan, today);
      expect(publicOfferTerms.safeParse(shown).error).toBeUndefined();
      if (shown.kind !== "credit") throw new Error("a loan stays one");
      expect(shown.example.fullCostPercent).toBeGreaterThan(loan.annualRatePercent - 1);
    }),
    { numRuns: 500 },
  );
});

test("errors name fields that the terms have", () => {
  fc.assert(
    fc.property(anyLoan, (loan) => {
      for (const { path } of checkOfferTerms(loan, facts)) {
        expect(Object.keys(loan)).toContain(path.split(".")[0]);
      }
    }),
  );
});

test("every pack that can be written has a price for its unit and a name for its pack", () => {
  const pack = fc.record({
    amount: fc.oneof(
      fc.constantFrom(0.01, 1, 20, 100_000),
      fc.double({ min: 0.01, max: 100_000, noNaN: true }),
    ),
    unit: fc.constantFrom(...packUnits),
  });
  fc.assert(
    fc.property(pack, fc.integer({ min: 0, max: 1_000_000_000 }), (pack, priceCentimos) => {
      const terms = offerTerms.parse({
        kind: "input",
        title: "Any input",
        product: "lime",
        pack,
        tiers: [{ minimumPacks: 1, priceCentimos }],
        delivery: { days: 1 },
        organicApproved: true,
      });
      expect(publicOfferTerms.safeParse(publicTerms(terms, today)).error).toBeUndefined();
      expect(offerSummary(terms).priceUnit).toMatch(/^(kg|litro|unidad|(saco|bolsa|envase|paquete) de .+)$/);
    }),
  );
});
