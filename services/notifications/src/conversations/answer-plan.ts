import { answerPlanMonth, answerPlanVisit, type producerRefusals } from "@minka/contracts/plan-visits";
import type { agentRefusals } from "@minka/contracts/plans";
import { DomainError } from "@minka/domain/errors";
import { addDays, limaDay, weekday, type LimaDay } from "@minka/domain/lima-time";
import { foldCase } from "@minka/language/fold";
import { readDeclineReason } from "@minka/language/read-decline-reason";
import { readProposedDay } from "@minka/language/read-proposal";
import { phrase, sayDay } from "@minka/language/texts";
import { offTheMenu } from "./menus.ts";
import { isPlanQuestion, type PlanMonthQuestion, type PlanVisitQuestion } from "./plan-questions.ts";
import { readDays } from "./read-days.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

const cannot =
  /\bno (voy a |vamos a )?(puedo|poder|podre|podria|podemos|estoy|estare|voy|ire|trabajo|trabajare|se puede)\b/;
const noMeans: readonly string[] = ["decline", "report_no_show", "cancel_request"];

/** SI or NO to a visit of an agent's plan, or of the agent to their month. Late answers come here too. */
export function answerPlan(
  turn: Turn,
  subject: PlanVisitQuestion | PlanMonthQuestion,
): Promise<Outcome | null> {
  return subject.what === "plan-visit" ? answerVisit(turn, subject) : answerMonth(turn, subject);
}

export async function answerPlanQuestion(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (!isPlanQuestion(subject)) return null;
  // It may have been asked when the phone had one person only.
  if (turn.shared && turn.person?.id !== subject.personId) return null;
  return answerPlan(turn, subject);
}

/** "Sí, pero el jueves" is no yes to Tuesday: the visit is offered for the day that they name. */
async function answerVisit(turn: Turn, subject: PlanVisitQuestion): Promise<Outcome | null> {
  const { intent } = turn.heard;
  const text = foldCase(turn.text.slice(0, 300));
  const named = readProposedDay(turn.text, weekOf(subject.told.day, text, limaDay(turn.writtenAt)));
  const otherDay = named === subject.told.day ? null : named;
  const says = noMeans.includes(intent) || cannot.test(text) ? "no" : intent === "confirm" ? "yes" : null;
  if (says === "yes" && otherDay === null) return tellVisit(turn, subject, { accept: true });
  if (says !== null || (intent === "unknown" && (otherDay !== null || /\botr[oa] dia\b/.test(text)))) {
    const reason = reasonOfProducer(turn.text, text);
    return tellVisit(turn, subject, {
      accept: false,
      ...(reason ? { reason } : {}),
      ...(otherDay ? { otherDay } : {}),
    });
  }
  return intent === "unknown"
    ? { ...(await offTheMenu(turn, say("answer_yes_or_no"))), puzzled: true }
    : null;
}

const fromToday = /\b(hoy|manana|pasado)\b/;

/** "Mejor el viernes" is the Friday of the week of the visit, though it is not this week: the day before that week. */
function weekOf(visitOn: LimaDay, text: string, today: LimaDay): LimaDay {
  const sunday = addDays(visitOn, -((weekday(visitOn) + 6) % 7) - 1);
  return fromToday.test(text) || sunday < today ? today : sunday;
}

type VisitAnswer = {
  accept: boolean;
  reason?: (typeof producerRefusals)[number];
  otherDay?: LimaDay;
};

async function tellVisit(turn: Turn, { id, told }: PlanVisitQuestion, said: VisitAnswer): Promise<Outcome> {
  const params = { planVisitId: id };
  try {
    const { state } = await turn.kit.call(
      answerPlanVisit,
      { params, body: { ...said, told } },
      turn.step("plan-visit"),
    );
    // No reply to a yes: who comes, with their number, is told by the news of the agreement.
    if (said.accept) return { answered: true };
    return { ...say(state === "refused" ? "plan_visit_other_day" : "plan_visit_no"), answered: true };
  } catch (error) {
    if (!isOver(error)) throw error;
    return {
      ...say(error.code === "visit-moved" ? "plan_visit_changing" : "plan_visit_over"),
      answered: true,
    };
  }
}

