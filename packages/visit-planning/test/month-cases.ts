import { weekday } from "@minka/domain/lima-time";
import * as fc from "fast-check";
import { expect } from "vitest";
import { kmBetween, type LatLon } from "../src/distance-matrix.ts";
import type { MonthAgent, MonthRules, MonthStop, PlacedStop } from "../src/month.ts";

/** Months to schedule and to change, and what must hold of every day of them. */

export const limits = { maxKm: 40, keepKm: 5 };

const day = fc.integer({ min: 1, max: 31 }).map((date) => `2026-12-${String(date).padStart(2, "0")}`);
const place = {
  lat: fc.double({ min: -6.2, max: -6, noNaN: true }),
  lon: fc.double({ min: -76.2, max: -76, noNaN: true }),
};
const quarter = fc.integer({ min: 26, max: 70 }).map((count) => count * 15);

export const agent = (id: string, change: Partial<MonthAgent> = {}): MonthAgent => ({
  id,
  lat: -6.1,
  lon: -76.1,
  capacity: 200,
  topics: ["pruning"],
  crops: ["cacao"],
  weekdays: [1, 2, 3, 4, 5],
  daysOff: [],
  startMinute: 480,
  endMinute: 1020,
  maxStopsADay: 5,
  maxKmADay: 120,
  kmPerHour: 20,
  ...change,
});

export const stop = (id: string, change: Partial<MonthStop> = {}): MonthStop => ({
  id,
  lat: -6.12,
  lon: -76.12,
  district: "220101",
  topic: "pruning",
  crop: "cacao",
  people: 1,
  durationMinutes: 60,
  ...change,
});

export const rules = (agents: MonthAgent[], change: Partial<MonthRules> = {}): MonthRules => ({
  month: "2026-12",
  agents,
  weekly: [],
  closures: [],
  ...change,
});

const agents = fc
  .array(
    fc.record({
      ...place,
      capacity: fc.constantFrom(3, 20, 200),
      crops: fc.constantFrom<string[]>(["cacao"], ["cacao", "coffee"]),
      weekdays: fc.uniqueArray(fc.integer({ min: 0, max: 6 })),
      daysOff: fc.array(day, { maxLength: 3 }),
      maxStopsADay: fc.integer({ min: 1, max: 5 }),
      maxKmADay: fc.constantFrom(20, 60, 120),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((list) => list.map((one, index) => agent(`a${index}`, one)));

const stops = fc
  .array(
    fc.record({
      ...place,
      district: fc.constantFrom("220101", "220102", "220201", null),
      crop: fc.constantFrom("cacao", "cacao", "coffee", null),
      people: fc.constantFrom(1, 1, 2, 8),
      durationMinutes: fc.constantFrom(45, 60, 90, 600),
      fixed: fc.option(fc.record({ day, minute: fc.option(quarter) }), { freq: 4 }),
      refused: fc.array(fc.record({ day, minute: fc.option(quarter) }), { maxLength: 2 }),
      agent: fc.integer({ min: 0, max: 2 }).map((index) => `a${index}`),
    }),
    { maxLength: 25 },
  )
  .map((list) => list.map((one, index) => ({ ...stop(`s${index}`, one), agent: one.agent })));

const closures = fc.array(
  fc.record({
    area: fc.constantFrom("22", "2201", "220102", "220201"),
    firstDay: fc.option(day),
    lastDay: day,
    why: fc.constant("rain"),
  }),
  { maxLength: 1 },
);
const weekly = fc.array(
  fc.record({
    area: fc.constantFrom("2201", "220101"),
    weekday: fc.integer({ min: 0, max: 6 }),
    why: fc.constant("market"),
  }),
  { maxLength: 2 },
);

export const months = fc
  .record({ agents, stops, closures, weekly })
  .map(({ stops, agents, closures, weekly }) => ({ ...rules(agents, { closures, weekly }), stops }));

/** Fails where anybody is visited on a closed day, at a refused time, off the appointment or beyond a limit. */
export function expectWithinRules(
  input: MonthRules & { stops: readonly MonthStop[] },
  placed: readonly PlacedStop[],
): void {
  const stopOf = new Map(input.stops.map((one) => [one.id, one]));
  const agentOf = new Map(input.agents.map((one) => [one.id, one]));
  for (const one of placed) {
    const [what, who] = [stopOf.get(one.stop), agentOf.get(one.agent)];
    if (!what || !who) throw new Error("nobody is visited by nobody");
    expect(one.day.slice(0, 7)).toBe(input.month);
    if (input.from) expect(one.day >= input.from).toBe(true);
    expect(who.weekdays).toContain(weekday(one.day));
    expect(who.daysOff).not.toContain(one.day);
    for (const { area, weekday: closed } of input.weekly)
      if (what.district?.startsWith(area)) expect(weekday(one.day)).not.toBe(closed);
    for (const { area, firstDay, lastDay } of input.closures)
      if (what.district?.startsWith(area)) expect(one.day > lastDay || one.day < (firstDay ?? "")).toBe(true);
    for (const no of what.refused ?? [])
      if (no.day === one.day)
        expect(no.minute !== null && Math.abs(no.minute - one.minute) >= 120).toBe(true);
    if (what.fixed) expect(one.day).toBe(what.fixed.day);
    if (what.fixed && what.fixed.minute !== null) expect(one.minute).toBe(what.fixed.minute);
    expect(one.minute).toBeGreaterThanOrEqual(who.startMinute);
    expect(one.minute + what.durationMinutes).toBeLessThanOrEqual(who.endMinute);
  }
  for (const [key, ofDay] of Map.groupBy(placed, (one) => `${one.agent} ${one.day}`)) {
    const who = agentOf.get(key.split(" ")[0] ?? "");
    if (!who) throw new Error("nobody's day");
    const way = ofDay.toSorted((a, b) => a.order - b.order);
    expect(way.map(({ order }) => order)).toEqual(way.map((_, index) => index + 1));
    expect(way.length).toBeLessThanOrEqual(who.maxStopsADay);
    let previous: LatLon = who;
    let km = 0;
    let ready = 0;
    for (const [index, { stop, minute, kmFromPrevious }] of way.entries()) {
      const what = stopOf.get(stop);
      if (!what) throw new Error("nobody is visited");
      const leg = kmBetween(previous, what);
      expect(kmFromPrevious).toBeCloseTo(leg, 8);
      if (index > 0) expect(minute).toBeGreaterThanOrEqual(ready + (leg / who.kmPerHour) * 60 - 1e-5);
      km += leg;
      ready = minute + what.durationMinutes;
      previous = what;
    }
    expect(km + kmBetween(previous, who)).toBeLessThanOrEqual(who.maxKmADay + 1e-6);
  }
}

/** Fails where an agent has more people than its quota. */
export function expectWithinQuotas(
  input: MonthRules & { stops: readonly MonthStop[] },
  placed: readonly PlacedStop[],
): void {
  for (const { id, capacity } of input.agents) {
    const own = new Set(placed.filter((one) => one.agent === id).map((one) => one.stop));
    const people = input.stops.reduce((sum, one) => sum + (own.has(one.id) ? one.people : 0), 0);
    expect(people).toBeLessThanOrEqual(capacity);
  }
}
