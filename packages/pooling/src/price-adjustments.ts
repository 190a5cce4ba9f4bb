import type { Measure, Quality } from "./lot-instance.ts";

/**
 * One clause of a contract's price: for every `per` that a measure is beyond `from`, so many céntimos per kilogram more
 * (a bonus) or fewer (a deduction, negative). "10 céntimos less for each half point of moisture above 7" is
 * `{ measure: "moisturePercent", beyond: "above", from: 7, per: 0.5, centimosPerKg: -10, counts: "full" }`.
 */
export type PriceAdjustment = {
  readonly measure: Measure;
  readonly beyond: "above" | "below";
  readonly from: number;
  readonly per: number;
  readonly centimosPerKg: number;
  /** Whether only full steps count, or each one begun, or every fraction. */
  readonly counts: "full" | "begun" | "fractions";
  /** The most that the clause changes, in céntimos per kilogram; null without end. */
  readonly atMostCentimosPerKg: number | null;
};

/** A clause that changed a price, and by how much. */
export type AppliedAdjustment = {
  readonly measure: Measure;
  readonly value: number;
  readonly centimosPerKg: number;
};

/** Measured values and steps count in ten-thousandths, so that 7.3 − 7 is three tenths exactly. */
const grain = 10_000;

/**
 * A price per kilogram after every clause, in whole céntimos and never below 0. A clause on what was not measured
 * changes nothing. The clauses do not see one another: each is told from the price's own base.
 */
export function adjustPrice(
  centimosPerKg: number,
  quality: Quality,
  adjustments: readonly PriceAdjustment[],
): { centimosPerKg: number; applied: AppliedAdjustment[] } {
  const applied = adjustments.flatMap((adjustment): AppliedAdjustment[] => {
    const value = quality[adjustment.measure];
    if (value === undefined) return [];
    const change = changeOf(adjustment, value);
    return change === 0 ? [] : [{ measure: adjustment.measure, value, centimosPerKg: change }];
  });
  const changed = applied.reduce((sum, one) => sum + one.centimosPerKg, centimosPerKg);
  return { centimosPerKg: Math.max(0, changed), applied };
}

function changeOf(adjustment: PriceAdjustment, value: number): number {
  const { beyond, from, per, centimosPerKg, counts, atMostCentimosPerKg } = adjustment;
  const over = Math.round((beyond === "above" ? value - from : from - value) * grain);
  if (over <= 0) return 0;
  const step = Math.round(per * grain);
  const size = Math.abs(centimosPerKg);
  const change = {
    full: Math.floor(over / step) * size,
    begun: Math.ceil(over / step) * size,
    fractions: Math.round((over * size) / step),
  }[counts];
  const capped = Math.min(change, atMostCentimosPerKg ?? Infinity);
  // Never −0.
  return capped === 0 ? 0 : Math.sign(centimosPerKg) * capped;
}
