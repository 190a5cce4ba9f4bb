import type { LoanRequirement } from "../vocabulary.ts";

/** What a lender asks for, and what it accepts instead. */
type AskedRequirement = {
  readonly requirement: LoanRequirement;
  readonly substitutes: readonly LoanRequirement[];
};

type RequirementsMet = {
  readonly met: boolean;
  readonly requirements: readonly {
    readonly requirement: LoanRequirement;
    readonly met: boolean;
    /** What meets it: itself, or the first substitute that is there; null when nothing does. */
    readonly by: LoanRequirement | null;
    /** What would do, when nothing meets it: itself first. */
    readonly wouldDo: readonly LoanRequirement[];
  }[];
};

/** Which requirements somebody meets with what they have, and what would do for the others. */
export function meetsRequirements(
  asked: readonly AskedRequirement[],
  has: readonly LoanRequirement[],
): RequirementsMet {
  const requirements = asked.map(({ requirement, substitutes }) => {
    const accepted = [...new Set([requirement, ...substitutes])];
    const by = accepted.find((one) => has.includes(one)) ?? null;
    return { requirement, met: by !== null, by, wouldDo: by === null ? accepted : [] };
  });
  return { met: requirements.every(({ met }) => met), requirements };
}
