import { answerAttendance, answerNoWomanNear } from "./answer-attendance.ts";
import { answerChangeOfChoice } from "./answer-change-of-choice.ts";
import { answerChangeOfDay } from "./answer-change-of-day.ts";
import { answerDebts, answerPaymentQuestion } from "./answer-payment.ts";
import { answerPool, answerPoolQuestion } from "./answer-pool.ts";
import { answerLot, answerLotQuestion } from "./answer-lot.ts";
import { answerErrand } from "./answer-errand.ts";
import { answerYesAfterNo } from "./answer-change-of-mind.ts";
import { answerChoice, answerLateChoice } from "./answer-choice.ts";
import { answerConfirmation, answerLateConfirmation } from "./answer-confirmation.ts";
import { answerControl, answerOptedOut, answerPuzzle, answerQuestion } from "./answer-controls.ts";
import { answerBlock } from "./answer-block.ts";
import { answerDayApart, answerDayToSpare, answerReportApart, answerVisitApart } from "./answer-apart.ts";
import { answerCourtesy } from "./answer-courtesy.ts";
import { answerConsent, answerLateConsent, answerNeed, answerPlace } from "./answer-need.ts";
import { answerLateOffer, answerOffer } from "./answer-offer.ts";
import {
  answerGroup,
  answerJoining,
  answerLeaving,
  answerLeavingAtOnce,
  answerOrganizationChoice,
  answerOrganizationPlace,
} from "./answer-organizations.ts";
import { answerHere } from "./answer-here.ts";
import { answerHelp } from "./answer-help.ts";
import { answerLateQuote, answerQuote } from "./answer-quote.ts";
import { answerOwnQuote } from "./answer-with-quote.ts";
import { answerOtherNeed } from "./answer-other-need.ts";
import { answerOtherMenu } from "./answer-other-menu.ts";
import { answerDayOff, answerMyPlan } from "./answer-my-plan.ts";
import { answerErasure, answerOwnData } from "./answer-own-data.ts";
import { answerReport } from "./answer-own-visit.ts";
import { answerPlanQuestion } from "./answer-plan.ts";
import { answerPriceCrop } from "./answer-price.ts";
import { answerPastVisit, answerTakenBackDone } from "./answer-past-visit.ts";
import { answerRest } from "./answer-rest.ts";
import { answerBadWork, answerRework } from "./answer-rework.ts";
import { answerCancel, answerStatus, answerWaiting } from "./answer-status.ts";
import { answerPlaceRefusal, answerUnknownPlace } from "./answer-place-aside.ts";
import { answerAfterSeveral, answerWhichNeed } from "./answer-several.ts";
import { answerWhichRequest } from "./answer-which-request.ts";
import { answerWouldProvide } from "./answer-would-provide.ts";
import { answerCannotGo, answerVisitCheck } from "./answer-visit-check.ts";
import { answerVisitDay } from "./answer-visit-day.ts";
import { answerWhy } from "./answer-why.ts";
import { answerOutcome, answerOwnReport, answerRating } from "./answer-visit.ts";
import { answerCreditQuestion, answerCreditWish } from "../credit/answer-credit.ts";
import { answerLender, answerRefusalQuestion } from "../credit/answer-lender.ts";
import { answerCallOff } from "./call-off.ts";
import { answerCallOffQuestion, answerSure } from "./answer-sure.ts";
import { answerTaught } from "./answer-taught.ts";
import { answerTakenOver } from "../desk/answer-taken-over.ts";
import { answerNewcomer, answerNewWord, answerSpeaker } from "../speakers/answer-speaker.ts";
import { answerSameNeed } from "./same-need.ts";
import { answerMachine } from "./suspect-machine.ts";
import { answerWhichVisit } from "./several-visits.ts";
import type { Outcome, Turn } from "./turn.ts";

type Answer = (turn: Turn) => Outcome | null | Promise<Outcome | null>;

/**
 * Who may answer, in order; the first that has something to say does. Words that always work come first,
 * then the open question, then what a person may say at any time.
 */
const answers: readonly Answer[] = [
  answerTakenOver,
  answerMachine,
  answerOwnData,
  answerErasure,
  answerHere,
  answerRest,
  answerLeavingAtOnce,
  answerControl,
  answerOptedOut,
  answerNewcomer(answerTurn),
  answerSpeaker(answerTurn),
  answerNewWord,
  answerMyPlan,
  answerWhichRequest,
  answerVisitApart,
  answerDayApart,
  answerReportApart,
  answerBlock,
  answerSure,
  answerTaught,
  answerWhy,
  answerErrand,
  answerWouldProvide,
  answerAttendance,
  answerOtherMenu,
  answerPaymentQuestion,
  answerDebts,
  answerLender,
  answerRefusalQuestion,
  answerCreditQuestion,
  answerCreditWish,
  answerConsent,
  answerPlaceRefusal,
  answerWhichNeed,
  answerOrganizationPlace,
  answerPlace,
  answerLeaving,
  answerGroup,
  answerPlanQuestion,
  answerDayOff,
  answerWhichVisit,
  answerChoice,
  answerNoWomanNear,
  answerOffer,
  answerQuote,
  answerRework,
  answerVisitCheck,
  answerBadWork,
  answerVisitDay,
  answerOutcome,
  answerRating,
  answerHelp,
  answerConfirmation,
  answerOrganizationChoice,
  answerJoining,
  answerCallOffQuestion,
  answerPoolQuestion,
  answerLotQuestion,
  answerLot,
  answerPool,
  answerPriceCrop,
  answerChangeOfDay,
  answerCannotGo,
  answerChangeOfChoice,
  answerUnknownPlace,
  answerSameNeed,
  answerOtherNeed,
  answerNeed,
  answerStatus,
  answerCallOff,
  answerCancel,
  answerOwnReport,
  answerTakenBackDone,
  answerReport,
  answerPastVisit,
  answerQuestion,
  answerAfterSeveral,
  answerYesAfterNo,
  answerLateConsent,
  answerOwnQuote,
  answerLateQuote,
  answerLateOffer,
  answerLateConfirmation,
  answerCourtesy,
  answerWaiting,
  answerLateChoice,
  answerDayToSpare,
];

/** Decides what a message leads to. Calls other services, writes nothing. */
export async function answerMessage(
  turn: Turn,
  { safety, puzzledBefore }: { safety: boolean; puzzledBefore: number },
): Promise<Outcome> {
  if (safety || turn.heard.intent === "safety_help") return { fleeting: "safety" };
  const outcome = await firstAnswer(turn);
  if (!outcome) return answerPuzzle(puzzledBefore, turn);
  // A question that keeps being misunderstood ends like any other puzzle: with a person, then silence.
  if (!outcome.puzzled || puzzledBefore < 2) return outcome;
  const ends = turn.optedOut ? { puzzled: true } : answerPuzzle(puzzledBefore);
  return { ...ends, conceal: outcome.conceal ?? false };
}

async function firstAnswer(turn: Turn): Promise<Outcome | null> {
  for (const answer of answers) {
    const outcome = await answer(turn);
    if (outcome) return outcome;
  }
  return null;
}

/** A message that was put off until its writer was known; it has its one chance. */
async function answerTurn(turn: Turn): Promise<Outcome> {
  return (await firstAnswer(turn)) ?? answerPuzzle(0, turn);
}
