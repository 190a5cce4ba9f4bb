import { readRequest } from "@minka/contracts/matching";
import { limaDay, type LimaDay } from "@minka/domain/lima-time";
import { foldCase } from "@minka/language/fold";
import { interpret } from "@minka/language/interpret";
import { readProposedDay } from "@minka/language/read-proposal";
import { answerChangeOfDay } from "./answer-change-of-day.ts";
import { isProvider } from "./is-provider.ts";
import { answerDayOff, cannotWork, readMonths } from "./answer-my-plan.ts";
import { answerReport } from "./answer-own-visit.ts";
import { answerCannotGo } from "./answer-visit-check.ts";
import { asksOtherMatter, thenAskAgain } from "./ask-again.ts";
import { decideOnce } from "./decide-once.ts";
import { readMatters, visitsToMake } from "./open-matters.ts";
import { isPlanQuestion } from "./plan-questions.ts";
import type { Prompt } from "./prompts.ts";
import type { PromptKind } from "./prompt-kinds.ts";
import { readRefusedDays } from "./read-days.ts";
import { findMatch } from "./say-match.ts";
import { answerVisitAsked } from "./several-visits.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

/** The number, or "ambos", to "¿a cuál no puede ir?"; another question that is open stays so. */
export async function answerVisitApart(turn: Turn): Promise<Outcome | null> {
  const dropped = await answerVisitAsked(turn);
  return dropped && thenAskAgain(turn, dropped);
}

/** Who writes is not known yet, or has not agreed to anything. */
const before: readonly PromptKind[] = ["consent", "speaker", "newcomer", "erasure"];

/**
 * "No puedo el 26" from somebody with visits on that day is about that day, whatever is asked: a question of SI or NO
 * of another matter is never answered by it, and an order that names no day waits.
 */
export async function answerDayApart(turn: Turn): Promise<Outcome | null> {
  const { prompt, person } = turn;
  if (!prompt || !person || before.includes(prompt.kind) || isPlanQuestion(prompt.subject)) return null;
  const text = foldCase(turn.text.slice(0, 300));
  const days = cannotWork.test(text) ? readRefusedDays(turn.text, limaDay(turn.writtenAt)) : [];
  if (days.length === 0) return null;
  const isOther = asksOtherMatter(prompt);
  const apart = await decideOnce(turn, "day-apart", async () => {
    const isAbout = isOther || ((await isBusyOn(turn, days)) && !(await namesOneOf(turn, prompt, days)));
    return isAbout ? { days } : null;
  });
  if (!apart) return null;
  const alone: Turn = { ...turn, prompt: undefined, heard: { ...turn.heard, intent: "unknown", slots: {} } };
  const done =
    (await answerDayOff(alone)) ?? (await answerChangeOfDay(alone)) ?? (await answerCannotGo(alone));
  if (done) return thenAskAgain(turn, done);
  return isOther ? { ...say("answer_yes_or_no"), puzzled: true } : null;
}

async function isBusyOn(turn: Turn, days: readonly LimaDay[]): Promise<boolean> {
  const visits = visitsToMake(await readMatters(turn));
  if (visits.some(({ visitOn }) => days.includes(visitOn))) return true;
  const months = turn.person ? await readMonths(turn, turn.person.id) : [];
  return months.some((month) => month.days.some(({ day }) => days.includes(day)));
}

/** Whether the question itself is about one of these days. */
async function namesOneOf(turn: Turn, { subject }: Prompt, days: readonly LimaDay[]): Promise<boolean> {
  switch (subject.kind) {
    case "offer":
    case "quote": {
      const params = { requestId: subject.requestId };
      const { request } = await turn.kit.call(readRequest, { params }, turn.step("day-asked"));
      const visitOn = findMatch(request, subject.matchId)?.quote?.visitOn;
      return visitOn !== null && visitOn !== undefined && days.includes(visitOn);
    }
    case "visit": {
      const visit = visitsToMake(await readMatters(turn)).find(({ id }) => id === subject.engagementId);
      return visit !== undefined && days.includes(visit.visitOn);
    }
    default:
      return false;
  }
}

/** LISTO from somebody whose visit is today or over is about it, and no SI to a question of another matter. */
export async function answerReportApart(turn: Turn): Promise<Outcome | null> {
  const { prompt } = turn;
  if (!prompt || turn.heard.intent !== "confirm" || prompt.kind === "outcome") return null;
  if (!asksOtherMatter(prompt) && !isPlanQuestion(prompt.subject)) return null;
  const heard = interpret(turn.text, "idle");
  if (heard.intent !== "report_done") return null;
  const made = await decideOnce(turn, "report-apart", async () => {
    const today = limaDay(turn.writtenAt);
    return visitsToMake(await readMatters(turn)).some(({ visitOn }) => visitOn <= today) ? { today } : null;
  });
  return made && answerReport({ ...turn, heard });
}

/** "Puedo el viernes" from a provider of whom nothing is asked: that there is no visit, and not how to ask for one. */
export async function answerDayToSpare(turn: Turn): Promise<Outcome | null> {
  if (turn.prompt || turn.heard.intent !== "unknown") return null;
  const offers = /\b(puedo|podria|podre|voy|ire|llego|tengo libre|estoy libre)\b/.test(
    foldCase(turn.text.slice(0, 200)),
  );
  if (!offers || readProposedDay(turn.text, limaDay(turn.writtenAt)) === null) return null;
  return (await isProvider(turn)) ? { ...say("no_visits"), puzzled: true } : null;
}
