import type { CreditState } from "@minka/contracts/credit-words";
import { addDays, limaDay, limaInstant, weekday, type LimaDay } from "@minka/domain/lima-time";
import { graceDays } from "./credit-days.ts";
import * as days from "./credit-days.ts";
import type { CreditStep } from "./credits-tables.ts";

export type Timer = { readonly nextStep: CreditStep | null; readonly nextAt: Date | null };

const never: Timer = { nextStep: null, nextAt: null };
const morning = 8;
const dayMs = 24 * 60 * 60 * 1000;

/** What waits for whom once a credit is in a state. What is owed has a timer of its own: `instalmentTimer`. */
export function timerOf(state: CreditState, at: Date): Timer {
  switch (state) {
    case "draft":
      return { nextStep: "lapse-draft", nextAt: new Date(at.getTime() + days.draftDays * dayMs) };
    case "submitted":
    case "in_review":
    case "accepted":
      return { nextStep: "remind-lender", nextAt: afterWorkingDays(at, days.lenderWorkingDays) };
    case "more_asked":
      return { nextStep: "remind-more", nextAt: new Date(at.getTime() + days.reminderDays * dayMs) };
    case "approved":
      return { nextStep: "remind-borrower", nextAt: new Date(at.getTime() + days.reminderDays * dayMs) };
    case "in_arrears":
      return { nextStep: "call-endorsers", nextAt: new Date(at.getTime() + days.callDays * dayMs) };
    default:
      return never;
  }
}

/** When the lender's reminder went unanswered, and when the borrower's. */
export const operatorTimer = (at: Date): Timer => ({
  nextStep: "call-operator",
  nextAt: afterWorkingDays(at, days.lenderWorkingDays),
});
export const lapseTimer = (at: Date): Timer => ({
  nextStep: "lapse-approval",
  nextAt: new Date(at.getTime() + (days.approvalDays - days.reminderDays) * dayMs),
});

/** When what the lender asked for besides was reminded of: then it decides without. */
export const moreTimer = (at: Date): Timer => ({
  nextStep: "end-more",
  nextAt: new Date(at.getTime() + (days.approvalDays - days.reminderDays) * dayMs),
});

/** Reminds of the first instalment that is not paid, then waits for it, and for the days of grace after it. */
export function instalmentTimer(dueOn: LimaDay | undefined, at: Date): Timer {
  if (dueOn === undefined) return never;
  const remindAt = limaInstant(addDays(dueOn, -days.remindBeforeDays), morning);
  if (remindAt > at) return { nextStep: "remind-instalment", nextAt: remindAt };
  return { nextStep: "fall-in-arrears", nextAt: limaInstant(addDays(dueOn, graceDays + 1), morning) };
}

/** The morning after so many days from Monday to Friday. */
export function afterWorkingDays(at: Date, count: number): Date {
  let day = limaDay(at);
  for (let left = count; left > 0;) {
    day = addDays(day, 1);
    if (weekday(day) !== 0 && weekday(day) !== 6) left -= 1;
  }
  return limaInstant(addDays(day, 1), morning);
}
