import type { LimaDay } from "@minka/domain/lima-time";
import { dayStop, openDays, whyTooMuch, type AgentMonth } from "./agent-month.ts";
import { assignVisits } from "./assign-visits.ts";
import { cheapestInsertion, fitsDay, type DayStop, type LocatedStop } from "./day-route.ts";
import {
  ableMonths,
  mayTake,
  put,
  slotOf,
  slotWith,
  takeOff,
  type Mover,
  type Replanning,
} from "./replanning.ts";

/** Where room is made, only this many of the nearest agents are asked to. */
const agentsAsked = 5;

/**
 * Finds a place for each mover: with the agent it had, unless another that has places left is nearer by more than
 * `keepKm`; then with whom it suits best all in all; then with anybody who may. What finds none stays a mover.
 */
export function placeAgain(plan: Replanning): void {
  const suited = bestAgents(plan);
  const stays = (mover: Mover): AgentMonth | undefined => {
    const own = plan.months.get(mover.from?.agent ?? "");
    const best = suited.get(mover.stop);
    return best && savedKm(plan, mover, best) > plan.input.keepKm ? undefined : own;
  };
  const placeWith = (choose: (mover: Mover) => Iterable<AgentMonth | undefined>): boolean => {
    let placed = false;
    for (const mover of unplacedMovers(plan)) {
      for (const month of choose(mover)) {
        const slot = month && mayTake(plan, month, mover.stop) ? slotWith(month, mover.stop) : null;
        if (!month || !slot) continue;
        put(plan, month, mover.stop, slot);
        placed = true;
        break;
      }
    }
    return placed;
  };
  placeWith((mover) => [stays(mover)]);
  placeWith(({ stop }) => [suited.get(stop)]);
  // Each round serves somebody more, or undoes a move for good.
  for (let changed = true; changed;) {
    changed = settleBack(plan);
    changed = placeWith(({ stop }) => ableMonths(plan, stop)) || changed;
    for (const mover of unplacedMovers(plan)) changed = makeRoom(plan, mover) || changed;
  }
}

/** Appointments first, then what can be on few days, then many people. */
function unplacedMovers(plan: Replanning): Mover[] {
  const waiting = [...plan.movers.values()].filter(({ stop }) => !plan.at.has(stop));
  const choices = new Map(
    waiting.map(({ stop }) => [
      stop,
      ableMonths(plan, stop).reduce((sum, month) => sum + openDays(month, stop).length, 0),
    ]),
  );
  return waiting.sort(
    ({ stop: a }, { stop: b }) =>
      Number(Boolean(b.fixed)) - Number(Boolean(a.fixed)) ||
      (choices.get(a) ?? 0) - (choices.get(b) ?? 0) ||
      b.people - a.people ||
      a.row - b.row,
  );
}

/** Who takes whom so that as many people as possible are served with least travel, days and hours apart. */
function bestAgents(plan: Replanning): Map<LocatedStop, AgentMonth> {
  const { input, months, movers } = plan;
  const all = [...months.values()];
  const visits = [...movers.values()].map(({ stop, from }) => ({
    id: stop.id,
    lat: stop.lat,
    lon: stop.lon,
    topic: stop.topic,
    crop: stop.crop,
    weight: stop.people,
    previousAgent: from?.agent,
    except: all
      .filter(
        (month) =>
          !mayTake(plan, month, stop) || whyTooMuch(month, stop) || openDays(month, stop).length === 0,
      )
      .map(({ agent }) => agent.id),
  }));
  const agents = all.map(({ agent, people }) => ({
    ...agent,
    capacity: Math.max(0, agent.capacity - people),
  }));
  const { assignments } = assignVisits({ agents, visits, maxKm: input.maxKm, keepKm: input.keepKm });
  const agentOf = new Map(assignments.map(({ visit, agent }) => [visit, months.get(agent)]));
  const best = new Map<LocatedStop, AgentMonth>();
  for (const stop of movers.keys()) {
    const month = agentOf.get(stop.id);
    if (month) best.set(stop, month);
  }
  return best;
}

