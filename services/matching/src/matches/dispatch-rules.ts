import type { Need } from "@minka/contracts/need";
import type { Kind } from "@minka/domain/vocabulary";

export type DispatchRule = {
  /**
   * The least of waking hours to answer. Whatever it says, an answer may wait until a whole evening and a whole dawn
   * have passed: who works out of coverage by day reads what came in the morning at supper or before leaving.
   */
  readonly answerHours: number;
  /** So many open questions at once, and no one is asked further by Minka's own choice. */
  readonly openAsks: number;
};

/**
 * How a question to a provider is dealt with, by kind. An agent answers between two visits and can go to few; a lender
 * or a training's organizer asks somebody first, a whole working day; who has a shop or a depot answers many.
 */
export const dispatchRules: Readonly<Record<Kind, DispatchRule>> = {
  assistance: { answerHours: 4, openAsks: 10 },
  training: { answerHours: 15, openAsks: 100 },
  input: { answerHours: 4, openAsks: 50 },
  equipment: { answerHours: 6, openAsks: 50 },
  service: { answerHours: 6, openAsks: 20 },
  credit: { answerHours: 15, openAsks: 30 },
  purchase: { answerHours: 6, openAsks: 50 },
};

/**
 * Of an urgent request. It counts from 04:00 to 22:00, longer than the rest: who lives from spraying in time is up
 * before the agents leave, and a pest is worth a call after supper; but nobody hears a phone at two at night.
 */
export const urgentRule = { answerMinutes: 60, wakesAt: 4, sleepsAt: 22, askedAtOnce: 3 } as const;

export const isUrgent = ({ urgency }: Pick<Need, "urgency">): boolean => urgency === "urgent";

/** How many are asked at a time. */
export const askedAtOnce = (need: Pick<Need, "urgency">): number =>
  isUrgent(need) ? urgentRule.askedAtOnce : 1;
