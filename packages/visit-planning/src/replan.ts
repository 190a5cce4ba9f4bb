import { readMonth, whyNowhere } from "./agent-month.ts";
import { keepWhatStands } from "./keep-what-stands.ts";
import type { DayFigures, PlacedStop, Reason, Unplaced } from "./month.ts";
import { placeAgain, savedKm } from "./place-again.ts";
import { ableMonths, mayTake, openReplanning, slotOf } from "./replanning.ts";
import type { Mover, Replanning, ReplanInput, Slot } from "./replanning.ts";

export type Move = {
  stop: string;
  people: number;
  from: Slot;
  /** null: no place was found. */
  to: Slot | null;
  /** Why it could not stay; then why it changed hands, or why it goes nowhere. */
  reasons: Reason[];
};

export type Replanned = {
  /** The plan from now on, by agent, day and order. */
  placed: PlacedStop[];
  moves: Move[];
  /** Stops that were not in the plan and now are. */
  added: string[];
  /** New stops and moved ones without a place. */
  unplaced: Unplaced[];
  days: DayFigures[];
  km: number;
  peopleMoved: number;
};

/**
 * Changes a plan as little as a change of facts allows: what can stay keeps agent, day and time; what cannot is
 * placed with the agent that suits it best; only where there is no room otherwise does somebody else move. Moves
 * are counted by people, kilometres come second. Without a change nothing moves.
 */
export function replan(input: ReplanInput): Replanned {
  const { plan, stops } = openReplanning(input);
  keepWhatStands(plan, stops);
  placeAgain(plan);
  const result: Replanned = {
    placed: [],
    moves: [],
    added: [],
    unplaced: [],
    days: [],
    km: 0,
    peopleMoved: 0,
  };
  for (const month of plan.months.values()) {
    const { placed, days } = readMonth(month);
    result.placed.push(...placed);
    result.days.push(...days);
  }
  result.km = result.days.reduce((sum, { km }) => sum + km, 0);
  for (const stop of stops) {
    const mover = plan.movers.get(stop);
    if (mover === undefined) continue;
    const to = slotOf(plan, stop);
    const reason = to === null ? whyUnplaced(plan, mover) : whyChangedHands(plan, mover);
    if (to === null && reason !== null) {
      result.unplaced.push({ stop: stop.id, agent: mover.from?.agent ?? null, reason });
    }
    if (mover.from === null) {
      if (to !== null) result.added.push(stop.id);
      continue;
    }
    const reasons = [mover.why, reason].filter((one) => one !== null);
    result.moves.push({ stop: stop.id, people: stop.people, from: mover.from, to, reasons });
    result.peopleMoved += stop.people;
  }
  return result;
}

/** With the agent it had if that one may still come, otherwise with the nearest who may. */
function whyUnplaced(plan: Replanning, { stop, from }: Mover): Reason {
  const own = plan.months.get(from?.agent ?? "");
  const able = ableMonths(plan, stop);
  const asked = own && able.includes(own) ? own : able[0];
  return asked ? whyNowhere(asked, stop) : { code: "no-agent" };
}

function whyChangedHands(plan: Replanning, mover: Mover): Reason | null {
  const { stop, from } = mover;
  const own = plan.months.get(from?.agent ?? "");
  const now = plan.at.get(stop)?.month;
  if (!own || !now || own === now || !mayTake(plan, own, stop)) return null;
  const saved = savedKm(plan, mover, now);
  if (saved > plan.input.keepKm) return { code: "closer-agent", agent: now.agent.id, savedKm: saved };
  return whyNowhere(own, stop);
}
