import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adjustPrice, type PriceAdjustment } from "../src/price-adjustments.ts";
import { contractValue, deductionKinds, settleLot, type SettlementInput } from "../src/settle-lot.ts";

const moisture: PriceAdjustment = {
  measure: "moisturePercent",
  beyond: "above",
  from: 7,
  per: 0.5,
  centimosPerKg: -10,
  counts: "full",
  atMostCentimosPerKg: null,
};
const cup: PriceAdjustment = {
  measure: "cupPoints",
  beyond: "above",
  from: 80,
  per: 1,
  centimosPerKg: 15,
  counts: "fractions",
  atMostCentimosPerKg: 60,
};

const randomSettlement: fc.Arbitrary<SettlementInput> = fc.record({
  lines: fc
    .array(
      fc.record({
        person: fc.integer({ min: 0, max: 9 }),
        grams: fc.integer({ min: 1, max: 900_000 }),
        centimosPerKg: fc.integer({ min: 0, max: 3_000 }),
        quality: fc.record({
          moisturePercent: fc.option(
            fc.integer({ min: 50, max: 120 }).map((tenths) => tenths / 10),
            { nil: undefined },
          ),
          cupPoints: fc.option(
            fc.integer({ min: 7_500, max: 9_000 }).map((value) => value / 100),
            { nil: undefined },
          ),
        }),
      }),
      { minLength: 1, maxLength: 25 },
    )
    .map((all) =>
      all.map(({ person, ...line }, index) => ({
        ...line,
        id: `l${index}`,
        personId: `p${person}`,
        woman: person % 3 === 0,
      })),
    ),
  adjustments: fc.subarray([moisture, cup]),
  contractCentimos: fc.integer({ min: 2_000_000, max: 5_000_000_000 }),
  womenPremiumCentimosPerKg: fc.integer({ min: 0, max: 80 }),
  feePercent: fc.constantFrom(0, 2, 3.5),
  feeCentimosPerKg: fc.constantFrom(0, 5),
  deductions: fc
    .array(
      fc.record({
        person: fc.integer({ min: 0, max: 11 }),
        kind: fc.constantFrom(...deductionKinds),
        centimos: fc.oneof(fc.integer({ min: 0, max: 50_000 }), fc.integer({ min: 0, max: 2_000_000_000 })),
      }),
      { maxLength: 20 },
    )
    .map((all) =>
      all.map(({ person, ...one }, index) => ({ ...one, personId: `p${person}`, id: `d${index}` })),
    ),
});

