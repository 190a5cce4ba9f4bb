import * as fc from "fast-check";
import { fairnessRules, type Contribution, type LotInstance } from "../src/lot-instance.ts";

const points = ["alto", "bajo", "centro"] as const;

/** Small lots of cacao or coffee, tight enough that many have no composition, and every rule and limit has its turn. */
export function randomLot(parts: boolean): fc.Arbitrary<LotInstance> {
  const grams = parts
    ? fc.oneof(
        fc.integer({ min: 1, max: 5 }).map((kg) => kg * 1_000),
        fc.integer({ min: 500, max: 5_500 }),
      )
    : fc.integer({ min: 20_000, max: 400_000 });
  const contributions = fc
    .array(randomContribution(grams), { minLength: 3, maxLength: parts ? 5 : 8 })
    .map((all) => all.map((one, index): Contribution => ({ ...one, id: `c${index}`, pledgedOrder: index })));
  return contributions.chain((all) => {
    const total = all.reduce((sum, one) => sum + one.grams, 0);
    return fc.record({
      contributions: fc.constant(all),
      minimumGrams: fc.double({ min: 0.1, max: 0.5, noNaN: true }).map((share) => Math.ceil(share * total)),
      maximumGrams: fc
        .double({ min: 0.6, max: 1.1, noNaN: true })
        .map((share) => Math.max(2_000, Math.ceil(share * total))),
      limits: fc.record({
        maximumMoisturePercent: asked(hundredths(720, 800)),
        maximumDefectsPercent: asked(hundredths(220, 400)),
        minimumFermentationPercent: asked(hundredths(6_500, 7_200)),
        minimumCupPoints: asked(hundredths(8_000, 8_300)),
        maximumCadmiumMgPerKg: asked(
          fc.integer({ min: 450, max: 800 }).map((micrograms) => micrograms / 1_000),
        ),
      }),
      certificates: fc.constantFrom([], [], [], ["organic"]),
      minimumWomenSharePercent: fc.constantFrom(0, 0, 25, 40, 62.5),
      pickupCentimos: fc.record(
        { alto: pickup(parts), bajo: pickup(parts), centro: pickup(parts) },
        { requiredKeys: ["alto"] },
      ),
      parts: fc.constant(parts),
      minimumPartGrams: parts ? fc.constantFrom(0, 500, 900, 2_000) : fc.constant(0),
      fairness: fc.constantFrom(...fairnessRules),
    });
  });
}

function randomContribution(
  grams: fc.Arbitrary<number>,
): fc.Arbitrary<Omit<Contribution, "id" | "pledgedOrder">> {
  return fc
    .record({
      person: fc.integer({ min: 0, max: 5 }),
      grams,
      sizeClass: fc.constantFrom("small", "medium", "large", null),
      point: fc.constantFrom(...points, null),
      quality: fc.record(
        {
          moisturePercent: measured(650, 850, 100),
          defectsPercent: measured(50, 500, 100),
          fermentationPercent: measured(6_000, 8_000, 100),
          cupPoints: measured(7_800, 8_600, 100),
          cadmiumMgPerKg: measured(100, 1_200, 1_000),
        },
        { noNullPrototype: true },
      ),
      certificates: fc.constantFrom(["organic"], ["organic"], ["organic", "fairtrade"], [], ["organic"]),
      centimosPerKg: fc.integer({ min: 500, max: 2_000 }),
    })
    .map(({ person, ...one }) => ({ ...one, personId: `p${person}`, woman: person % 2 === 0 }));
}

/** Seldom not measured at all. */
function measured(min: number, max: number, units: number): fc.Arbitrary<number | undefined> {
  return fc.option(
    fc.integer({ min, max }).map((value) => value / units),
    { nil: undefined, freq: 30 },
  );
}

/** Sometimes not asked. */
function asked(limit: fc.Arbitrary<number>): fc.Arbitrary<number | undefined> {
  return fc.option(limit, { nil: undefined, freq: 1 });
}

function hundredths(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min, max }).map((value) => value / 100);
}

function pickup(parts: boolean): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: parts ? 4_000 : 150_000 });
}
