import { sizeClasses, type SizeClass } from "@minka/domain/size-class";

/** What was measured of a harvest; what is absent was not. */
export type Quality = {
  readonly moisturePercent?: number | undefined;
  readonly defectsPercent?: number | undefined;
  readonly fermentationPercent?: number | undefined;
  readonly cupPoints?: number | undefined;
  readonly cadmiumMgPerKg?: number | undefined;
};

export type Measure = keyof Quality;

/** What one member offers to a lot, in the state that the buyer takes. */
export type Contribution = {
  readonly id: string;
  readonly personId: string;
  readonly grams: number;
  readonly woman: boolean;
  readonly sizeClass: SizeClass | null;
  /** Where it is picked up; null when it is brought. */
  readonly point: string | null;
  readonly pledgedOrder: number;
  readonly quality: Quality;
  readonly certificates: readonly string[];
  readonly centimosPerKg: number;
};

/** Of the average of what is taken, weighted by grams. */
export type LotLimits = {
  readonly maximumMoisturePercent?: number | undefined;
  readonly maximumDefectsPercent?: number | undefined;
  readonly minimumFermentationPercent?: number | undefined;
  readonly minimumCupPoints?: number | undefined;
  readonly maximumCadmiumMgPerKg?: number | undefined;
};

/**
 * `most-paid`: members together are paid the most, less pickups. `equal-shares`: first the smallest share of their own
 * harvest that any member gets in is as large as can be, of those whose harvest can be used. `small-first`: first the
 * most of small producers, then of medium ones.
 */
export const fairnessRules = ["most-paid", "equal-shares", "small-first"] as const;
export type Fairness = (typeof fairnessRules)[number];

export type LotInstance = {
  readonly contributions: readonly Contribution[];
  readonly minimumGrams: number;
  readonly maximumGrams: number;
  readonly limits: LotLimits;
  /** Only contributions that hold all of them are taken. */
  readonly certificates: readonly string[];
  readonly minimumWomenSharePercent: number;
  /** Paid once anything of the point is taken; a point that is absent costs nothing. */
  readonly pickupCentimos: Readonly<Record<string, number>>;
  /** Whether a contribution may be taken in part: whole kilograms, at least `minimumPartGrams`. */
  readonly parts: boolean;
  readonly minimumPartGrams: number;
  readonly fairness: Fairness;
};

export type LotReasonCode =
  | "certificate-missing" // certificate
  | "not-measured" // what
  | "larger-than-lot" // grams, maximumGrams
  | "moisture-above-limit" // value, limit, as for the next four
  | "defects-above-limit"
  | "fermentation-below-limit"
  | "cup-below-limit"
  | "cadmium-above-limit"
  | "women-share-needed" // minimum
  | "lot-full" // maximumGrams
  | "left-for-fairness" // centimosPerKg, lowestTakenCentimosPerKg
  | "pickup-not-worth" // pickupCentimos, payCentimos
  | "not-chosen"; // in a composition that is not proven best, or of what would pay nothing

/** Why a lot cannot be: each with the best that there is beside what is demanded. */
export type ImpossibleCode =
  | "least-volume-not-reached" // mostGrams, minimumGrams
  | "not-enough-usable" // usableGrams, pledgedGrams, minimumGrams
  | "moisture-not-reached" // best, limit, as for the next four: of the least volume
  | "defects-not-reached"
  | "fermentation-not-reached"
  | "cup-not-reached"
  | "cadmium-not-reached"
  | "women-share-not-reached" // best, minimum
  | "amounts-do-not-fit" // mostGrams, when no limit is asked
  | "limits-together"; // limits, each of which could be kept alone

export type Reason<Code extends string> = {
  readonly code: Code;
  readonly parameters: Readonly<Record<string, string | number>>;
};

export type Taken = { readonly id: string; readonly grams: number; readonly payCentimos: number };

export type Composed = {
  readonly outcome: "composed";
  /** In the order of pledging, as `left`. */
  readonly taken: readonly Taken[];
  /** What stays available: whole contributions, and the rest of what was taken in part. */
  readonly left: readonly {
    readonly id: string;
    readonly grams: number;
    readonly reason: Reason<LotReasonCode>;
  }[];
  readonly grams: number;
  /** Of what was measured of everything that is taken. */
  readonly averages: Quality;
  readonly womenSharePercent: number;
  readonly payCentimos: number;
  readonly pickupCentimos: number;
  readonly netCentimos: number;
  /** False when time ended first: then up to `gapCentimos` more might be paid, or the fairness rule be served better. */
  readonly proven: boolean;
  readonly gapCentimos: number;
};

