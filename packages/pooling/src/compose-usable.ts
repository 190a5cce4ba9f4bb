import type { Limit } from "./compose-limits.ts";
import type { Contribution, LotInstance, LotReasonCode, Reason } from "./lot-instance.ts";

/** A contribution that may be taken, and in which amounts: the whole, or any number of kilograms of a part. */
export type Usable = {
  readonly contribution: Contribution;
  readonly whole: boolean;
  readonly part: { readonly fromKg: number; readonly toKg: number } | null;
};

export type Sorted = {
  /** In the order of pledging: the same instance gives the same model, and so the same answer. */
  readonly usable: readonly Usable[];
  readonly unusable: ReadonlyMap<string, Reason<LotReasonCode>>;
};

/** Parts what no composition can take, with the reason, from what may be taken. */
export function sortUsable(instance: LotInstance, limits: readonly Limit[]): Sorted {
  const usable: Usable[] = [];
  const unusable = new Map<string, Reason<LotReasonCode>>();
  for (const contribution of inPledgedOrder(instance.contributions)) {
    const amounts = amountsOf(contribution, instance);
    const reason =
      missing(contribution, instance, limits) ??
      (amounts ? null : tooLarge(contribution.grams, instance.maximumGrams));
    if (reason) unusable.set(contribution.id, reason);
    else if (amounts) usable.push({ contribution, ...amounts });
  }
  return { usable, unusable };
}

export function inPledgedOrder(contributions: readonly Contribution[]): Contribution[] {
  return contributions.toSorted((a, b) => a.pledgedOrder - b.pledgedOrder || (a.id < b.id ? -1 : 1));
}

/** Of a whole, to the céntimo: half a céntimo counts for the member. */
export function payCentimos({ centimosPerKg }: Contribution, grams: number): number {
  return Math.floor((grams * centimosPerKg + 500) / 1_000);
}

function amountsOf(
  { grams }: Contribution,
  { parts, minimumPartGrams, maximumGrams }: LotInstance,
): Omit<Usable, "contribution"> | null {
  const whole = grams <= maximumGrams;
  const fromKg = Math.max(1, Math.ceil(minimumPartGrams / 1_000));
  const toKg = Math.floor(Math.min(grams, maximumGrams) / 1_000);
  // A part that can only be everything is the whole.
  const only = fromKg * 1_000 === grams;
  const part = parts && fromKg <= toKg && !only ? { fromKg, toKg } : null;
  return whole || part ? { whole, part } : null;
}

function missing(
  { certificates, quality }: Contribution,
  instance: LotInstance,
  limits: readonly Limit[],
): Reason<LotReasonCode> | null {
  const certificate = instance.certificates.find((needed) => !certificates.includes(needed));
  if (certificate !== undefined) return { code: "certificate-missing", parameters: { certificate } };
  const unmeasured = limits.find(({ what }) => what !== "womenShare" && quality[what] === undefined);
  return unmeasured ? { code: "not-measured", parameters: { what: unmeasured.what } } : null;
}

function tooLarge(grams: number, maximumGrams: number): Reason<LotReasonCode> {
  return { code: "larger-than-lot", parameters: { grams, maximumGrams } };
}
