import { weekday } from "@minka/domain/lima-time";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kmBetween } from "../src/distance-matrix.ts";
import type { MonthAgent, MonthRules, MonthStop, Reason } from "../src/month.ts";
import { replan, type Move, type Replanned } from "../src/replan.ts";
import type { ReplanInput } from "../src/replanning.ts";
import { scheduleMonth } from "../src/schedule-month.ts";
import { agent, expectWithinQuotas, expectWithinRules, limits, months, rules, stop } from "./month-cases.ts";

type Planned = MonthRules & { stops: readonly (MonthStop & { agent: string })[] };

/** The plan of a month, as it stands before the change. */
function standing(input: Planned): ReplanInput {
  const { placed } = scheduleMonth(input);
  const stops = input.stops.filter(({ id }) => placed.some((one) => one.stop === id));
  return {
    ...input,
    ...limits,
    agents: input.agents.map((one) => ({ ...one, crops: ["cacao", "coffee"] })),
    stops,
    before: placed.map(({ stop: id, agent: who, day, minute }) => ({ stop: id, agent: who, day, minute })),
  };
}

const date = fc.integer({ min: 1, max: 31 }).map((number) => `2026-12-${String(number).padStart(2, "0")}`);
const changes = fc.record({
  gone: fc.option(fc.nat(2)),
  away: fc.array(date, { maxLength: 4 }),
  refuses: fc.array(fc.record({ who: fc.nat(24), wholeDay: fc.boolean() }), { maxLength: 3 }),
  closed: fc.option(fc.record({ firstDay: date, days: fc.nat(5) })),
  newcomers: fc.nat(3),
  fewerStops: fc.boolean(),
  fewerPlaces: fc.option(fc.nat(10)),
});
type Change = typeof changes extends fc.Arbitrary<infer T> ? T : never;

function changed(plan: ReplanInput, change: Change): ReplanInput {
  const refusing = new Map(
    change.refuses.map(({ who, wholeDay }) => [
      plan.stops[who % Math.max(1, plan.stops.length)]?.id,
      wholeDay,
    ]),
  );
  const lastOf = (from: string, days: number) =>
    `2026-12-${String(Math.min(31, Number(from.slice(8)) + days)).padStart(2, "0")}`;
  return {
    ...plan,
    agents: plan.agents
      .filter((_, index) => index !== change.gone)
      .map((one, index) => ({
        ...one,
        ...(index === 0 ? { daysOff: [...one.daysOff, ...change.away] } : {}),
        ...(index === 0 && change.fewerStops ? { maxStopsADay: Math.max(1, one.maxStopsADay - 1) } : {}),
        ...(index === 0 && change.fewerPlaces !== null ? { capacity: change.fewerPlaces } : {}),
      })),
    stops: [
      ...plan.stops.map((one) => {
        const was = plan.before.find((slot) => slot.stop === one.id);
        const wholeDay = refusing.get(one.id);
        if (!was || wholeDay === undefined) return one;
        const no = { day: was.day, minute: wholeDay ? null : was.minute };
        return { ...one, fixed: null, refused: [...(one.refused ?? []), no] };
      }),
      ...Array.from({ length: change.newcomers }, (_, index) => stop(`new${index}`)),
    ],
    closures: change.closed
      ? [
          ...plan.closures,
          {
            area: "2201",
            firstDay: change.closed.firstDay,
            lastDay: lastOf(change.closed.firstDay, change.closed.days),
            why: "road",
          },
        ]
      : plan.closures,
  };
}