export type Composition =
  | Composed
  | {
      readonly outcome: "impossible";
      readonly because: readonly Reason<ImpossibleCode>[];
      /** The most that keeps every limit; null when nothing can be used. */
      readonly most: { readonly grams: number } | null;
    };

/** Something absurd in an instance: where, and the figure. */
export type LotFlaw = {
  readonly code: string;
  readonly at: string;
  readonly value: string | number | boolean | null;
};

/** Beyond these a figure is a slip of the pen; up to them all sums are exact. */
const most = {
  contributions: 20_000,
  contributionGrams: 100_000_000,
  lotGrams: 10_000_000_000,
  centimosPerKg: 1_000_000,
  pickupCentimos: 100_000_000,
  percent: 100,
  cadmiumMgPerKg: 100,
} as const;

const highest = {
  moisturePercent: most.percent,
  defectsPercent: most.percent,
  fermentationPercent: most.percent,
  cupPoints: 100,
  cadmiumMgPerKg: most.cadmiumMgPerKg,
} as const satisfies Record<Measure, number>;

/** Everything absurd in an instance; empty when it can be composed. */
export function checkLot(instance: LotInstance): LotFlaw[] {
  const flaws: LotFlaw[] = [];
  const refuse = (wrong: boolean, code: string, at: string, value: LotFlaw["value"]): void => {
    if (wrong) flaws.push({ code, at, value });
  };
  const { contributions, minimumGrams, maximumGrams, minimumPartGrams, minimumWomenSharePercent } = instance;

  refuse(contributions.length > most.contributions, "too-many-contributions", "lot", contributions.length);
  refuse(!isWhole(minimumGrams, 1, most.lotGrams), "absurd-minimum", "lot", minimumGrams);
  refuse(!isWhole(maximumGrams, 1, most.lotGrams), "absurd-maximum", "lot", maximumGrams);
  refuse(minimumGrams > maximumGrams, "minimum-above-maximum", "lot", minimumGrams);
  refuse(!isWhole(minimumPartGrams, 0, maximumGrams), "absurd-minimum-part", "lot", minimumPartGrams);
  refuse(
    !isBetween(minimumWomenSharePercent, most.percent),
    "absurd-women-share",
    "lot",
    minimumWomenSharePercent,
  );
  const { limits } = instance;
  for (const [limit, measure] of [
    ["maximumMoisturePercent", "moisturePercent"],
    ["maximumDefectsPercent", "defectsPercent"],
    ["minimumFermentationPercent", "fermentationPercent"],
    ["minimumCupPoints", "cupPoints"],
    ["maximumCadmiumMgPerKg", "cadmiumMgPerKg"],
  ] as const) {
    const value = limits[limit];
    refuse(value !== undefined && !isBetween(value, highest[measure]), "absurd-limit", limit, value ?? null);
  }
  for (const [point, centimos] of Object.entries(instance.pickupCentimos)) {
    refuse(!isWhole(centimos, 0, most.pickupCentimos), "absurd-pickup", point, centimos);
  }

  const ids = new Set<string>();
  const women = new Map<string, boolean>();
  for (const { id, personId, grams, woman, centimosPerKg, quality, sizeClass } of contributions) {
    refuse(ids.has(id), "contribution-twice", id, id);
    ids.add(id);
    refuse(!isWhole(grams, 1, most.contributionGrams), "absurd-weight", id, grams);
    refuse(!isWhole(centimosPerKg, 1, most.centimosPerKg), "absurd-price", id, centimosPerKg);
    refuse((women.get(personId) ?? woman) !== woman, "woman-and-man", personId, woman);
    women.set(personId, woman);
    refuse(sizeClass !== null && !sizeClasses.includes(sizeClass), "unknown-size-class", id, sizeClass);
    for (const measure of Object.keys(highest) as Measure[]) {
      const value = quality[measure];
      refuse(
        value !== undefined && !isBetween(value, highest[measure]),
        `absurd-${measure}`,
        id,
        value ?? null,
      );
    }
  }
  return flaws;
}

function isWhole(value: number, least: number, largest: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= largest;
}

function isBetween(value: number, largest: number): boolean {
  return Number.isFinite(value) && value >= 0 && value <= largest;
}
