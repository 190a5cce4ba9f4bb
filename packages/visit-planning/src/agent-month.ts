import { addDays, weekday, type LimaDay } from "@minka/domain/lima-time";
import { cheapestInsertion, refusedUntil, routeKm, startTimes } from "./day-route.ts";
import type { DayRoute, DayStop, Insertion, LocatedStop } from "./day-route.ts";
import type { DistanceMatrix } from "./distance-matrix.ts";
import type { DayFigures, MonthAgent, MonthRules, MonthStop, PlacedStop, Reason } from "./month.ts";

/** One agent's month while it is being filled: each working day that is left, with its stops in visiting order. */
export type AgentMonth = DayRoute & {
  rules: MonthRules;
  days: Map<LimaDay, DayStop[]>;
  /** Places of the agent's capacity that are taken. */
  people: number;
};

export function emptyMonth(
  rules: MonthRules,
  agent: MonthAgent,
  located: { matrix: DistanceMatrix; base: number },
): AgentMonth {
  const days = new Map<LimaDay, DayStop[]>();
  for (let day = `${rules.month}-01`; day.startsWith(`${rules.month}-`); day = addDays(day, 1)) {
    if (isInMonth(rules, day) && works(agent, day)) days.set(day, []);
  }
  return { ...located, rules, agent, days, people: 0 };
}

function isInMonth({ month, from }: MonthRules, day: LimaDay): boolean {
  return day.startsWith(`${month}-`) && (!from || day >= from);
}

function works({ weekdays, daysOff }: MonthAgent, day: LimaDay): boolean {
  return weekdays.includes(weekday(day)) && !daysOff.includes(day);
}

/** Why this stop cannot be on that day, whatever else is on it; null when it can. */
export function whyNotOn({ rules, agent }: AgentMonth, stop: MonthStop, day: LimaDay): Reason | null {
  if (!isInMonth(rules, day)) return { code: "not-in-month", day };
  if (!works(agent, day)) return { code: "agent-away", agent: agent.id, day };
  const isThere = ({ area }: { area: string }): boolean => stop.district?.startsWith(area) === true;
  const closure = rules.closures.find(
    (one) => isThere(one) && day <= one.lastDay && (one.firstDay === null || one.firstDay <= day),
  );
  if (closure)
    return { code: "place-closed", day, area: closure.area, lastDay: closure.lastDay, why: closure.why };
  const weekly = rules.weekly.find((one) => isThere(one) && one.weekday === weekday(day));
  if (weekly) return { code: "day-closed", day, area: weekly.area, why: weekly.why };
  if (stop.refused?.some((no) => no.day === day && no.minute === null)) {
    return { code: "time-refused", day, minute: null };
  }
  if (stop.fixed && stop.fixed.day !== day) return { code: "appointment", ...stop.fixed };
  return null;
}

/** Why this stop cannot start at that time of that day, whatever else is on it; null when it can. */
export function whyNotAt(month: AgentMonth, stop: LocatedStop, day: LimaDay, minute: number): Reason | null {
  const closed = whyNotOn(month, stop, day) ?? whyTooMuch(month, stop);
  if (closed) return closed;
  const refused = stop.refused?.find((no) => refusedUntil({ ...stop, refused: [no] }, day, minute) !== null);
  if (refused) return { code: "time-refused", day, minute: refused.minute };
  if (stop.fixed && stop.fixed.minute !== null && stop.fixed.minute !== minute) {
    return { code: "appointment", ...stop.fixed };
  }
  const { agent } = month;
  if (minute < agent.startMinute || minute + stop.durationMinutes > agent.endMinute) {
    return { code: "outside-hours", agent: agent.id, day, minute };
  }
  return null;
}

