import { listPlanDays } from "@minka/contracts/plan-visits";
import { addDays, limaDay, limaHour } from "@minka/domain/lima-time";
import { foldCase } from "@minka/language/fold";
import { isProvider } from "./is-provider.ts";
import { describeVisit } from "./answer-own-visit.ts";
import { daysOff, reasonOfAgent, tellMonth } from "./answer-plan.ts";
import { thenAskAgain } from "./ask-again.ts";
import { decideOnce } from "./decide-once.ts";
import { readDays } from "./read-days.ts";
import { daysAhead, sayNextDays, type PlanMonth } from "./say-plan.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

const asksPlan =
  /^\W*((hola|buenas|minka|ver|mandeme|deme|digame|cual es|quiero ver) )*((mi|mis|mi nuevo) (plan|planes|semana|agenda|dias|visitas)|plan|agenda|que me toca|que visitas tengo)( de la semana| esta semana| del mes| hoy| manana)?( por favor| porfa| gracias)?\W*$/;
export const cannotWork =
  /\bno (voy a |vamos a )?(puedo|poder|podre|podria|trabajo|trabajare|atiendo|atendere|salgo|saldre|estare|voy|ire)\b/;
/** Visits of the day are over by then. */
const dayIsOver = 17;

/**
 * MI PLAN from an agent: the next day's stops and the days after it; from another provider, the visits they have
 * promised. Works while something else is asked, and an order in question is put again after it.
 */
export async function answerMyPlan(turn: Turn): Promise<Outcome | null> {
  const text = foldCase(turn.text.slice(0, 100));
  if (!turn.person || !asksPlan.test(text)) return null;
  const months = await readMonths(turn, turn.person.id);
  if (months.length === 0) {
    // Whoever gets no orders means something else by it.
    const visits = (await describeVisit(turn)) ?? ((await isProvider(turn)) ? say("no_visits") : null);
    return visits && thenAskAgain(turn, visits);
  }
  const today = limaDay(turn.now);
  const from = limaHour(turn.now) >= dayIsOver ? addDays(today, 1) : today;
  return thenAskAgain(turn, { say: [sayNextDays(daysAhead(months, from), turn.language)] });
}

/** "No puedo el 14" from an agent, whenever it comes up: what they have then is placed anew. */
export async function answerDayOff(turn: Turn): Promise<Outcome | null> {
  const { person, prompt } = turn;
  const text = foldCase(turn.text.slice(0, 300));
  if (prompt || !person || !cannotWork.test(text)) return null;
  const off = await decideOnce(turn, "days-off", async () => {
    const today = limaDay(turn.writtenAt);
    for (const { planId, providerId, month, answer } of await readMonths(turn, person.id)) {
      const days = answer === null ? [] : readDays(turn.text, month, today);
      if (days.length > 0) return { planId, providerId, days };
    }
    return null;
  });
  if (!off) return null;
  const reason = reasonOfAgent(turn.text, text);
  const told = await tellMonth(turn, off, { accept: false, days: off.days, reason });
  return told ? daysOff(turn, off.days) : say("plan_month_over");
}

export async function readMonths(turn: Turn, personId: string): Promise<PlanMonth[]> {
  const { months } = await turn.kit.call(
    listPlanDays,
    { params: { personId }, query: {} },
    turn.step("plan-days"),
  );
  return months;
}
