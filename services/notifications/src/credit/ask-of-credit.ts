import { said, type TextKey, type TextParameters } from "@minka/language/texts";
import { hoursFrom, type Outcome, type Turn } from "../conversations/turn.ts";
import type { CreditQuestion } from "./credit-questions.ts";

/** A loan is not decided in a day. */
export const questionHours = 72;

/** Asks somebody of their own credit. */
export function askOfCredit(
  turn: Turn,
  subject: CreditQuestion,
  key: TextKey,
  parameters: TextParameters = {},
): Outcome {
  return {
    ask: { subject, text: said(key, parameters), expiresAt: hoursFrom(turn.now, questionHours) },
  };
}
