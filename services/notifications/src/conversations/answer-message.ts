import { renderText } from "@minka/language/texts";
import { answerChoice, answerLateChoice } from "./answer-choice.ts";
import { answerControl, answerPuzzle, answerQuestion } from "./answer-controls.ts";
import { answerConsent, answerNeed, answerPlace } from "./answer-need.ts";
import { answerOffer, answerReport } from "./answer-offer.ts";
import { answerCancel, answerStatus } from "./answer-status.ts";
import { answerOutcome, answerOwnReport, answerRating } from "./answer-visit.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

type Answer = (turn: Turn) => Outcome | null | Promise<Outcome | null>;

/**
 * Who may answer, in order; the first that has something to say does. Words that always work come first,
 * then the open question, then what a person may say at any time.
 */
const answers: readonly Answer[] = [
  answerControl,
  ({ optedOut }) => (optedOut ? { ...say("opted_out_reminder"), puzzled: true } : null),
  answerConsent,
  answerPlace,
  answerChoice,
  answerOffer,
  answerOutcome,
  answerRating,
  answerNeed,
  answerStatus,
  answerCancel,
  answerOwnReport,
  answerReport,
  answerQuestion,
  answerLateChoice,
];

/** Decides what a message leads to. Calls other services, writes nothing. */
export async function answerMessage(
  turn: Turn,
  { safety, puzzledBefore }: { safety: boolean; puzzledBefore: number },
): Promise<Outcome> {
  if (safety || turn.heard.intent === "safety_help") return { fleeting: renderText("safety") };
  for (const answer of answers) {
    const outcome = await answer(turn);
    if (!outcome) continue;
    // A question that keeps being misunderstood ends like any other puzzle: with a person, then silence.
    return outcome.puzzled && puzzledBefore >= 2 ? { ...answerPuzzle(puzzledBefore) } : outcome;
  }
  return answerPuzzle(puzzledBefore);
}
