import type { LimaDay } from "@minka/domain/lima-time";
import type { DistanceMatrix } from "./distance-matrix.ts";
import type { MonthAgent, MonthStop } from "./month.ts";

/** A stop with its row in the distance matrix. */
export type LocatedStop = MonthStop & { row: number };

/** A stop of a day's way; with a `minute` it starts exactly then, with null as soon as the agent is there. */
export type DayStop = { stop: LocatedStop; minute: number | null };

/** Whose day it is, and how far things are; `base` is the agent's row. */
export type DayRoute = { agent: MonthAgent; matrix: DistanceMatrix; base: number };

/** People are told quarters of an hour. */
const roundMinutes = 15;
const refusedMinutes = 120;
const epsilonKm = 1e-9;

/** From the base, through the stops, and back. */
export function routeKm({ matrix, base }: DayRoute, stops: readonly DayStop[]): number {
  let km = 0;
  let previous = base;
  for (const { stop } of stops) {
    km += matrix.km(previous, stop.row);
    previous = stop.row;
  }
  return km + matrix.km(previous, base);
}

/**
 * When each stop starts on that day, or null when they cannot all be in time. The way to the first and from the last
 * stop lies outside the agent's hours.
 */
export function startTimes(route: DayRoute, day: LimaDay, stops: readonly DayStop[]): number[] | null {
  const { agent, matrix } = route;
  const minutes: number[] = [];
  let ready = agent.startMinute;
  let previous: LocatedStop | null = null;
  for (const { stop, minute } of stops) {
    if (previous !== null) ready += (matrix.km(previous.row, stop.row) / agent.kmPerHour) * 60;
    const start = minute ?? soonest(stop, day, ready);
    // An arrival a hair after the appointment is the arithmetic's.
    if (start < ready - 1e-6 || refusedUntil(stop, day, start) !== null) return null;
    minutes.push(start);
    ready = start + stop.durationMinutes;
    if (ready > agent.endMinute) return null;
    previous = stop;
  }
  return minutes;
}

function soonest(stop: LocatedStop, day: LimaDay, ready: number): number {
  let start = Math.ceil((ready - 1e-6) / roundMinutes) * roundMinutes;
  for (;;) {
    const until = refusedUntil(stop, day, start);
    if (until === null) return start;
    start = Math.ceil(until / roundMinutes) * roundMinutes;
  }
}

/** When a start at that minute was refused: the first minute that is not refused any more. */
export function refusedUntil(stop: MonthStop, day: LimaDay, minute: number): number | null {
  for (const no of stop.refused ?? []) {
    if (no.day !== day || no.minute === null) continue;
    if (Math.abs(minute - no.minute) < refusedMinutes) return no.minute + refusedMinutes;
  }
  return null;
}

/** Whether the day is within the agent's limits of stops, kilometres and hours. */
export function fitsDay(route: DayRoute, day: LimaDay, stops: readonly DayStop[]): boolean {
  const { agent } = route;
  return (
    stops.length <= agent.maxStopsADay &&
    routeKm(route, stops) <= agent.maxKmADay + epsilonKm &&
    startTimes(route, day, stops) !== null
  );
}

export type Insertion = { stops: DayStop[]; addedKm: number };

/** The cheapest place for one more stop on a day; null where it does not fit. */
export function cheapestInsertion(
  route: DayRoute,
  day: LimaDay,
  stops: readonly DayStop[],
  added: DayStop,
): Insertion | null {
  const { agent, matrix, base } = route;
  if (stops.length >= agent.maxStopsADay) return null;
  const leftKm = agent.maxKmADay - routeKm(route, stops) + epsilonKm;
  let best: Insertion | null = null;
  for (let position = 0; position <= stops.length; position++) {
    const before = stops[position - 1]?.stop.row ?? base;
    const after = stops[position]?.stop.row ?? base;
    const addedKm =
      matrix.km(before, added.stop.row) + matrix.km(added.stop.row, after) - matrix.km(before, after);
    if (addedKm > leftKm || (best !== null && addedKm >= best.addedKm - epsilonKm)) continue;
    const longer = stops.toSpliced(position, 0, added);
    if (startTimes(route, day, longer) !== null) best = { stops: longer, addedKm };
  }
  return best;
}