/** Whether a reason can be checked against the facts, and is so. */
function holds(input: ReplanInput, after: Replanned, move: Move, reason: Reason): boolean {
  const what = input.stops.find((one) => one.id === move.stop);
  const was = input.agents.find((one) => one.id === move.from.agent);
  const { day, minute } = move.from;
  if (!what) return false;
  const kmTo = (who: MonthAgent | undefined) => (who ? kmBetween(who, what) : Infinity);
  const ofAgent = (id: string) => after.placed.filter((one) => one.agent === id);
  const peopleOf = (id: string) =>
    ofAgent(id).reduce(
      (sum, one) => sum + (input.stops.find((other) => other.id === one.stop)?.people ?? 0),
      0,
    );
  switch (reason.code) {
    case "agent-unknown":
      return was === undefined;
    case "agent-away": {
      const who = input.agents.find((one) => one.id === reason.agent);
      return (
        who !== undefined && (who.daysOff.includes(reason.day) || !who.weekdays.includes(weekday(reason.day)))
      );
    }
    case "place-closed":
      return input.closures.some(
        (one) =>
          one.area === reason.area &&
          what.district?.startsWith(one.area) === true &&
          (one.firstDay ?? "") <= reason.day &&
          reason.day <= one.lastDay,
      );
    case "day-closed":
      return input.weekly.some(
        (one) =>
          one.area === reason.area &&
          what.district?.startsWith(one.area) === true &&
          one.weekday === weekday(reason.day),
      );
    case "time-refused":
      return (what.refused ?? []).some((no) => no.day === reason.day && no.minute === reason.minute);
    case "closer-agent": {
      const to = input.agents.find((one) => one.id === move.to?.agent);
      return kmTo(was) - kmTo(to) > input.keepKm && Math.abs(kmTo(was) - kmTo(to) - reason.savedKm) < 1e-6;
    }
    case "capacity-reached": {
      const who = input.agents.find((one) => one.id === reason.agent);
      const before = reason.people > reason.left && reason.left === who?.capacity;
      return before || peopleOf(reason.agent) + what.people > (who?.capacity ?? 0);
    }
    case "agent-full":
      return reason.openDays > 0 && (ofAgent(reason.agent).length > 0 || move.from.agent === reason.agent);
    case "makes-room":
      return after.placed.some((one) => one.stop === reason.for) && move.to !== null;
    case "appointment":
      return what.fixed?.day !== day || what.fixed.minute !== minute;
    case "no-agent":
      return !input.agents.some(
        (one) => kmTo(one) <= input.maxKm && one.crops.includes(what.crop ?? "cacao"),
      );
    case "too-far":
      return (
        reason.km > reason.limitKm &&
        Math.abs(2 * kmTo(input.agents.find((one) => one.id === reason.agent)) - reason.km) < 1e-6
      );
    case "too-long":
      return reason.minutes > reason.limitMinutes && what.durationMinutes === reason.minutes;
    case "agent-never-works":
      return ofAgent(reason.agent).length === 0;
    case "never-open":
    case "overlaps":
      return input.agents.some((one) => one.id === reason.agent);
    default:
      return false;
  }
}

