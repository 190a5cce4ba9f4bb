import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LatLon } from "../src/distance-matrix.ts";
import { startsAt, type MonthRules, type MonthStop } from "../src/month.ts";
import { orderStops } from "../src/order-stops.ts";
import { scheduleMonth } from "../src/schedule-month.ts";
import { agent, expectWithinQuotas, expectWithinRules, months, rules, stop } from "./month-cases.ts";

const of = (month: MonthRules, ...stops: MonthStop[]) => ({
  ...month,
  stops: stops.map((one) => ({ ...one, agent: "ana" })),
});
const ana = agent("ana");
/** The why of what was not placed. */
const whyNot = (month: MonthRules, one: MonthStop, ...others: MonthStop[]) =>
  scheduleMonth(of(month, ...others, one)).unplaced.find((unplaced) => unplaced.stop === one.id)?.reason;

/** Over all ways to split the stops into days of at most three. */
function bestSplitKm(who: LatLon, stops: readonly MonthStop[]): number {
  const [first, ...others] = stops;
  if (first === undefined) return 0;
  let best = Infinity;
  for (let set = 0; set < 1 << others.length; set++) {
    const day = [first, ...others.filter((_, index) => (set >> index) & 1)];
    if (day.length > 3) continue;
    const rest = others.filter((_, index) => !((set >> index) & 1));
    best = Math.min(best, orderStops(who, day).km + bestSplitKm(who, rest));
  }
  return best;
}