function isOver(error: unknown): error is DomainError {
  return error instanceof DomainError && (error.category === "conflict" || error.category === "not-found");
}

const notNeeded =
  /\bno (lo |la |les? )?(necesito|necesitamos|quiero|kiero|queremos|deseo|hace falta|me interesa|ocupo|gracias)\b|\bya (me visit|vino|vinieron|pode|hice|no (quiero|necesito))/;
const away = /\b(viaj\w*|fuera|salgo|saldre|voy a salir|me voy|no estoy|no estare|lejos)\b/;

function reasonOfProducer(written: string, text: string): VisitAnswer["reason"] {
  if (notNeeded.test(text)) return "not_needed";
  if (away.test(text)) return "away";
  const said = readDeclineReason(written);
  return said === "busy" ? "busy" : said ? "other" : undefined;
}

const butFor = /\b(menos|pero|excepto|salvo|no)\b/;
const noDayAtAll = /\b(no|ningun\w*)\b.*\b((este|ese|todo el|el|en el) mes|ningun dia|ninguno|nada)\b/;

/** Their SI is their consent to each visit of the month; days that they cannot are placed anew. */
async function answerMonth(turn: Turn, subject: PlanMonthQuestion): Promise<Outcome | null> {
  const { intent } = turn.heard;
  const text = foldCase(turn.text.slice(0, 300));
  const days = readDays(turn.text, subject.month, limaDay(turn.writtenAt));
  if (intent === "confirm") {
    const exceptDays = butFor.test(text) ? days : [];
    const told = await tellMonth(turn, subject, { accept: true, exceptDays, visits: subject.visits });
    if (!told) return { ...say("plan_month_over"), answered: true };
    const done = exceptDays.length > 0 ? daysOff(turn, exceptDays) : say("plan_month_yes");
    return { ...done, answered: true };
  }
  const declines = noMeans.includes(intent) || cannot.test(text);
  if (!declines && intent !== "unknown") return null;
  const reason = reasonOfAgent(turn.text, text);
  if (days.length > 0) {
    const told = await tellMonth(turn, subject, { accept: false, days, reason });
    // Whether the rest will do is still to be said.
    return told ? daysOff(turn, days) : { ...say("plan_month_over"), answered: true };
  }
  if (noDayAtAll.test(text)) {
    const told = await tellMonth(turn, subject, { accept: false, reason });
    return { ...say(told ? "plan_month_no" : "plan_month_over"), answered: true };
  }
  // The whole month is not given up for one short word.
  if (declines) return say("plan_month_which_days");
  return { ...(await offTheMenu(turn, say("plan_month_which_days"))), puzzled: true };
}

export type MonthAnswer =
  | { accept: true; exceptDays: LimaDay[]; visits: number }
  | { accept: false; days?: LimaDay[]; reason: (typeof agentRefusals)[number] };

/** False where the month is not theirs to answer any more, or not as they were told. */
export async function tellMonth(
  turn: Turn,
  { planId, providerId }: Pick<PlanMonthQuestion, "planId" | "providerId">,
  body: MonthAnswer,
): Promise<boolean> {
  try {
    await turn.kit.call(answerPlanMonth, { params: { planId, providerId }, body }, turn.step("plan-month"));
    return true;
  } catch (error) {
    if (!isOver(error)) throw error;
    return false;
  }
}

export function reasonOfAgent(written: string, text: string): (typeof agentRefusals)[number] {
  if (/\b(enferm\w*|salud|hospital|medico|posta|clinica|operacion)\b/.test(text)) return "ill";
  const said = readDeclineReason(written);
  return said === "busy" || said === "far" ? said : "other";
}

/** "Anotado: no puede lunes 14 y martes 15." */
export function daysOff(turn: Turn, days: readonly LimaDay[]): Outcome {
  const words = (language: string) => {
    const said = days.slice(0, mostSaid).map((day) => sayDay(day, addDays(limaDay(turn.now), -1), language));
    const last = said.pop() ?? "";
    return said.length === 0 ? last : phrase("and", { first: said.join(", "), last }, language);
  };
  return say("plan_days_off", { days: words });
}
const mostSaid = 4;
