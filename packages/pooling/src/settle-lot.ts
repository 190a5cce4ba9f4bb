import { apportion } from "@minka/domain/apportion";
import { DomainError } from "@minka/domain/errors";
import type { Quality } from "./lot-instance.ts";
import { adjustPrice, type AppliedAdjustment, type PriceAdjustment } from "./price-adjustments.ts";

/** What was delivered and weighed of one contribution, with the contract's price before adjustments. */
export type SettlementLine = {
  readonly id: string;
  readonly personId: string;
  readonly woman: boolean;
  readonly grams: number;
  readonly centimosPerKg: number;
  readonly quality: Quality;
};

/** In the order in which they are taken. */
export const deductionKinds = ["advance", "fee", "credit"] as const;
export type DeductionKind = (typeof deductionKinds)[number];

export type Deduction = {
  readonly personId: string;
  readonly kind: DeductionKind;
  readonly id: string;
  readonly centimos: number;
};

export type SettlementInput = {
  readonly lines: readonly SettlementLine[];
  readonly adjustments: readonly PriceAdjustment[];
  /** What the buyer pays for the lot, women's premium included. */
  readonly contractCentimos: number;
  readonly womenPremiumCentimosPerKg: number;
  /** The premium itself, where it was worked out delivery by delivery: each of them was rounded. */
  readonly womenPremiumCentimos?: number;
  /** The organization's fee: a share of the gross (never of the premium) and so much a kilogram. */
  readonly feePercent: number;
  readonly feeCentimosPerKg: number;
  /** Of one kind and person, those listed first are taken first. */
  readonly deductions: readonly Deduction[];
};

export type SettledLine = {
  readonly id: string;
  readonly grams: number;
  /** After adjustments: the weight by which the contract's value is shared. */
  readonly centimosPerKg: number;
  readonly applied: readonly AppliedAdjustment[];
  readonly grossCentimos: number;
  readonly premiumCentimos: number;
};

export type SettledDeduction = {
  readonly kind: DeductionKind;
  /** Null for the organization's fee on this lot. */
  readonly id: string | null;
  readonly dueCentimos: number;
  readonly takenCentimos: number;
  /** What this settlement did not suffice for. */
  readonly carriedCentimos: number;
};

export type SettledMember = {
  readonly personId: string;
  readonly lines: readonly SettledLine[];
  readonly grams: number;
  readonly grossCentimos: number;
  readonly premiumCentimos: number;
  readonly deductions: readonly SettledDeduction[];
  readonly deductedCentimos: number;
  readonly netCentimos: number;
};

export type Settlement = {
  /** In the order of their first line, then those who have only deductions. */
  readonly members: readonly SettledMember[];
  readonly grossCentimos: number;
  readonly premiumCentimos: number;
  readonly deductedCentimos: number;
  readonly netCentimos: number;
};

/** What lines are worth by the contract's rule, premium included: what a contract paid by the line is settled for. */
export function contractValue({
  lines,
  adjustments,
  womenPremiumCentimosPerKg,
}: Pick<SettlementInput, "lines" | "adjustments" | "womenPremiumCentimosPerKg">): number {
  const worth = lines.reduce((sum, line) => sum + worthOf(line, adjustments), 0);
  return half(worth, 1_000) + premiumOf(lines, womenPremiumCentimosPerKg);
}

/**
 * What each member gets of a lot: the contract's value to the céntimo. Women's premium goes to their lines by weight;
 * the rest to all lines by weight × adjusted price, both by largest remainder, so where the value is the lines' own each
 * gets its own price, and where the buyer pays another sum all share the difference alike. Throws `settlement-absurd`.
 */
export function settleLot(input: SettlementInput): Settlement {
  refuseAbsurd(input);
  const { lines, adjustments, contractCentimos, womenPremiumCentimosPerKg } = input;
  const premium = input.womenPremiumCentimos ?? premiumOf(lines, womenPremiumCentimosPerKg);
  if (premium > contractCentimos) refuse("premium-above-contract", "womenPremiumCentimosPerKg");
  const worths = lines.map((line) => worthOf(line, adjustments));
  // Beyond this shares would no longer be exact.
  if (!Number.isSafeInteger(worths.reduce((sum, worth) => sum + worth, 0))) refuse("absurd-total", "lines");
  // Where every price was adjusted to nothing, weight decides.
  const weights = worths.some((worth) => worth > 0) ? worths : lines.map(({ grams }) => grams);
  const gross = apportion(contractCentimos - premium, weights);
  const premiums = apportion(
    premium,
    lines.map(({ woman, grams }) => (woman ? grams : 0)),
  );
  const settled = lines.map(({ id, personId, grams, centimosPerKg, quality }, index) => ({
    personId,
    line: {
      id,
      grams,
      ...adjustPrice(centimosPerKg, quality, adjustments),
      grossCentimos: gross[index] ?? 0,
      premiumCentimos: premiums[index] ?? 0,
    },
  }));
  const ofPerson = Map.groupBy(settled, ({ personId }) => personId);
  const due = Map.groupBy(input.deductions, ({ personId }) => personId);
  const members = [...new Set([...ofPerson.keys(), ...due.keys()])].map((personId) =>
    settleMember(
      personId,
      (ofPerson.get(personId) ?? []).map(({ line }) => line),
      { ...input, deductions: due.get(personId) ?? [] },
    ),
  );
  const total = (of: (member: SettledMember) => number): number =>
    members.reduce((sum, member) => sum + of(member), 0);
  return {
    members,
    grossCentimos: total(({ grossCentimos }) => grossCentimos),
    premiumCentimos: total(({ premiumCentimos }) => premiumCentimos),
    deductedCentimos: total(({ deductedCentimos }) => deductedCentimos),
    netCentimos: total(({ netCentimos }) => netCentimos),
  };
}

