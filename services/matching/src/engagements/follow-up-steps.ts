import { addDays, limaDay, limaInstant, type LimaDay } from "@minka/domain/lima-time";

/** What is due next of an engagement: one timer for all that follows an agreement. */
export const followUpSteps = [
  "remind",
  "ask-outcome",
  "ask-again",
  "give-up",
  "expire-rework",
  "ask-help",
] as const;
export type FollowUpStep = (typeof followUpSteps)[number];
export type NextStep = { readonly nextStep: FollowUpStep; readonly nextAt: Date };
export const noStep = { nextStep: null, nextAt: null } as const;

/** People are back from the plot: 17:00 in Lima. */
const evening = 17;
/** After the first asking: when it is asked again, and when a person has to find out. */
const askAgainDays = 2;
const giveUpDays = 7;
const helpDays = 30;

/** From an agreement on: a reminder the evening before, where there is one yet, then the outcome. */
export function afterAgreement(visitOn: LimaDay, now: Date): NextStep {
  const reminder = limaInstant(addDays(visitOn, -1), evening);
  return now < reminder ? { nextStep: "remind", nextAt: reminder } : outcomeStep(visitOn);
}

/** The evening after the visit day. */
export function outcomeStep(visitOn: LimaDay): NextStep {
  return { nextStep: "ask-outcome", nextAt: limaInstant(addDays(visitOn, 1), evening) };
}

const daysAfterAsking = (visitOn: LimaDay, days: number) => limaInstant(addDays(visitOn, 1 + days), evening);

/** Once the outcome was asked, however late the timer was: nobody is asked twice in a night. */
export function askAgainStep(visitOn: LimaDay, now: Date): NextStep {
  return { nextStep: "ask-again", nextAt: laterOf(daysAfterAsking(visitOn, askAgainDays), evenings(now, 1)) };
}

export function giveUpStep(visitOn: LimaDay, now: Date): NextStep {
  return { nextStep: "give-up", nextAt: laterOf(daysAfterAsking(visitOn, giveUpDays), evenings(now, 1)) };
}

/** A month after it was done. */
export function helpStep(doneAt: Date): NextStep {
  return { nextStep: "ask-help", nextAt: evenings(doneAt, helpDays) };
}

const evenings = (now: Date, days: number) => limaInstant(addDays(limaDay(now), days), evening);
const laterOf = (a: Date, b: Date) => (a > b ? a : b);
