import type { Contribution, ImpossibleCode, LotInstance, LotReasonCode, Measure } from "./lot-instance.ts";

/**
 * One limit on a weighted average, in whole numbers: what is taken keeps it when Σ excess × grams ≤ 0. The excess of a
 * contribution is what its value is over the limit (under it, for a least value), in the measure's smallest unit.
 */
export type Limit = {
  readonly what: Measure | "womenShare";
  readonly limit: number;
  /** Smallest units in one of the measure's own. */
  readonly scale: number;
  /** NaN when the value was not measured. */
  readonly excess: (contribution: Contribution) => number;
  /** +1 when the value may not be above the limit, −1 when not below. */
  readonly side: 1 | -1;
  readonly brokenCode: LotReasonCode;
  readonly unreachableCode: ImpossibleCode;
};

/** Percents and cup points count in hundredths, cadmium in µg/kg. */
export const unitsOf: Readonly<Record<Measure, number>> = {
  moisturePercent: 100,
  defectsPercent: 100,
  fermentationPercent: 100,
  cupPoints: 100,
  cadmiumMgPerKg: 1_000,
};

/** The limits that the instance asks for. */
export function limitsOf({ limits, minimumWomenSharePercent }: LotInstance): Limit[] {
  const averages = [
    average(
      "moisturePercent",
      limits.maximumMoisturePercent,
      1,
      "moisture-above-limit",
      "moisture-not-reached",
    ),
    average("defectsPercent", limits.maximumDefectsPercent, 1, "defects-above-limit", "defects-not-reached"),
    average(
      "fermentationPercent",
      limits.minimumFermentationPercent,
      -1,
      "fermentation-below-limit",
      "fermentation-not-reached",
    ),
    average("cupPoints", limits.minimumCupPoints, -1, "cup-below-limit", "cup-not-reached"),
    average("cadmiumMgPerKg", limits.maximumCadmiumMgPerKg, 1, "cadmium-above-limit", "cadmium-not-reached"),
  ];
  return [...averages, womenShare(minimumWomenSharePercent)].filter((limit) => limit !== null);
}

/** How far a choice passes a limit: more than 0 breaks it. Exact. */
export function excessOf(
  { excess }: Limit,
  contributions: readonly Contribution[],
  grams: ReadonlyMap<string, number>,
): bigint {
  let sum = 0n;
  for (const contribution of contributions) {
    const taken = grams.get(contribution.id) ?? 0;
    if (taken > 0) sum += BigInt(excess(contribution)) * BigInt(taken);
  }
  return sum;
}

function average(
  what: Measure,
  limit: number | undefined,
  side: 1 | -1,
  brokenCode: LotReasonCode,
  unreachableCode: ImpossibleCode,
): Limit | null {
  if (limit === undefined) return null;
  const scale = unitsOf[what];
  const units = Math.round(limit * scale);
  return {
    what,
    limit: units,
    scale,
    side,
    brokenCode,
    unreachableCode,
    excess: ({ quality }) => side * (Math.round((quality[what] ?? Number.NaN) * scale) - units),
  };
}

function womenShare(minimumPercent: number): Limit | null {
  const limit = Math.round(minimumPercent * 100);
  if (limit === 0) return null;
  return {
    what: "womenShare",
    limit,
    scale: 100,
    side: -1,
    brokenCode: "women-share-needed",
    unreachableCode: "women-share-not-reached",
    excess: ({ woman }) => limit - (woman ? 10_000 : 0),
  };
}