function settleMember(
  personId: string,
  lines: readonly SettledLine[],
  { feePercent, feeCentimosPerKg, deductions }: SettlementInput,
): SettledMember {
  const sum = (of: (line: SettledLine) => number): number => lines.reduce((all, line) => all + of(line), 0);
  const grams = sum((line) => line.grams);
  const grossCentimos = sum((line) => line.grossCentimos);
  const premiumCentimos = sum((line) => line.premiumCentimos);
  const fee =
    half(grossCentimos * Math.round(feePercent * 100), 10_000) + half(grams * feeCentimosPerKg, 1_000);
  const due = [
    ...deductions.map(({ kind, id, centimos }) => ({ kind, id, centimos })),
    ...(fee > 0 ? [{ kind: "fee" as const, id: null, centimos: fee }] : []),
  ].toSorted((a, b) => deductionKinds.indexOf(a.kind) - deductionKinds.indexOf(b.kind));
  let left = grossCentimos + premiumCentimos;
  const taken = due.map(({ kind, id, centimos }): SettledDeduction => {
    const takenCentimos = Math.min(centimos, left);
    left -= takenCentimos;
    return { kind, id, dueCentimos: centimos, takenCentimos, carriedCentimos: centimos - takenCentimos };
  });
  return {
    personId,
    lines,
    grams,
    grossCentimos,
    premiumCentimos,
    deductions: taken,
    deductedCentimos: grossCentimos + premiumCentimos - left,
    netCentimos: left,
  };
}

/** In thousandths of a céntimo. */
function worthOf(
  { grams, centimosPerKg, quality }: SettlementLine,
  adjustments: readonly PriceAdjustment[],
): number {
  return grams * adjustPrice(centimosPerKg, quality, adjustments).centimosPerKg;
}

function premiumOf(lines: readonly SettlementLine[], centimosPerKg: number): number {
  const grams = lines.reduce((sum, line) => sum + (line.woman ? line.grams : 0), 0);
  return half(grams * centimosPerKg, 1_000);
}

/** The nearest whole number, a half upwards. */
function half(amount: number, divisor: number): number {
  return Math.floor((amount + divisor / 2) / divisor);
}

/** Up to these all sums are exact. */
const most = { grams: 100_000_000, centimosPerKg: 1_000_000, centimos: 1e11, lines: 20_000 } as const;

function refuseAbsurd(input: SettlementInput): void {
  const whole = (value: number, code: string, at: string, largest: number): void => {
    if (!Number.isSafeInteger(value) || value < 0 || value > largest) refuse(code, at);
  };
  if (input.lines.length === 0) refuse("no-lines", "lines");
  if (input.lines.length > most.lines) refuse("too-many-lines", "lines");
  if (new Set(input.lines.map(({ id }) => id)).size < input.lines.length) refuse("line-twice", "lines");
  for (const { id, grams, centimosPerKg } of input.lines) {
    whole(grams, "absurd-weight", id, most.grams);
    whole(centimosPerKg, "absurd-price", id, most.centimosPerKg);
  }
  if (input.lines.every(({ grams }) => grams === 0)) refuse("nothing-weighed", "lines");
  for (const { id, centimos } of input.deductions) whole(centimos, "absurd-deduction", id, most.centimos);
  for (const { per, measure } of input.adjustments) if (!(per > 0)) refuse("absurd-adjustment", measure);
  whole(input.contractCentimos, "absurd-contract", "contractCentimos", most.centimos);
  whole(input.womenPremiumCentimosPerKg, "absurd-premium", "womenPremiumCentimosPerKg", most.centimosPerKg);
  if (input.womenPremiumCentimos !== undefined)
    whole(input.womenPremiumCentimos, "absurd-premium", "womenPremiumCentimos", most.centimos);
  whole(input.feeCentimosPerKg, "absurd-fee", "feeCentimosPerKg", most.centimosPerKg);
  if (!(input.feePercent >= 0 && input.feePercent <= 100)) refuse("absurd-fee", "feePercent");
}

function refuse(code: string, at: string): never {
  throw new DomainError("invalid", "settlement-absurd", "The settlement holds figures that cannot be.", {
    errors: [{ path: at, message: code }],
  });
}
