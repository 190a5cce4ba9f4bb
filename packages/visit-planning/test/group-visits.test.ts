import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kmBetween } from "../src/distance-matrix.ts";
import { groupExactly, groupGreedily, type Neighbours } from "../src/group-neighbours.ts";
import { groupVisits, type SessionMembers } from "../src/group-visits.ts";
import type { PlanningVisit } from "../src/instance.ts";

/** Some 5 km across, so that with 2 km of walking some are together and some are not. */
const visitsUpTo = (maxLength: number) =>
  fc
    .array(
      fc.record({
        lat: fc.double({ min: -6.03, max: -6, noNaN: true }),
        lon: fc.double({ min: -76.05, max: -76, noNaN: true }),
        topic: fc.constantFrom("pruning", "pruning", "harvest"),
        crop: fc.constantFrom("cacao", "coffee", null),
        weight: fc.constantFrom(1, 1, 1, 2, 5),
      }),
      { maxLength },
    )
    .map((visits) => visits.map((visit, index): PlanningVisit => ({ id: `v${index}`, ...visit })));
const limits = fc.record({
  groupRadiusKm: fc.constantFrom(0, 0.5, 1, 2),
  groupMax: fc.constantFrom(1, 3, 6, 20),
});

const alike = (visit: PlanningVisit): PlanningVisit => ({ ...visit, topic: "pruning", crop: "cacao" });

function walkTo(visits: readonly PlanningVisit[], host: PlanningVisit): number {
  return visits.reduce((sum, visit) => sum + kmBetween(host, visit), 0);
}

/** Every way to split the visits into sessions that are allowed: the fewest, and of these the least walking. */
function bestSplit(
  visits: readonly PlanningVisit[],
  { groupRadiusKm, groupMax }: { groupRadiusKm: number; groupMax: number },
): { sessions: number; walkKm: number } {
  const [first, ...others] = visits;
  if (first === undefined) return { sessions: 0, walkKm: 0 };
  let best = { sessions: Infinity, walkKm: Infinity };
  for (let set = 0; set < 1 << others.length; set++) {
    const members = [first, ...others.filter((_, index) => (set >> index) & 1)];
    const people = members.reduce((sum, { weight }) => sum + weight, 0);
    const hosts = members.filter((host) =>
      members.every((member) => kmBetween(host, member) <= groupRadiusKm),
    );
    if (hosts.length === 0 || (members.length > 1 && people > groupMax)) continue;
    const rest = bestSplit(
      others.filter((_, index) => !((set >> index) & 1)),
      { groupRadiusKm, groupMax },
    );
    const sessions = rest.sessions + 1;
    const walkKm = rest.walkKm + Math.min(...hosts.map((host) => walkTo(members, host)));
    if (sessions < best.sessions || (sessions === best.sessions && walkKm < best.walkKm))
      best = { sessions, walkKm };
  }
  return best;
}

const figures = (sessions: readonly SessionMembers[]) => ({
  sessions: sessions.length,
  walkKm: sessions.reduce((sum, { walkKm }) => sum + walkKm, 0),
});

describe("group sessions", () => {
  it("take every visit once, of one topic and crop, within walking reach of the host, within the limit", () => {
    fc.assert(
      fc.property(visitsUpTo(60), limits, (visits, { groupRadiusKm, groupMax }) => {
        const sessions = groupVisits(visits, { groupRadiusKm, groupMax });
        const taken = sessions.flatMap((session) => session.visits.map(({ id }) => id));
        expect(taken.toSorted()).toEqual(visits.map(({ id }) => id).toSorted());
        for (const { kind, visits: members, walkKm } of sessions) {
          const [host] = members;
          if (!host) throw new Error("a session without a host");
          expect(kind).toBe(members.length > 1 ? "group" : "single");
          for (const member of members) {
            expect([member.topic, member.crop]).toEqual([host.topic, host.crop]);
            expect(kmBetween(host, member)).toBeLessThanOrEqual(groupRadiusKm);
          }
          if (members.length > 1)
            expect(members.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThanOrEqual(groupMax);
          expect(walkKm).toBeCloseTo(walkTo(members, host), 9);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("are as few as possible, then with least walking, among few neighbours", () => {
    fc.assert(
      fc.property(visitsUpTo(6), limits, (visits, limit) => {
        const same = visits.map(alike);
        const best = bestSplit(same, limit);
        const found = figures(groupVisits(same, limit));
        expect(found.sessions).toBe(best.sessions);
        expect(found.walkKm).toBeCloseTo(best.walkKm, 6);
      }),
      { numRuns: 60 },
    );
  });

  it("are at most one more than the fewest where not every way is tried", () => {
    fc.assert(
      fc.property(visitsUpTo(9), limits, (visits, { groupRadiusKm, groupMax }) => {
        const neighbours: Neighbours = {
          weights: visits.map(({ weight }) => weight),
          near: visits.map((a) =>
            visits.flatMap((b, index) => (a !== b && kmBetween(a, b) <= groupRadiusKm ? [index] : [])),
          ),
          km: (a, b) => {
            const [one, other] = [visits[a], visits[b]];
            return one && other ? kmBetween(one, other) : 0;
          },
          radiusKm: groupRadiusKm,
          most: groupMax,
        };
        const found = groupGreedily(neighbours);
        expect(found.flatMap(({ members }) => members).toSorted((a, b) => a - b)).toEqual([...visits.keys()]);
        expect(found.length).toBeLessThanOrEqual(groupExactly(neighbours).length + 1);
      }),
      { numRuns: 150 },
    );
  });

  it("are made quickly of a town's visits, and the same each time", () => {
    const town = Array.from({ length: 400 }, (_, index): PlanningVisit => {
      const [north, east] = [(index * 7919) % 1000, (index * 104_729) % 1000];
      return {
        id: `v${index}`,
        lat: -6 - north / 30_000,
        lon: -76 - east / 30_000,
        topic: "pruning",
        crop: "cacao",
        weight: 1,
      };
    });
    const sessions = groupVisits(town, { groupRadiusKm: 2, groupMax: 20 });
    expect(sessions.length).toBeLessThan(400 / 20 + 10);
    expect(groupVisits(town, { groupRadiusKm: 2, groupMax: 20 })).toEqual(sessions);
  });
});
