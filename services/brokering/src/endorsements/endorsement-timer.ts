import { endorserWorkingDays } from "../credits/credit-days.ts";
import { afterWorkingDays } from "../credits/credit-timer.ts";
import type { EndorsementRow } from "./endorsements-tables.ts";

export type EndorsementTimer = Pick<EndorsementRow, "nextStep" | "nextAt">;

/** From when something waits for the organization: it is reminded, then an operator looks, then the borrower is told. */
export const endorsementTimer = (
  at: Date,
  nextStep: NonNullable<EndorsementTimer["nextStep"]> = "remind",
): EndorsementTimer & { unansweredAt?: null } => ({
  nextStep,
  nextAt: afterWorkingDays(at, endorserWorkingDays),
  ...(nextStep === "remind" ? { unansweredAt: null } : {}),
});

export const noEndorsementTimer = { nextStep: null, nextAt: null, unansweredAt: null } as const;