describe("a lot's settlement", () => {
  it("gives members the contract's value to the céntimo, and never takes more than is due or there is", () => {
    fc.assert(
      fc.property(randomSettlement, (input) => {
        const settlement = settleLot(input);
        expect(settlement.grossCentimos + settlement.premiumCentimos).toBe(input.contractCentimos);
        expect(settlement.netCentimos + settlement.deductedCentimos).toBe(input.contractCentimos);
        for (const member of settlement.members) {
          const { grossCentimos, premiumCentimos, netCentimos, deductions } = member;
          expect(netCentimos).toBeGreaterThanOrEqual(0);
          let taken = 0;
          for (const one of deductions) {
            taken += one.takenCentimos;
            expect(one.takenCentimos).toBeGreaterThanOrEqual(0);
            expect(one.takenCentimos + one.carriedCentimos).toBe(one.dueCentimos);
          }
          expect(netCentimos).toBe(grossCentimos + premiumCentimos - taken);
          // What is carried is carried because nothing is left.
          if (deductions.some(({ carriedCentimos }) => carriedCentimos > 0)) expect(netCentimos).toBe(0);
          expect(deductions.map(({ kind }) => kind)).toEqual(
            deductions
              .map(({ kind }) => kind)
              .toSorted((a, b) => deductionKinds.indexOf(a) - deductionKinds.indexOf(b)),
          );
        }
        const named = settlement.members.flatMap(({ deductions }) =>
          deductions.filter(({ id }) => id !== null),
        );
        expect(new Set(named.map(({ id }) => id))).toEqual(new Set(input.deductions.map(({ id }) => id)));
        expect(named).toHaveLength(input.deductions.length);
      }),
      { numRuns: 500 },
    );
  });

  it("pays each line its own price, to the céntimo, where the contract is worth what the lines are", () => {
    fc.assert(
      fc.property(randomSettlement, (input) => {
        const contractCentimos = contractValue(input);
        const { members } = settleLot({ ...input, contractCentimos });
        const premiums = input.womenPremiumCentimosPerKg;
        for (const { lines, personId } of members) {
          for (const { grams, centimosPerKg, grossCentimos, premiumCentimos } of lines) {
            const woman = Number(personId.slice(1)) % 3 === 0;
            expect(Math.abs(premiumCentimos - (woman ? (grams * premiums) / 1_000 : 0))).toBeLessThan(1.01);
            if (centimosPerKg > 0) {
              expect(Math.abs(grossCentimos - (grams * centimosPerKg) / 1_000)).toBeLessThan(1.01);
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("deducts advances, then the fee, then credits, and carries what is left over", () => {
    const line = { id: "l", personId: "p", woman: true, grams: 100_000, centimosPerKg: 1_000, quality: {} };
    const { members } = settleLot({
      lines: [line],
      adjustments: [],
      contractCentimos: 105_000,
      womenPremiumCentimosPerKg: 50,
      feePercent: 2,
      feeCentimosPerKg: 5,
      deductions: [
        { personId: "p", kind: "credit", id: "loan", centimos: 90_000 },
        { personId: "p", kind: "advance", id: "money", centimos: 30_000 },
      ],
    });
    expect(members).toEqual([
      expect.objectContaining({ grossCentimos: 100_000, premiumCentimos: 5_000, netCentimos: 0 }),
    ]);
    expect(members[0]?.deductions).toEqual([
      { kind: "advance", id: "money", dueCentimos: 30_000, takenCentimos: 30_000, carriedCentimos: 0 },
      { kind: "fee", id: null, dueCentimos: 2_500, takenCentimos: 2_500, carriedCentimos: 0 },
      { kind: "credit", id: "loan", dueCentimos: 90_000, takenCentimos: 72_500, carriedCentimos: 17_500 },
    ]);
  });

  it.each([
    ["no lines", { lines: [] }, "no-lines"],
    ["a premium above what the buyer pays", { contractCentimos: 10 }, "premium-above-contract"],
    ["a negative contract", { contractCentimos: -1 }, "absurd-contract"],
    ["half a céntimo", { contractCentimos: 100_000.5 }, "absurd-contract"],
    [
      "a negative deduction",
      { deductions: [{ personId: "p", kind: "fee" as const, id: "d", centimos: -1 }] },
      "absurd-deduction",
    ],
    ["a fee above everything", { feePercent: 101 }, "absurd-fee"],
  ])("refuses %s", (_, wrong, code) => {
    const line = { id: "l", personId: "p", woman: true, grams: 100_000, centimosPerKg: 1_000, quality: {} };
    const right: SettlementInput = {
      lines: [line],
      adjustments: [],
      contractCentimos: 100_000,
      womenPremiumCentimosPerKg: 50,
      feePercent: 0,
      feeCentimosPerKg: 0,
      deductions: [],
    };
    expect(() => settleLot({ ...right, ...wrong })).toThrow(
      expect.objectContaining({
        code: "settlement-absurd",
        errors: [expect.objectContaining({ message: code })],
      }),
    );
  });
});

describe("a contract's price", () => {
  it.each([
    [{ moisturePercent: 7 }, 1_000],
    [{ moisturePercent: 7.49 }, 1_000],
    [{ moisturePercent: 7.5 }, 990],
    [{ moisturePercent: 8.2 }, 980],
    [{ cupPoints: 82.5 }, 1_038],
    [{ cupPoints: 90 }, 1_060],
    [{ moisturePercent: 60 }, 0],
    [{ moisturePercent: 7.5, cupPoints: 81 }, 1_005],
    [{}, 1_000],
  ])("with %o becomes %i", (quality, expected) => {
    expect(adjustPrice(1_000, quality, [moisture, cup]).centimosPerKg).toBe(expected);
  });

  it("counts each step begun where the contract says so", () => {
    expect(
      adjustPrice(1_000, { moisturePercent: 7.51 }, [{ ...moisture, counts: "begun" }]).centimosPerKg,
    ).toBe(980);
  });
});