describe("an agent's month", () => {
  it("never breaks a limit, a closed day, a refusal or an appointment; everything is placed or has a reason", () => {
    fc.assert(
      fc.property(months, (input) => {
        const { placed, unplaced, days, km } = scheduleMonth(input);
        expectWithinRules(input, placed);
        expectWithinQuotas(input, placed);
        const told = [...placed.map((one) => one.stop), ...unplaced.map((one) => one.stop)];
        expect(told.toSorted()).toEqual(input.stops.map(({ id }) => id).toSorted());
        expect(days.reduce((sum, one) => sum + one.stops, 0)).toBe(placed.length);
        expect(km).toBeCloseTo(
          days.reduce((sum, one) => sum + one.km, 0),
          6,
        );
        expect(scheduleMonth(input)).toEqual({ placed, unplaced, days, km });
      }),
      { numRuns: 200 },
    );
  });

  it("leaves nobody out while a day that is open to them has room", () => {
    fc.assert(
      fc.property(months, (input) => {
        const { placed, unplaced, days } = scheduleMonth(input);
        for (const { stop: id, agent: who, reason } of unplaced) {
          const what = input.stops.find((one) => one.id === id);
          const whose = input.agents.find((one) => one.id === who);
          const own = placed.filter((one) => one.agent === who);
          const people = days.filter((one) => one.agent === who).reduce((sum, one) => sum + one.people, 0);
          if (!whose) expect(reason.code).toBe("agent-unknown");
          else if (reason.code === "capacity-reached")
            expect(people + (what?.people ?? 0)).toBeGreaterThan(whose.capacity);
          else if (reason.code === "too-long") expect(what?.durationMinutes).toBeGreaterThan(540);
          else if (reason.code === "agent-never-works") expect(own).toEqual([]);
          else if (reason.code === "agent-full") expect(own.length).toBeGreaterThan(0);
          // With the month to itself it would have had a place, or the same reason holds.
          const alone = scheduleMonth({ ...input, stops: input.stops.filter((one) => one.id === id) });
          const becauseOfOthers = ["agent-full", "capacity-reached", "overlaps"].includes(reason.code);
          if (!becauseOfOthers) expect(alone.unplaced.map((one) => one.reason)).toEqual([reason]);
          else if (reason.code === "agent-full") expect(alone.placed).toHaveLength(1);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("starts the first visit at eight and tells quarters of an hour", () => {
    const near = stop("near");
    const far = stop("far", { lat: -6.14 });
    const { placed } = scheduleMonth(of(rules([ana]), near, far));
    expect(placed.map(({ stop: id, day, minute }) => [id, day, minute])).toEqual([
      ["near", "2026-12-01", 480],
      ["far", "2026-12-01", 555],
    ]);
    expect(startsAt("2026-12-01", 480)).toEqual(new Date("2026-12-01T13:00:00Z"));
  });

  it("visits neighbours on one day and another area on another", () => {
    const stops = ["n1", "s1", "n2", "s2", "n3", "s3"].map((id) =>
      stop(id, { lat: id.startsWith("n") ? -5.9 : -6.3 }),
    );
    const { days, placed } = scheduleMonth(of(rules([ana]), ...stops));
    expect(days).toHaveLength(2);
    for (const { day } of days) {
      const areas = placed.filter((one) => one.day === day).map((one) => one.stop[0]);
      expect(new Set(areas).size).toBe(1);
    }
  });

  it("keeps an appointment at its time and fills the day around it", () => {
    const fixed = stop("fixed", { fixed: { day: "2026-12-10", minute: 615 } });
    const { placed } = scheduleMonth(of(rules([ana]), stop("b"), fixed, stop("c")));
    expect(placed.find((one) => one.stop === "fixed")).toMatchObject({ day: "2026-12-10", minute: 615 });
    expect(new Set(placed.map(({ day }) => day))).toEqual(new Set(["2026-12-10"]));
  });

  it("says why somebody finds no place", () => {
    const month = rules([ana], {
      weekly: [{ area: "2202", weekday: 1, why: "market" }],
      closures: [{ area: "220301", firstDay: null, lastDay: "2027-01-15", why: "rain" }],
    });
    const on = (day: string, minute: number | null = null) => ({ fixed: { day, minute } });
    expect(whyNot(month, stop("s", on("2026-12-06")))).toEqual({
      code: "agent-away",
      agent: "ana",
      day: "2026-12-06",
    });
    expect(whyNot(month, stop("s", on("2027-01-04")))).toEqual({ code: "not-in-month", day: "2027-01-04" });
    expect(whyNot(month, stop("s", { ...on("2026-12-07"), district: "220201" }))).toEqual({
      code: "day-closed",
      day: "2026-12-07",
      area: "2202",
      why: "market",
    });
    expect(whyNot(month, stop("s", { district: "220301" }))).toMatchObject({
      code: "place-closed",
      lastDay: "2027-01-15",
    });
    expect(whyNot(month, stop("s", on("2026-12-09", 420)))).toMatchObject({
      code: "outside-hours",
      minute: 420,
    });
    expect(whyNot(month, stop("s", on("2026-12-09", 510)), stop("t", on("2026-12-09", 480)))).toMatchObject({
      code: "overlaps",
    });
    expect(whyNot(month, stop("s", { durationMinutes: 600 }))).toMatchObject({
      code: "too-long",
      limitMinutes: 540,
    });
    expect(whyNot(month, stop("s", { lat: -7 }))).toMatchObject({ code: "too-far", limitKm: 120 });
    expect(
      whyNot(rules([agent("ana", { capacity: 4 })]), stop("s", { people: 2 }), stop("t", { people: 3 })),
    ).toEqual({
      code: "capacity-reached",
      agent: "ana",
      people: 2,
      left: 1,
    });
    expect(whyNot(rules([agent("ana", { weekdays: [] })]), stop("s"))).toMatchObject({
      code: "agent-never-works",
    });
    expect(whyNot(rules([agent("eva")]), stop("s"))).toEqual({ code: "agent-unknown", agent: "ana" });
    const busy = agent("ana", { weekdays: [2], maxStopsADay: 1 });
    const others = ["a", "b", "c", "d", "e"].map((id) => stop(id));
    expect(whyNot(rules([busy]), stop("s"), ...others)).toEqual({
      code: "agent-full",
      agent: "ana",
      openDays: 5,
    });
  });

  it("travels at most a quarter more than the best split into days, and 5% more on average", () => {
    const ratios = Array.from({ length: 40 }, (_unused, number) => {
      const stops = Array.from({ length: 7 }, (_one, index) => {
        const seed = number * 7 + index + 1;
        return stop(`s${index}`, {
          lat: -6.3 + ((seed * 37) % 101) / 250,
          lon: -76.3 + ((seed * 73) % 103) / 250,
        });
      });
      const who = agent("ana", { maxStopsADay: 3, maxKmADay: 500, kmPerHour: 60 });
      const { placed, km } = scheduleMonth(of(rules([who]), ...stops));
      expect(placed).toHaveLength(7);
      return km / bestSplitKm(who, stops);
    });
    expect(Math.max(...ratios)).toBeLessThan(1.25);
    expect(ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length).toBeLessThan(1.05);
  });

  it("travels far less than visiting one by one, and quickly, for a month of a hundred stops", () => {
    const stops = Array.from({ length: 100 }, (_, index) =>
      stop(`s${index}`, { lat: -6.1 + ((index * 37) % 100) / 400, lon: -76.1 + ((index * 73) % 100) / 400 }),
    );
    const { placed, km } = scheduleMonth(of(rules([ana]), ...stops));
    expect(placed).toHaveLength(100);
    const oneByOne = scheduleMonth(of(rules([agent("ana", { maxStopsADay: 1 })]), ...stops.slice(0, 23)));
    expect(km / 100).toBeLessThan(oneByOne.km / oneByOne.placed.length / 2);
  });
});
