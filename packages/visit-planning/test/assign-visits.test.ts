import { distanceKm } from "@minka/geography/distance";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assignVisits } from "@minka/visit-planning/assign-visits";
import type { AssignmentInstance } from "@minka/visit-planning/eligible-pairs";

const point = {
  lat: fc.double({ min: -9, max: -8.5, noNaN: true }),
  lon: fc.double({ min: -76.5, max: -76, noNaN: true }),
};
const topic = fc.constantFrom("pruning", "pests", "grafting");
const crop = fc.constantFrom("coffee", "cacao");

function months(weights: readonly number[]): fc.Arbitrary<AssignmentInstance> {
  const agents = fc.array(
    fc.record({
      ...point,
      capacity: fc.integer({ min: 0, max: 9 }),
      topics: fc.uniqueArray(topic),
      crops: fc.uniqueArray(crop),
    }),
    { maxLength: 6 },
  );
  const visits = fc.array(
    fc.record({ ...point, topic, crop: fc.option(crop), weight: fc.constantFrom(...weights) }),
    { maxLength: 25 },
  );
  return fc.record({ agents, visits, maxKm: fc.integer({ min: 0, max: 60 }) }).map((month) => ({
    ...month,
    agents: month.agents.map((agent, index) => ({ ...agent, id: `agent-${index}` })),
    visits: month.visits.map((visit, index) => ({ ...visit, id: `visit-${index}` })),
  }));
}

type Agent = AssignmentInstance["agents"][number];
type Visit = AssignmentInstance["visits"][number];

function mayTake(agent: Agent, visit: Visit, maxKm: number): boolean {
  const skilled =
    agent.topics.includes(visit.topic) && (visit.crop == null || agent.crops.includes(visit.crop));
  return skilled && kmBetween(agent, visit) <= maxKm;
}

function kmBetween(agent: Agent, visit: Visit): number {
  return distanceKm(
    { latitude: agent.lat, longitude: agent.lon },
    { latitude: visit.lat, longitude: visit.lon },
  );
}

const unit = months([1]);
const mixed = months([1, 2, 3, 5, 2.5]);

describe("assignVisits", () => {
  test("sends nobody over a quota, out of reach or to what they do not know; each visit is said once", () => {
    fc.assert(
      fc.property(fc.oneof(unit, mixed), (month) => {
        const { assignments, unassigned, totalKm } = assignVisits(month);
        const load = new Map<string, number>();
        for (const { visit: visitId, agent: agentId, km } of assignments) {
          const agent = month.agents.find(({ id }) => id === agentId);
          const visit = month.visits.find(({ id }) => id === visitId);
          if (!agent || !visit) throw new Error("assigned what is not there");
          expect(mayTake(agent, visit, month.maxKm)).toBe(true);
          expect(km).toBe(kmBetween(agent, visit));
          load.set(agentId, (load.get(agentId) ?? 0) + (visit.weight ?? 1));
        }
        for (const { id, capacity } of month.agents) expect(load.get(id) ?? 0).toBeLessThanOrEqual(capacity);
        const said = [...assignments.map(({ visit }) => visit), ...unassigned];
        expect(said.toSorted()).toEqual(month.visits.map(({ id }) => id).toSorted());
        expect(totalKm).toBeCloseTo(
          assignments.reduce((sum, { km }) => sum + km, 0),
          9,
        );
      }),
      { numRuns: 150 },
    );
  });

  test("leaves nobody unserved who could be served by moving others on", () => {
    fc.assert(
      fc.property(unit, (month) => {
        const { assignments, unassigned, gap } = assignVisits(month);
        expect(gap).toBe(0);
        const agentOf = new Map(assignments.map(({ visit, agent }) => [visit, agent]));
        const waiting = month.visits.filter(({ id }) => unassigned.includes(id));
        const reached = new Set<Agent>();
        // Whoever an unserved visit, or one that could make place for it, might go to.
        for (let visit = waiting.pop(); visit; visit = waiting.pop()) {
          for (const agent of month.agents) {
            if (reached.has(agent) || !mayTake(agent, visit, month.maxKm)) continue;
            reached.add(agent);
            waiting.push(...month.visits.filter(({ id }) => agentOf.get(id) === agent.id));
          }
        }
        for (const { id, capacity } of reached) {
          expect([...agentOf.values()].filter((agent) => agent === id).length).toBe(capacity);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("does not depend on the order in which visits and agents come", () => {
    fc.assert(
      fc.property(fc.oneof(unit, mixed), (month) => {
        const turned = { ...month, agents: month.agents.toReversed(), visits: month.visits.toReversed() };
        expect(assignVisits(turned)).toEqual(assignVisits(month));
      }),
      { numRuns: 60 },
    );
  });

  test("claims no more than is true: what is served and its km lie within the bounds", () => {
    fc.assert(
      fc.property(mixed, (month) => {
        const { servedWeight, weightBound, totalKm, bound, gap } = assignVisits(month);
        expect(servedWeight).toBeLessThanOrEqual(weightBound);
        expect(bound).toBeLessThanOrEqual(totalKm);
        expect(gap).toBeGreaterThanOrEqual(0);
        expect(gap === 0).toBe(servedWeight === weightBound && bound === totalKm);
      }),
      { numRuns: 60 },
    );
  });

  test("keeps last month's agent until another saves more than keepKm", () => {
    const base = { capacity: 1, topics: ["pests"], crops: [] };
    const month = (keepKm: number): AssignmentInstance => ({
      agents: [
        { ...base, id: "near", lat: -8, lon: -76 },
        { ...base, id: "last-month", lat: -8.05, lon: -76 },
      ],
      visits: [{ id: "v", lat: -8, lon: -76, topic: "pests", crop: null, previousAgent: "last-month" }],
      maxKm: 30,
      keepKm,
    });
    expect(assignVisits(month(5)).assignments[0]?.agent).toBe("near");
    expect(assignVisits(month(6)).assignments[0]?.agent).toBe("last-month");
  });

  test("refuses two visits of one id, and a weight of nothing", () => {
    const visit = { id: "v", lat: -8, lon: -76, topic: "pests", crop: null };
    expect(() => assignVisits({ agents: [], visits: [visit, visit], maxKm: 30 })).toThrow(RangeError);
    expect(() => assignVisits({ agents: [], visits: [{ ...visit, weight: 0 }], maxKm: 30 })).toThrow(
      RangeError,
    );
  });
});
