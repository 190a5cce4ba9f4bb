import type { TermsOf } from "@minka/contracts/offer-terms";
import { limaDay, limaHour, weekday, addDays } from "@minka/domain/lima-time";
import { loanRequirements } from "@minka/domain/vocabulary";
import { array, assert, constantFrom, date, integer, property, record, subarray } from "fast-check";
import { expect, test } from "vitest";
import { assessProduct, inOrder } from "../src/credits/assess-product.ts";
import { mostMissing } from "../src/credits/credit-days.ts";
import { afterWorkingDays } from "../src/credits/credit-timer.ts";
import { repayInOrder } from "../src/credits/repay-in-order.ts";

const instalment = record({
  totalCentimos: integer({ min: 1, max: 1_000_000 }),
  paid: integer({ min: 0, max: 1_000_000 }),
}).map(({ totalCentimos, paid }) => ({ totalCentimos, paidCentimos: paid % (totalCentimos + 1) }));

test("what is paid back pays whole instalments in their order, and not a céntimo is lost", () => {
  assert(
    property(
      array(instalment, { minLength: 1, maxLength: 12 }),
      integer({ min: 0, max: 100 }),
      (rows, percent) => {
        const owed = (each: typeof rows) =>
          each.reduce((sum, { totalCentimos, paidCentimos }) => sum + totalCentimos - paidCentimos, 0);
        const centimos = Math.floor((owed(rows) * percent) / 100);
        const after = repayInOrder(rows, centimos);
        expect(owed(rows) - owed(after)).toBe(centimos);
        // Nothing is paid of an instalment while one before it is open.
        const paidNow = after.map(
          ({ paidCentimos }, index) => paidCentimos > (rows[index]?.paidCentimos ?? 0),
        );
        const last = paidNow.lastIndexOf(true);
        for (const [index, { totalCentimos, paidCentimos }] of after.entries())
          if (index < last) expect(paidCentimos).toBe(totalCentimos);
      },
    ),
  );
});

test("working days are counted from Monday to Friday, and end the morning after the last", () => {
  const range = {
    min: new Date("2026-01-01T00:00:00Z"),
    max: new Date("2027-12-31T00:00:00Z"),
    noInvalidDate: true,
  };
  assert(
    property(date(range), integer({ min: 1, max: 15 }), (at, count) => {
      const until = afterWorkingDays(at, count);
      expect(limaHour(until)).toBe(8);
      const last = addDays(limaDay(until), -1);
      let working = 0;
      for (let day = addDays(limaDay(at), 1); day <= last; day = addDays(day, 1))
        if (weekday(day) % 6 !== 0) working += 1;
      expect(working).toBe(count);
      expect(weekday(last) % 6).not.toBe(0);
    }),
  );
});

const terms: TermsOf<"credit"> = {
  kind: "credit",
  title: "Campaña",
  crops: [],
  purposes: ["other"],
  minimumCentimos: 10_000,
  maximumCentimos: 1_000_000,
  annualRatePercent: 40,
  minimumMonths: 1,
  maximumMonths: 24,
  graceMonths: 0,
  graceInterest: "paid",
  schedule: "monthly",
  openingFeeCentimos: 0,
  insuranceMonthlyPercent: 0,
  instalmentFeeCentimos: 0,
  requirements: [],
  audience: "everyone",
};
const some = subarray([...loanRequirements]);

test("whoever meets all is eligible, and nobody is asked for what something they have replaces", () => {
  const asked = array(record({ requirement: constantFrom(...loanRequirements), substitutes: some }), {
    maxLength: 6,
  });
  assert(
    property(asked, some, some, (requirements, holds, obtainable) => {
      const { standing, bring, ...found } = assessProduct(
        { ...terms, requirements },
        {
          holds,
          lacks: [],
          woman: false,
          obtaining: (one) => (obtainable.includes(one) ? "say_you_have_it" : "not_here"),
        },
        { amountCentimos: 100_000, months: 6, today: "2026-11-24" },
      );
      const missing = found.requirements.filter(({ met }) => !met);
      expect(standing === "eligible").toBe(missing.length === 0);
      if (standing === "nearly") {
        expect(missing.length).toBeLessThanOrEqual(mostMissing);
        for (const { wouldDo } of missing) expect(wouldDo.some(({ how }) => how !== "not_here")).toBe(true);
      }
      for (const one of bring) expect(holds).toContain(one);
    }),
  );
});

test("women's order has the same products as men's", () => {
  const product = record({
    costCentimos: integer({ min: 0, max: 1000 }),
    audience: constantFrom("everyone", "women_preferred", "women_only"),
    offerId: constantFrom("a", "b", "c", "d"),
  });
  assert(
    property(array(product), (products) => {
      const women = inOrder(products, true);
      expect(new Set(women)).toEqual(new Set(inOrder(products, false)));
      const first = women.findIndex(({ audience }) => audience === "everyone");
      if (first !== -1)
        expect(women.slice(first).every(({ audience }) => audience === "everyone")).toBe(true);
    }),
  );
});