/** Why this stop is too much for any day of the agent; null when it is not. */
export function whyTooMuch({ agent, matrix, base }: AgentMonth, stop: LocatedStop): Reason | null {
  const limitMinutes = agent.endMinute - agent.startMinute;
  if (stop.durationMinutes > limitMinutes) {
    return { code: "too-long", agent: agent.id, minutes: stop.durationMinutes, limitMinutes };
  }
  const km = 2 * matrix.km(base, stop.row);
  if (km > agent.maxKmADay + 1e-9) return { code: "too-far", agent: agent.id, km, limitKm: agent.maxKmADay };
  return null;
}

/** The working days on which the stop can be, other stops apart. */
export function openDays(month: AgentMonth, stop: LocatedStop): LimaDay[] {
  return [...month.days.keys()].filter((day) => whyNotOn(month, stop, day) === null);
}

export type SlotInDay = Insertion & { day: LimaDay };

/** The cheapest place for the stop on any of these days, the earliest of equals; null when there is none. */
export function cheapestSlot(
  month: AgentMonth,
  stop: LocatedStop,
  days: readonly LimaDay[],
): SlotInDay | null {
  let best: SlotInDay | null = null;
  for (const day of days) {
    const found = cheapestInsertion(month, day, month.days.get(day) ?? [], dayStop(stop));
    if (found !== null && (best === null || found.addedKm < best.addedKm - 1e-9)) best = { ...found, day };
  }
  return best;
}

/** As the stop comes: at its appointment, or as soon as the agent is there. */
export function dayStop(stop: LocatedStop): DayStop {
  return { stop, minute: stop.fixed?.minute ?? null };
}

/** Why the stop is on none of the agent's days, once it has been tried on each. */
export function whyNowhere(month: AgentMonth, stop: LocatedStop): Reason {
  const { agent, days } = month;
  const left = agent.capacity - month.people;
  if (stop.people > left) return { code: "capacity-reached", agent: agent.id, people: stop.people, left };
  if (stop.fixed) {
    const { day, minute } = stop.fixed;
    const why = minute === null ? whyNotOn(month, stop, day) : whyNotAt(month, stop, day, minute);
    if (why) return why;
    const others = days.get(day) ?? [];
    const inTime = others
      .concat(dayStop(stop))
      .some((_, at) => startTimes(month, day, others.toSpliced(at, 0, dayStop(stop))) !== null);
    if (minute !== null && !inTime) return { code: "overlaps", agent: agent.id, day, minute };
  }
  const tooMuch = whyTooMuch(month, stop);
  if (tooMuch) return tooMuch;
  if (days.size === 0) return { code: "agent-never-works", agent: agent.id };
  const why = [...days.keys()].map((day) => whyNotOn(month, stop, day));
  const open = why.filter((reason) => reason === null).length;
  if (open > 0) return { code: "agent-full", agent: agent.id, openDays: open };
  const [first] = why;
  const same = why.every((reason) => reason?.code === first?.code);
  return same && first ? first : { code: "never-open", agent: agent.id };
}

/** The month as it stands, day by day. */
export function readMonth(month: AgentMonth): { placed: PlacedStop[]; days: DayFigures[] } {
  const placed: PlacedStop[] = [];
  const days: DayFigures[] = [];
  for (const [day, stops] of month.days) {
    if (stops.length === 0) continue;
    const minutes = startTimes(month, day, stops);
    if (minutes === null) throw new Error(`the stops of ${month.agent.id} on ${day} cannot all be in time`);
    let previous = month.base;
    for (const [index, { stop }] of stops.entries()) {
      const kmFromPrevious = month.matrix.km(previous, stop.row);
      placed.push({
        stop: stop.id,
        agent: month.agent.id,
        day,
        minute: minutes[index] ?? 0,
        order: index + 1,
        kmFromPrevious,
      });
      previous = stop.row;
    }
    const people = stops.reduce((sum, { stop }) => sum + stop.people, 0);
    days.push({ agent: month.agent.id, day, stops: stops.length, people, km: routeKm(month, stops) });
  }
  return { placed, days };
}