/** Another agent is nearer by more than what a change of hands is worth. */
export function savedKm({ months }: Replanning, { stop, from }: Mover, month: AgentMonth): number {
  const own = months.get(from?.agent ?? "");
  return own ? own.matrix.km(own.base, stop.row) - month.matrix.km(month.base, stop.row) : 0;
}

/** Undoes what has become needless: back to the old time for who made room, to the old agent for who changed hands. */
function settleBack(plan: Replanning): boolean {
  let changed = false;
  for (const mover of plan.movers.values()) {
    const { stop, from, why } = mover;
    const now = plan.at.get(stop);
    const own = plan.months.get(from?.agent ?? "");
    if (!now || !from || !own || !mayTake(plan, own, stop)) continue;
    if (why?.code === "makes-room") {
      const putBack = takeOff(plan, stop);
      const others = own.days.get(from.day) ?? [];
      const there = at(stop, from.minute, others);
      if (own.people + stop.people <= own.agent.capacity && fitsDay(own, from.day, there)) {
        put(plan, own, stop, { day: from.day, stops: there });
        plan.movers.delete(stop);
        changed = true;
        continue;
      }
      putBack();
    }
    if (now.month === own || savedKm(plan, mover, now.month) > plan.input.keepKm) continue;
    const slot = slotWith(own, stop);
    if (!slot) continue;
    takeOff(plan, stop);
    put(plan, own, stop, slot);
    changed = true;
  }
  return changed;
}

/** The day with the stop at exactly that minute: before the first that has a later one. */
function at(stop: LocatedStop, minute: number, others: readonly DayStop[]): DayStop[] {
  const later = others.findIndex((other) => other.minute !== null && other.minute > minute);
  return others.toSpliced(later < 0 ? others.length : later, 0, { stop, minute });
}

/**
 * Places a mover for which there is no room by moving one stop with no more people elsewhere: one that moves anyway,
 * or the smallest, and of these the one that costs least.
 */
function makeRoom(plan: Replanning, { stop }: Mover): boolean {
  for (const month of ableMonths(plan, stop).slice(0, agentsAsked)) {
    let best: { other: LocatedStop; day: LimaDay; extra: number; km: number } | null = null;
    for (const day of openDays(month, stop)) {
      for (const { stop: other } of month.days.get(day) ?? []) {
        if (other.fixed || other.people > stop.people) continue;
        const extra = plan.movers.has(other) ? 0 : other.people;
        if (best && extra > best.extra) continue;
        const exchanged = exchange(plan, month, { stop, day, other });
        exchanged?.undo();
        if (!exchanged || (best && extra === best.extra && exchanged.km >= best.km - 1e-9)) continue;
        best = { other, day, extra, km: exchanged.km };
      }
    }
    if (best === null) continue;
    const { other, day } = best;
    const from = slotOf(plan, other);
    exchange(plan, month, { stop, day, other });
    if (!plan.movers.has(other)) {
      plan.movers.set(other, { stop: other, from, why: { code: "makes-room", for: stop.id } });
    }
    return true;
  }
  return false;
}

/** Puts one stop where another is, and the other elsewhere; null, with everything as before, when it has no place. */
function exchange(
  plan: Replanning,
  month: AgentMonth,
  { stop, day, other }: { stop: LocatedStop; day: LimaDay; other: LocatedStop },
): { km: number; undo: () => void } | null {
  const putBack = takeOff(plan, other);
  const room = cheapestInsertion(month, day, month.days.get(day) ?? [], dayStop(stop));
  if (room === null || month.people + stop.people > month.agent.capacity) {
    putBack();
    return null;
  }
  put(plan, month, stop, { day, stops: room.stops });
  const asked = [month, ...ableMonths(plan, other).slice(0, agentsAsked)];
  for (const next of mayTake(plan, month, other) ? new Set(asked) : asked.slice(1)) {
    const slot = slotWith(next, other);
    if (!slot) continue;
    put(plan, next, other, slot);
    const undo = (): void => {
      takeOff(plan, other);
      takeOff(plan, stop);
      putBack();
    };
    return { km: room.addedKm + slot.addedKm, undo };
  }
  takeOff(plan, stop);
  putBack();
  return null;
}
