import { describe, expect, it } from "vitest";
import { composeLot } from "../src/compose-lot.ts";
import { checkLot, type Contribution, type LotInstance } from "../src/lot-instance.ts";
import { loadSolver, solveProgram } from "../src/solver.ts";

const clean = { moisturePercent: 7, cadmiumMgPerKg: 0.4 };

function contribution(id: string, change: Partial<Contribution> = {}): Contribution {
  return {
    id,
    personId: `of ${id}`,
    grams: 100_000,
    woman: false,
    sizeClass: null,
    point: null,
    pledgedOrder: 0,
    quality: clean,
    certificates: [],
    centimosPerKg: 1_000,
    ...change,
  };
}

function lot(contributions: readonly Contribution[], change: Partial<LotInstance> = {}): LotInstance {
  return {
    contributions,
    minimumGrams: 100_000,
    maximumGrams: 1_000_000,
    limits: {},
    certificates: [],
    minimumWomenSharePercent: 0,
    pickupCentimos: {},
    parts: false,
    minimumPartGrams: 0,
    fairness: "most-paid",
    ...change,
  };
}

async function reasons(instance: LotInstance): Promise<Record<string, unknown>> {
  const composition = await composeLot(instance);
  if (composition.outcome === "impossible") throw new Error(JSON.stringify(composition.because));
  return Object.fromEntries(
    composition.left.map(({ id, grams, reason }) => [id, [grams, reason.code, reason.parameters]]),
  );
}

async function because(instance: LotInstance): Promise<unknown> {
  const composition = await composeLot(instance);
  return composition.outcome === "impossible" ? composition : composition.outcome;
}

describe("what is left of a lot", () => {
  it("is told what it lacks, or which limit it would break and by which figure", async () => {
    const cadmium = { ...clean, cadmiumMgPerKg: 0.92 };
    const instance = lot(
      [
        contribution("in", { certificates: ["organic"] }),
        contribution("uncertified"),
        contribution("unmeasured", { certificates: ["organic"], quality: { moisturePercent: 7 } }),
        contribution("over", { certificates: ["organic"], quality: cadmium }),
      ],
      { certificates: ["organic"], limits: { maximumCadmiumMgPerKg: 0.5 } },
    );
    expect(await reasons(instance)).toEqual({
      uncertified: [100_000, "certificate-missing", { certificate: "organic" }],
      unmeasured: [100_000, "not-measured", { what: "cadmiumMgPerKg" }],
      over: [100_000, "cadmium-above-limit", { value: 0.92, limit: 0.5 }],
    });
  });

  it("is told that the lot is full, with the rest of what was taken in part", async () => {
    const both = [contribution("dear", { centimosPerKg: 1_100 }), contribution("cheap")];
    expect(
      await reasons(lot(both, { maximumGrams: 160_000, parts: true, minimumPartGrams: 10_000 })),
    ).toEqual({
      cheap: [40_000, "lot-full", { maximumGrams: 160_000 }],
    });
    expect(
      await reasons(lot([...both, contribution("huge", { grams: 200_001 })], { maximumGrams: 200_000 })),
    ).toEqual({
      huge: [200_001, "larger-than-lot", { grams: 200_001, maximumGrams: 200_000 }],
    });
  });

  it("is told that fetching it costs more than it pays", async () => {
    const instance = lot([contribution("near"), contribution("far", { point: "far", grams: 20_000 })], {
      pickupCentimos: { far: 25_000 },
    });
    expect(await reasons(instance)).toEqual({
      far: [20_000, "pickup-not-worth", { pickupCentimos: 25_000, payCentimos: 20_000 }],
    });
  });

  it("is told when the fairness rule put others before it", async () => {
    const both = [
      contribution("large", { sizeClass: "large", centimosPerKg: 1_500 }),
      contribution("small", { sizeClass: "small" }),
    ];
    const full = { maximumGrams: 100_000 };
    expect(await reasons(lot(both, full))).toMatchObject({ small: [100_000, "lot-full", {}] });
    expect(await reasons(lot(both, { ...full, fairness: "small-first" }))).toEqual({
      large: [100_000, "left-for-fairness", { centimosPerKg: 1_500, lowestTakenCentimosPerKg: 1_000 }],
    });
    const shared = await composeLot(lot(both, { ...full, parts: true, fairness: "equal-shares" }));
    expect(shared).toMatchObject({ taken: [{ grams: 50_000 }, { grams: 50_000 }], proven: true });
  });

  it("is told that women's share is needed", async () => {
    const instance = lot(
      [contribution("hers", { woman: true }), contribution("his"), contribution("his other")],
      { minimumWomenSharePercent: 50 },
    );
    expect(Object.values(await reasons(instance))).toEqual([
      [100_000, "women-share-needed", { minimum: 50 }],
    ]);
  });
});

