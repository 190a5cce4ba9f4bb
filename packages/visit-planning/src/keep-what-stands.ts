import type { LimaDay } from "@minka/domain/lima-time";
import { whyNotAt, type AgentMonth } from "./agent-month.ts";
import { fitsDay, routeKm, startTimes, type DayStop, type LocatedStop } from "./day-route.ts";
import type { Reason } from "./month.ts";
import { mayTake, put, takeOff, type Replanning, type Slot } from "./replanning.ts";

/** Days up to this many stops are searched for the fewest people to move; busier ones lose the smallest stops. */
const searchedStops = 12;

/**
 * Puts every stop of the plan until now at its old time where that still holds. The others, and those that were not
 * in the plan, become movers, each with why it cannot stay.
 */
export function keepWhatStands(plan: Replanning, stops: readonly LocatedStop[]): void {
  const { before, from } = plan.input;
  const byId = new Map(stops.map((stop) => [stop.id, stop]));
  const slots = new Map<LocatedStop, Slot>();
  for (const { stop: id, people, agent, day, minute } of before) {
    const stop = byId.get(id);
    const month = plan.months.get(agent);
    if (from && day < from) {
      if (month) month.people += people ?? stop?.people ?? 1;
      if (stop) byId.delete(id);
    } else if (stop) slots.set(stop, { agent, day, minute });
  }
  const days = new Map<AgentMonth, Map<LimaDay, DayStop[]>>();
  for (const stop of stops) {
    // What was visited already has no place to be found.
    if (!byId.has(stop.id)) continue;
    const slot = slots.get(stop);
    if (slot === undefined) {
      plan.movers.set(stop, { stop, from: null, why: null });
      continue;
    }
    const month = plan.months.get(slot.agent);
    const why = month ? whyNotStay(plan, month, stop, slot) : unknownAgent(slot.agent);
    if (why || !month) {
      plan.movers.set(stop, { stop, from: slot, why });
      continue;
    }
    const daysOfAgent = days.get(month) ?? new Map<LimaDay, DayStop[]>();
    days.set(month, daysOfAgent);
    daysOfAgent.set(slot.day, [...(daysOfAgent.get(slot.day) ?? []), { stop, minute: slot.minute }]);
  }
  for (const [month, daysOfAgent] of days) {
    for (const [day, all] of daysOfAgent) {
      const sorted = all.toSorted((a, b) => (a.minute ?? 0) - (b.minute ?? 0) || a.stop.row - b.stop.row);
      const kept = mostThatFit(month, day, sorted);
      for (const { stop, minute } of sorted) {
        if (kept.some((one) => one.stop === stop)) put(plan, month, stop, { day, stops: kept });
        else {
          const overlaps = kept.length < month.agent.maxStopsADay && startTimes(month, day, sorted) === null;
          const why: Reason = overlaps
            ? { code: "overlaps", agent: month.agent.id, day, minute: minute ?? 0 }
            : { code: "agent-full", agent: month.agent.id, openDays: 1 };
          plan.movers.set(stop, { stop, from: slots.get(stop) ?? null, why });
        }
      }
    }
    for (const stop of beyondCapacity(month)) {
      const { capacity, id } = month.agent;
      const why: Reason = { code: "capacity-reached", agent: id, people: month.people, left: capacity };
      takeOff(plan, stop);
      plan.movers.set(stop, { stop, from: slots.get(stop) ?? null, why });
    }
  }
}

function unknownAgent(agent: string): Reason {
  return { code: "agent-unknown", agent };
}

function whyNotStay(
  plan: Replanning,
  month: AgentMonth,
  stop: LocatedStop,
  { day, minute }: Slot,
): Reason | null {
  if (!mayTake(plan, month, stop)) return { code: "agent-may-not", agent: month.agent.id };
  return whyNotAt(month, stop, day, minute);
}

/** Of a day's stops at their times, those with the most people that the agent's limits allow together. */
function mostThatFit(month: AgentMonth, day: LimaDay, stops: readonly DayStop[]): DayStop[] {
  if (fitsDay(month, day, stops)) return [...stops];
  // An appointment stands before everything that can be at another time.
  const worth = ({ stop }: DayStop): number => stop.people + (stop.fixed ? 1e6 : 0);
  if (stops.length > searchedStops) {
    const kept: DayStop[] = [];
    for (const one of stops.toSorted((a, b) => worth(b) - worth(a) || a.stop.row - b.stop.row)) {
      const more = stops.filter((other) => other === one || kept.includes(other));
      if (fitsDay(month, day, more)) kept.splice(0, kept.length, ...more);
    }
    return kept;
  }
  let best: { kept: DayStop[]; worth: number; km: number } = { kept: [], worth: 0, km: 0 };
  for (let set = 1; set < 1 << stops.length; set++) {
    const kept = stops.filter((_, index) => (set & (1 << index)) !== 0);
    const total = kept.reduce((sum, one) => sum + worth(one), 0);
    if (total < best.worth || !fitsDay(month, day, kept)) continue;
    const km = routeKm(month, kept);
    if (total > best.worth || km < best.km - 1e-9) best = { kept, worth: total, km };
  }
  return best.kept;
}

/** The stops to take off so that the month is within the agent's capacity, with the fewest people; the last first. */
function beyondCapacity(month: AgentMonth): LocatedStop[] {
  const excess = month.people - month.agent.capacity;
  if (excess <= 0) return [];
  const stops = [...month.days.values()].flat().toReversed();
  stops.sort((a, b) => Number(Boolean(a.stop.fixed)) - Number(Boolean(b.stop.fixed)));
  // For each number of people, the first set of stops found that has it.
  const sets = new Map<number, LocatedStop[]>([[0, []]]);
  for (const { stop } of stops) {
    const known = [...sets];
    for (const [people, set] of known) {
      const total = people + stop.people;
      if (people < excess && !sets.has(total)) sets.set(total, [...set, stop]);
    }
  }
  const enough = [...sets.keys()].filter((people) => people >= excess);
  return sets.get(Math.min(...enough)) ?? stops.map(({ stop }) => stop);
}