describe("a plan that has to change", () => {
  it("does not move anybody while nothing has changed", () => {
    fc.assert(
      fc.property(months, (month) => {
        const input = standing(month);
        const after = replan(input);
        expect(after.moves).toEqual([]);
        expect(after.unplaced).toEqual([]);
        expect(
          after.placed.map(({ stop: id, agent: who, day, minute }) => ({
            stop: id,
            agent: who,
            day,
            minute,
          })),
        ).toEqual(input.before);
      }),
      { numRuns: 100 },
    );
  });

  it("respects every rule, keeps or explains everybody, and tells only what is true", () => {
    fc.assert(
      fc.property(months, changes, (month, change) => {
        const input = changed(standing(month), change);
        const after = replan(input);
        expectWithinRules(input, after.placed);
        expectWithinQuotas(input, after.placed);
        const told = [...after.placed, ...after.unplaced].map((one) => one.stop);
        expect(told.toSorted()).toEqual(input.stops.map(({ id }) => id).toSorted());
        const moved = new Set(after.moves.map((move) => move.stop));
        for (const slot of input.before) {
          const now = after.placed.find((one) => one.stop === slot.stop);
          if (!moved.has(slot.stop)) expect(now).toMatchObject(slot);
        }
        for (const move of after.moves) {
          expect(move.reasons.length).toBeGreaterThan(0);
          for (const reason of move.reasons)
            expect([reason, holds(input, after, move, reason)]).toEqual([reason, true]);
        }
        expect(replan(input)).toEqual(after);
      }),
      { numRuns: 200 },
    );
  });

  it("never moves who could have stayed, unless somebody would otherwise have no place", () => {
    fc.assert(
      fc.property(months, changes, (month, change) => {
        const input = changed(standing(month), change);
        for (const { stop: id, from, reasons } of replan(input).moves) {
          if (reasons[0]?.code === "makes-room") continue;
          // By itself the stop could not have stayed either, or the day or the quota had to lose somebody.
          const alone = replan({
            ...input,
            stops: input.stops.filter((one) => one.id === id),
            before: [{ stop: id, ...from }],
          });
          const crowded = ["agent-full", "overlaps", "capacity-reached"].includes(reasons[0]?.code ?? "");
          if (!crowded) expect(alone.moves).toHaveLength(1);
        }
      }),
      { numRuns: 60 },
    );
  });

  const two = [agent("ana"), agent("eva", { lat: -6.15 })];
  const slot = (id: string, day: string, minute = 480, who = "ana") => ({
    stop: id,
    agent: who,
    day,
    minute,
  });
  const plan = (change: Partial<ReplanInput>): ReplanInput => ({
    ...rules(two),
    ...limits,
    stops: [stop("s1"), stop("s2", { lat: -6.11 })],
    before: [slot("s1", "2026-12-01"), slot("s2", "2026-12-01", 600)],
    ...change,
  });

  it("moves one agent's day when that agent is away, and leaves the other days alone", () => {
    const { moves, peopleMoved } = replan(
      plan({
        agents: [agent("ana", { daysOff: ["2026-12-01"] }), agent("eva", { lat: -6.15 })],
        before: [slot("s1", "2026-12-01"), slot("s2", "2026-12-02")],
      }),
    );
    expect(moves).toHaveLength(1);
    expect(moves[0]).toMatchObject({
      stop: "s1",
      to: { agent: "ana", day: "2026-12-02" },
      reasons: [{ code: "agent-away", agent: "ana", day: "2026-12-01" }],
    });
    expect(peopleMoved).toBe(1);
  });

  it("gives the people of an agent who left to the others", () => {
    const { moves, unplaced } = replan(plan({ agents: two.slice(1) }));
    expect(unplaced).toEqual([]);
    expect(moves.map(({ to, reasons }) => [to?.agent, reasons])).toEqual([
      ["eva", [{ code: "agent-unknown", agent: "ana" }]],
      ["eva", [{ code: "agent-unknown", agent: "ana" }]],
    ]);
  });

  it("finds another time for a refused one, two hours off or on another day", () => {
    const refused = [{ day: "2026-12-01", minute: 480 }];
    const { moves } = replan(plan({ stops: [stop("s1", { refused }), stop("s2", { lat: -6.11 })] }));
    expect(moves).toHaveLength(1);
    expect(moves[0]?.reasons).toEqual([{ code: "time-refused", day: "2026-12-01", minute: 480 }]);
    expect(moves[0]?.to?.day !== "2026-12-01" || (moves[0].to.minute ?? 0) >= 600).toBe(true);
  });

  it("adds newcomers without moving anybody while there is room", () => {
    const input = plan({});
    const { moves, added, placed } = replan({ ...input, stops: [...input.stops, stop("new")] });
    expect(moves).toEqual([]);
    expect(added).toEqual(["new"]);
    expect(placed).toHaveLength(3);
  });

  it("moves one person to make room for another who can come on one day only", () => {
    const only = agent("ana", { maxStopsADay: 1 });
    const refused = ["2026-12-02", "2026-12-03"].map((day) => ({ day, minute: null }));
    const { moves, added } = replan(
      plan({
        agents: [
          { ...only, weekdays: [2, 3], daysOff: ["2026-12-08", "2026-12-09", "2026-12-15", "2026-12-16"] },
        ],
        closures: [{ area: "22", firstDay: "2026-12-17", lastDay: "2026-12-31", why: "rain" }],
        stops: [stop("s1"), stop("new", { refused })],
        before: [slot("s1", "2026-12-01")],
      }),
    );
    expect(added).toEqual(["new"]);
    expect(moves).toMatchObject([
      { stop: "s1", to: { day: "2026-12-02" }, reasons: [{ code: "makes-room", for: "new" }] },
    ]);
  });

  it("takes the fewest people off a day that has become too full, and off a quota that has become smaller", () => {
    const stops = [
      stop("s1", { people: 5 }),
      stop("s2", { lat: -6.11, people: 2 }),
      stop("s3", { people: 4 }),
    ];
    const before = [slot("s1", "2026-12-01"), slot("s2", "2026-12-01", 600), slot("s3", "2026-12-01", 720)];
    const fewerStops = replan(plan({ agents: [agent("ana", { maxStopsADay: 2 })], stops, before }));
    expect(fewerStops.moves.map((move) => [move.stop, move.to?.agent, move.reasons[0]?.code])).toEqual([
      ["s2", "ana", "agent-full"],
    ]);
    const smaller = [agent("ana", { capacity: 8 }), agent("eva", { lat: -6.15 })];
    const fewerPlaces = replan(plan({ agents: smaller, stops, before }));
    expect(fewerPlaces.moves.map((move) => [move.stop, move.to?.agent, move.reasons[0]?.code])).toEqual([
      ["s3", "eva", "capacity-reached"],
    ]);
  });

  it("changes hands only where another agent saves enough", () => {
    const far = [agent("ana"), agent("eva", { lat: -6.3 })];
    const away = { agents: [{ ...far[0], daysOff: ["2026-12-01"] } as MonthAgent, far[1] as MonthAgent] };
    const stops = [stop("s1", { lat: -6.29 })];
    const before = [slot("s1", "2026-12-01")];
    const { moves } = replan(plan({ ...away, stops, before }));
    expect(moves[0]).toMatchObject({
      to: { agent: "eva" },
      reasons: [{ code: "agent-away" }, { code: "closer-agent", agent: "eva" }],
    });
    expect(replan(plan({ ...away, stops, before, keepKm: 50 })).moves[0]?.to?.agent).toBe("ana");
  });

  it("lets the past be, which counts for the quota alone", () => {
    const { moves, placed, unplaced } = replan(
      plan({
        agents: [agent("ana", { capacity: 2, daysOff: ["2026-12-01"] })],
        from: "2026-12-02",
        stops: [stop("s2"), stop("new")],
        before: [slot("s1", "2026-12-01"), slot("s2", "2026-12-03")],
      }),
    );
    expect(moves).toEqual([]);
    expect(placed.map((one) => one.stop)).toEqual(["s2"]);
    expect(unplaced).toEqual([
      { stop: "new", agent: null, reason: { code: "capacity-reached", agent: "ana", people: 1, left: 0 } },
    ]);
  });
});