describe("a lot that cannot be", () => {
  it("says how much fits, and what is not usable", async () => {
    const two = [contribution("a"), contribution("b", { quality: {} })];
    const instance = lot(two, { minimumGrams: 150_000, limits: { maximumMoisturePercent: 7 } });
    expect(await because(instance)).toEqual({
      outcome: "impossible",
      most: { grams: 100_000 },
      because: [
        { code: "least-volume-not-reached", parameters: { mostGrams: 100_000, minimumGrams: 150_000 } },
        {
          code: "not-enough-usable",
          parameters: { usableGrams: 100_000, pledgedGrams: 200_000, minimumGrams: 150_000 },
        },
      ],
    });
    expect(await because(lot([], {}))).toMatchObject({ most: null });
  });

  it("names each limit that cannot be reached with the best that there is", async () => {
    const two = [
      contribution("a", { quality: { moisturePercent: 7, cadmiumMgPerKg: 0.4 } }),
      contribution("b", { quality: { moisturePercent: 8, cadmiumMgPerKg: 0.8 } }),
    ];
    const instance = lot(two, {
      minimumGrams: 200_000,
      limits: { maximumCadmiumMgPerKg: 0.5, maximumMoisturePercent: 8 },
      minimumWomenSharePercent: 20,
    });
    expect(await because(instance)).toMatchObject({
      because: [
        { code: "least-volume-not-reached" },
        { code: "cadmium-not-reached", parameters: { best: 0.6, limit: 0.5 } },
        { code: "women-share-not-reached", parameters: { best: 0, minimum: 20 } },
      ],
    });
  });

  it("names limits that can be kept one by one but not together, and wholes that do not fit", async () => {
    const two = [
      contribution("dry", { quality: { moisturePercent: 6, cadmiumMgPerKg: 0.9 } }),
      contribution("pure", { quality: { moisturePercent: 9, cadmiumMgPerKg: 0.1 } }),
    ];
    const limits = { maximumMoisturePercent: 7, maximumCadmiumMgPerKg: 0.4 };
    expect(await because(lot(two, { limits }))).toMatchObject({
      because: [{}, { code: "limits-together", parameters: { limits: "moisturePercent,cadmiumMgPerKg" } }],
    });
    expect(await because(lot(two, { minimumGrams: 110_000, maximumGrams: 190_000 }))).toMatchObject({
      because: [{}, { code: "amounts-do-not-fit", parameters: { mostGrams: 100_000 } }],
    });
  });
});

describe("a lot's figures", () => {
  it.each([
    ["a negative weight", { contributions: [contribution("a", { grams: -1 })] }, "absurd-weight"],
    ["half a gram", { contributions: [contribution("a", { grams: 0.5 })] }, "absurd-weight"],
    [
      "a thousand tonnes of one farm",
      { contributions: [contribution("a", { grams: 1e9 })] },
      "absurd-weight",
    ],
    ["no price", { contributions: [contribution("a", { centimosPerKg: 0 })] }, "absurd-price"],
    [
      "moisture above everything",
      { contributions: [contribution("a", { quality: { moisturePercent: 101 } })] },
      "absurd-moisturePercent",
    ],
    [
      "a measurement that is no number",
      { contributions: [contribution("a", { quality: { cadmiumMgPerKg: Number.NaN } })] },
      "absurd-cadmiumMgPerKg",
    ],
    [
      "one contribution twice",
      { contributions: [contribution("a"), contribution("a")] },
      "contribution-twice",
    ],
    [
      "one person as woman and as man",
      {
        contributions: [
          contribution("a", { personId: "p" }),
          contribution("b", { personId: "p", woman: true }),
        ],
      },
      "woman-and-man",
    ],
    ["a least volume above the most", { minimumGrams: 2_000_000 }, "minimum-above-maximum"],
    ["an absurd limit", { limits: { maximumCadmiumMgPerKg: -0.1 } }, "absurd-limit"],
    ["a share above everything", { minimumWomenSharePercent: 101 }, "absurd-women-share"],
    ["a pickup that pays", { pickupCentimos: { far: -1 } }, "absurd-pickup"],
  ])("are refused with %s", async (_, change, code) => {
    const instance = lot([contribution("a")], change);
    expect(checkLot(instance)).toEqual([expect.objectContaining({ code })]);
    await expect(composeLot(instance)).rejects.toMatchObject({
      code: "lot-absurd",
      errors: [{ message: code }],
    });
  });
});

describe("a solver that lets through what breaks a limit", () => {
  const mixed = [
    contribution("pure", { quality: { cadmiumMgPerKg: 0.4 } }),
    contribution("over", { quality: { cadmiumMgPerKg: 0.7 } }),
  ];
  const instance = lot(mixed, { limits: { maximumCadmiumMgPerKg: 0.5 }, parts: true });

  it("is asked again, until the limit is kept to the gram", async () => {
    const highs = await loadSolver();
    let asked = 0;
    const composition = await composeLot(instance, {
      solve: (program, options) => {
        asked += 1;
        const loosened = program.rows.map((row) => (row.upper <= 0 ? { ...row, upper: row.upper + 5 } : row));
        return solveProgram(highs, asked === 1 ? { ...program, rows: loosened } : program, options);
      },
    });
    expect(asked).toBeGreaterThan(1);
    expect(composition).toMatchObject({ outcome: "composed", proven: false });
    if (composition.outcome !== "composed") return;
    expect(composition.averages.cadmiumMgPerKg).toBeLessThanOrEqual(0.5);
    // The true optimum is 150 kg at S/ 10 a kilogram: it lies within the gap that is told.
    expect(composition.netCentimos + composition.gapCentimos).toBeGreaterThanOrEqual(150_000);
  });

  it("gets no lot through when it never keeps the limit", async () => {
    const highs = await loadSolver();
    const careless = composeLot(instance, {
      solve: (program, options) => {
        const rows = program.rows.map((row) => (row.upper <= 0 ? { ...row, upper: Infinity } : row));
        return solveProgram(highs, { ...program, rows }, options);
      },
    });
    await expect(careless).rejects.toThrow("break the lot's limits");
  });
});
