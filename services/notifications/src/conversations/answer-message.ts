import { renderText } from "@minka/language/texts";
import { answerChangeOfDay } from "./answer-change-of-day.ts";
import { answerYesAfterNo } from "./answer-change-of-mind.ts";
import { answerChoice, answerLateChoice } from "./answer-choice.ts";
import { answerControl, answerOptedOut, answerPuzzle, answerQuestion } from "./answer-controls.ts";
import { answerCourtesy } from "./answer-courtesy.ts";
import { answerConsent, answerLateConsent, answerNeed, answerPlace } from "./answer-need.ts";
import { answerLateOffer, answerOffer } from "./answer-offer.ts";
import { answerReport } from "./answer-own-visit.ts";
import { answerCancel, answerStatus, answerWaiting } from "./answer-status.ts";
import { answerPlaceRefusal, answerUnknownPlace } from "./answer-place-aside.ts";
import { answerAfterSeveral } from "./answer-several.ts";
import { answerOutcome, answerOwnReport, answerRating } from "./answer-visit.ts";
import { answerSameNeed } from "./same-need.ts";
import { answerWhichVisit } from "./several-visits.ts";
import type { Outcome, Turn } from "./turn.ts";

type Answer = (turn: Turn) => Outcome | null | Promise<Outcome | null>;

/**
 * Who may answer, in order; the first that has something to say does. Words that always work come first,
 * then the open question, then what a person may say at any time.
 */
const answers: readonly Answer[] = [
  answerControl,
  answerOptedOut,
  answerConsent,
  answerPlaceRefusal,
  answerPlace,
  answerWhichVisit,
  answerChoice,
  answerOffer,
  answerOutcome,
  answerRating,
  answerChangeOfDay,
  answerUnknownPlace,
  answerSameNeed,
  answerNeed,
  answerStatus,
  answerCancel,
  answerOwnReport,
  answerReport,
  answerQuestion,
  answerAfterSeveral,
  answerYesAfterNo,
  answerLateConsent,
  answerLateOffer,
  answerCourtesy,
  answerWaiting,
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
    if (!outcome.puzzled || puzzledBefore < 2) return outcome;
    return turn.optedOut ? { puzzled: true } : answerPuzzle(puzzledBefore);
  }
  return answerPuzzle(puzzledBefore);
}
