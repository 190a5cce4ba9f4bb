import type { LimaDay } from "@minka/domain/lima-time";
import type { PromptSubject } from "./prompt-kinds.ts";

/** What matching wants to know of an agent's month. Answered by SI or NO like what other services ask. */
export type PlanVisitQuestion = {
  kind: "confirmation";
  service: "matching";
  what: "plan-visit";
  /** Of the visit. */
  id: string;
  personId: string;
  /** What they were told: at another day or hour it is another question. */
  told: { day: LimaDay; startsAt: string };
};
export type PlanMonthQuestion = {
  kind: "confirmation";
  service: "matching";
  what: "plan-month";
  /** Of the plan and the agent in it. */
  id: string;
  planId: string;
  providerId: string;
  personId: string;
  month: string;
  /** How many they were told of. */
  visits: number;
};

export function isPlanQuestion(
  subject: PromptSubject | undefined,
): subject is PlanVisitQuestion | PlanMonthQuestion {
  return subject?.kind === "confirmation" && subject.service === "matching";
}
