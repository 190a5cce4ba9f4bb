import type { LimaDay } from "@minka/domain/lima-time";
import { cheapestSlot, dayStop, emptyMonth, openDays, readMonth, whyNowhere } from "./agent-month.ts";
import type { AgentMonth } from "./agent-month.ts";
import { cheapestInsertion, fitsDay, routeKm, type DayStop, type LocatedStop } from "./day-route.ts";
import { DistanceMatrix } from "./distance-matrix.ts";
import type { DayFigures, MonthRules, MonthStop, PlacedStop, Unplaced } from "./month.ts";
import { orderStops } from "./order-stops.ts";

export type MonthInput = MonthRules & { stops: readonly (MonthStop & { agent: string })[] };

export type MonthSchedule = {
  /** By agent, day and order. */
  placed: PlacedStop[];
  /** In the order of the stops. */
  unplaced: Unplaced[];
  days: DayFigures[];
  km: number;
};

/** A stop joins a day that is there for others when that costs at most this part of going there by itself. */
const joiningPart = 0.5;
const improvingRounds = 8;
const epsilonKm = 1e-6;

/**
 * Puts each stop of each agent on a day, with the time at which it starts: appointments first, then the farthest
 * stops, each with those for which its way is no great detour, then whatever is left where it costs least. No limit
 * or closed day is ever broken: what finds no place is told with the reason. The same input gives the same month.
 */
export function scheduleMonth(input: MonthInput): MonthSchedule {
  const stopsOf = Map.groupBy(input.stops, ({ agent }) => agent);
  const schedule: MonthSchedule = { placed: [], unplaced: [], days: [], km: 0 };
  for (const agent of input.agents) {
    const stops = (stopsOf.get(agent.id) ?? []).map((stop, index) => ({ ...stop, row: index + 1 }));
    const month = emptyMonth(input, agent, { matrix: new DistanceMatrix([agent, ...stops]), base: 0 });
    const waiting = fillMonth(month, stops);
    const { placed, days } = readMonth(month);
    schedule.placed.push(...placed);
    schedule.days.push(...days);
    schedule.unplaced.push(
      ...waiting.map((stop) => ({ stop: stop.id, agent: agent.id, reason: whyNowhere(month, stop) })),
    );
  }
  const known = new Set(input.agents.map(({ id }) => id));
  for (const { id, agent } of input.stops) {
    if (!known.has(agent))
      schedule.unplaced.push({ stop: id, agent, reason: { code: "agent-unknown", agent } });
  }
  const position = new Map(input.stops.map(({ id }, index) => [id, index]));
  schedule.unplaced.sort((a, b) => (position.get(a.stop) ?? 0) - (position.get(b.stop) ?? 0));
  schedule.km = schedule.days.reduce((sum, { km }) => sum + km, 0);
  return schedule;
}

