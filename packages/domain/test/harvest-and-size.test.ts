import { areaUnits, hectares, squareMetres } from "@minka/domain/area-units";
import {
  convertHarvest,
  defaultConversions,
  harvestKg,
  harvestStates,
  harvestUnits,
  type WeighedCrop,
} from "@minka/domain/harvest-weights";
import { deriveSize, isSizedCrop, sizeClass, sizeClasses } from "@minka/domain/size-class";
import { crops } from "@minka/domain/vocabulary";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const weighed = fc.constantFrom<WeighedCrop>("cacao", "coffee");
const weight = fc.double({ min: 0.01, max: 100_000, noNaN: true });
const weighedIn = weighed.chain((crop) => {
  const state = fc.constantFrom(...harvestStates(crop));
  return fc.record({ crop: fc.constant(crop), from: state, to: state, other: state });
});

describe("areas", () => {
  test.each([
    [2, "ha", 20_000],
    [0.25, "ha", 2_500],
    [350, "m2", 350],
    [3, "yugada", 8_100],
    [1, "topo", 3_493],
    [1.5, "topo", 5_240],
  ] as const)("%s %s are %s m²", (amount, unit, metres) =>
    expect(squareMetres({ amount, unit })).toBe(metres),
  );

  test("twice as much is twice as large, but for what rounding to a square metre takes", () => {
    const area = fc.record({
      amount: fc.double({ min: 0.001, max: 1_000, noNaN: true }),
      unit: fc.constantFrom(...areaUnits),
    });
    fc.assert(
      fc.property(area, ({ amount, unit }) => {
        const [once, twice] = [squareMetres({ amount, unit }), squareMetres({ amount: amount * 2, unit })];
        expect(Number.isInteger(once)).toBe(true);
        expect(Math.abs(twice - 2 * once)).toBeLessThanOrEqual(1);
        expect(squareMetres({ amount: hectares(once), unit: "ha" })).toBe(once);
      }),
    );
  });
});

describe("weights", () => {
  test.each([
    [10, "quintal", 460],
    [4, "arroba", 46],
    [1.5, "tonne", 1_500],
    [7, "kg", 7],
  ] as const)("%s %s are %s kg", (amount, unit, kg) => expect(harvestKg({ amount, unit })).toBe(kg));

  test("parchment loses its skin, wet cacao its water, and it is said by which factor", () => {
    expect(convertHarvest({ crop: "coffee", kg: 100, from: "parchment", to: "green" })).toEqual({
      kg: 80,
      used: [{ name: "coffee-parchment-to-green", factor: 0.8 }],
    });
    expect(convertHarvest({ crop: "cacao", kg: 100, from: "wet", to: "dry" })).toEqual({
      kg: 37.5,
      used: [{ name: "cacao-wet-to-dry", factor: 0.375 }],
    });
    expect(convertHarvest({ crop: "coffee", kg: 100, from: "dry", to: "parchment" })).toEqual({
      kg: 62.5,
      used: [
        { name: "coffee-dry-to-green", factor: 0.5 },
        { name: "coffee-parchment-to-green", factor: 0.8 },
      ],
    });
  });

  test("a buyer's own factor is used and named", () => {
    const own = { ...defaultConversions, "cacao-wet-to-dry": 0.4 };
    expect(convertHarvest({ crop: "cacao", kg: 100, from: "wet", to: "dry" }, own)).toEqual({
      kg: 40,
      used: [{ name: "cacao-wet-to-dry", factor: 0.4 }],
    });
  });

  test("a state that the crop does not have is refused", () => {
    expect(() => convertHarvest({ crop: "cacao", kg: 1, from: "parchment", to: "dry" })).toThrow(RangeError);
    expect(() => convertHarvest({ crop: "cacao", kg: 1, from: "green", to: "green" })).toThrow(RangeError);
  });

  test("there and back is the same weight, and a detour changes nothing", () => {
    fc.assert(
      fc.property(weighedIn, weight, ({ crop, from, to, other }, kg) => {
        const there = convertHarvest({ crop, kg, from, to }).kg;
        expect(convertHarvest({ crop, kg: there, from: to, to: from }).kg).toBeCloseTo(kg, 4);
        const detour = convertHarvest({ crop, kg, from, to: other }).kg;
        expect(convertHarvest({ crop, kg: detour, from: other, to }).kg).toBeCloseTo(there, 4);
      }),
    );
  });

  test("no factor goes unnamed: a weight that changed names one, and one that did not names none", () => {
    fc.assert(
      fc.property(weighedIn, weight, ({ crop, from, to }, kg) => {
        const { used } = convertHarvest({ crop, kg, from, to });
        expect(used.length > 0).toBe(from !== to);
      }),
    );
  });
});

describe("size classes", () => {
  test.each([
    ["coffee", 199.9, "small"],
    ["coffee", 200, "medium"],
    ["coffee", 600, "medium"],
    ["coffee", 600.1, "large"],
    ["cacao", 249.9, "small"],
    ["cacao", 250, "medium"],
    ["cacao", 800, "medium"],
    ["cacao", 800.1, "large"],
  ] as const)("%s, %s kg: %s", (crop, kg, size) => expect(sizeClass(crop, kg)).toBe(size));

  test("only coffee and cacao have them", () => {
    expect(crops.filter(isSizedCrop)).toEqual(["cacao", "coffee"]);
  });

  test("the last season counts, its plots together, in the state of the thresholds", () => {
    const harvests = [
      { year: 2024, amount: 100, unit: "quintal", state: "parchment" },
      { year: 2025, amount: 2, unit: "quintal", state: "green" },
      { year: 2025, amount: 60, unit: "kg", state: "parchment" },
    ] as const;
    expect(deriveSize("coffee", harvests)).toEqual({
      size: "small",
      year: 2025,
      kg: 175,
      state: "parchment",
      conversions: [{ name: "coffee-parchment-to-green", factor: 0.8 }],
    });
    expect(deriveSize("coffee", [])).toBeNull();
  });

  test("whoever harvests more is never of a smaller class, whatever the unit", () => {
    const harvest = weighedIn.chain(({ crop, from }) =>
      fc.record({
        crop: fc.constant(crop),
        state: fc.constant(from),
        amount: weight,
        unit: fc.constantFrom(...harvestUnits),
        more: fc.double({ min: 1, max: 50, noNaN: true }),
      }),
    );
    fc.assert(
      fc.property(harvest, ({ crop, state, amount, unit, more }) => {
        const rank = (times: number) => {
          const derived = deriveSize(crop, [{ year: 2025, amount: amount * times, unit, state }]);
          return derived ? sizeClasses.indexOf(derived.size) : -1;
        };
        expect(rank(more)).toBeGreaterThanOrEqual(rank(1));
        expect(rank(1)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test("the order in which seasons are told does not matter", () => {
    const harvests = fc.array(
      fc.record({
        year: fc.integer({ min: 2020, max: 2025 }),
        amount: fc.integer({ min: 1, max: 500 }),
        unit: fc.constantFrom(...harvestUnits),
        state: fc.constantFrom(...harvestStates("coffee")),
      }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(harvests, (told) => {
        const [forth, back] = [deriveSize("coffee", told), deriveSize("coffee", told.toReversed())];
        expect([forth?.size, forth?.year]).toEqual([back?.size, back?.year]);
        expect(forth?.kg).toBeCloseTo(back?.kg ?? -1, 4);
      }),
    );
  });
});