/** Fills the agent's days; answers the stops that found no place. */
function fillMonth(month: AgentMonth, stops: readonly LocatedStop[]): LocatedStop[] {
  const open = new Map(stops.map((stop) => [stop, openDays(month, stop)]));
  const alone = (stop: LocatedStop): number => 2 * month.matrix.km(month.base, stop.row);
  const left: LocatedStop[] = [];
  const put = (stop: LocatedStop, slot: { day: LimaDay; stops: DayStop[] } | null): boolean => {
    if (slot === null || month.people + stop.people > month.agent.capacity) return false;
    month.days.set(slot.day, slot.stops);
    month.people += stop.people;
    return true;
  };
  const putAnywhere = (stop: LocatedStop): void => {
    if (!put(stop, cheapestSlot(month, stop, open.get(stop) ?? []))) left.push(stop);
  };

  // Those with a time first: whoever may come at any time of a day then fits in around them.
  const appointments = stops.filter(({ fixed }) => fixed);
  for (const stop of appointments.filter(({ fixed }) => fixed?.minute !== null)) putAnywhere(stop);
  for (const stop of appointments.filter(({ fixed }) => fixed?.minute === null)) putAnywhere(stop);

  const waiting = new Set(
    stops.filter(({ fixed }) => !fixed).toSorted((a, b) => alone(b) - alone(a) || a.row - b.row),
  );
  const join = (day: LimaDay): void => {
    for (let found = bestToJoin(month, day, waiting, open, alone); found;) {
      waiting.delete(found.stop);
      if (!put(found.stop, { day, stops: found.stops })) left.push(found.stop);
      found = bestToJoin(month, day, waiting, open, alone);
    }
  };
  for (const [day, others] of month.days) if (others.length > 0) join(day);
  for (const stop of waiting) {
    waiting.delete(stop);
    const days = open.get(stop) ?? [];
    const joined = cheapestSlot(
      month,
      stop,
      days.filter((day) => month.days.get(day)?.length),
    );
    if (joined !== null && joined.addedKm <= joiningPart * alone(stop) && put(stop, joined)) continue;
    const fresh = days.find((day) => month.days.get(day)?.length === 0);
    if (fresh !== undefined && put(stop, cheapestSlot(month, stop, [fresh]))) join(fresh);
    else putAnywhere(stop);
  }

  shorten(month, open);
  let waitingStill = Infinity;
  while (left.length < waitingStill) {
    for (const [day, others] of month.days) month.days.set(day, inBestOrder(month, day, others));
    // Shorter ways may have made room.
    waitingStill = left.length;
    for (const stop of left.splice(0)) putAnywhere(stop);
  }
  return left.toSorted((a, b) => a.row - b.row);
}

/** The waiting stop for which joining that day saves most against going there by itself. */
function bestToJoin(
  month: AgentMonth,
  day: LimaDay,
  waiting: ReadonlySet<LocatedStop>,
  open: ReadonlyMap<LocatedStop, readonly LimaDay[]>,
  alone: (stop: LocatedStop) => number,
): { stop: LocatedStop; stops: DayStop[] } | null {
  const others = month.days.get(day) ?? [];
  let best: { stop: LocatedStop; stops: DayStop[]; savedKm: number } | null = null;
  for (const stop of waiting) {
    const ownKm = alone(stop);
    // Nothing saves more than the whole way there and back.
    if (best !== null && ownKm <= best.savedKm) break;
    if (!open.get(stop)?.includes(day)) continue;
    const found = cheapestInsertion(month, day, others, dayStop(stop));
    if (found === null || found.addedKm > joiningPart * ownKm) continue;
    const savedKm = ownKm - found.addedKm;
    if (best === null || savedKm > best.savedKm) best = { stop, stops: found.stops, savedKm };
  }
  return best;
}

/** Moves single stops to where they cost less, on the same day or another, until none does or enough is done. */
function shorten(month: AgentMonth, open: ReadonlyMap<LocatedStop, readonly LimaDay[]>): void {
  for (let round = 0; round < improvingRounds; round++) {
    let shorter = false;
    for (const [day, before] of month.days) {
      for (const { stop } of before) {
        const now = month.days.get(day) ?? [];
        const rest = now.filter((other) => other.stop !== stop);
        if (rest.length === now.length || !fitsDay(month, day, rest)) continue;
        const freedKm = routeKm(month, now) - routeKm(month, rest);
        if (freedKm <= epsilonKm) continue;
        month.days.set(day, rest);
        const slot = cheapestSlot(month, stop, open.get(stop) ?? []);
        if (slot !== null && slot.addedKm < freedKm - epsilonKm) {
          month.days.set(slot.day, slot.stops);
          shorter = true;
        } else {
          month.days.set(day, now);
        }
      }
    }
    if (!shorter) return;
  }
}

/** The shortest way, turned whichever way is in time; a day with appointments keeps the order that suits them. */
function inBestOrder(month: AgentMonth, day: LimaDay, stops: DayStop[]): DayStop[] {
  if (stops.length < 2) return stops;
  const { order } = orderStops(
    month.agent,
    stops.map(({ stop }) => stop),
  );
  const ordered = order.flatMap((index) => stops[index] ?? []);
  for (const way of [ordered, ordered.toReversed()]) {
    const shorter = routeKm(month, way) <= routeKm(month, stops) + epsilonKm;
    if (shorter && fitsDay(month, day, way)) return way;
  }
  return stops;
}
