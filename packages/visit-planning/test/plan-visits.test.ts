import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kmBetween } from "../src/distance-matrix.ts";
import { parseInstance } from "../src/instance.ts";
import { planVisits } from "../src/plan-visits.ts";

const place = {
  lat: fc.double({ min: -6.1, max: -6, noNaN: true }),
  lon: fc.double({ min: -76.1, max: -76, noNaN: true }),
};
const topic = fc.constantFrom("pruning", "harvest");
const crop = fc.constantFrom("cacao", "coffee");
const instances = fc
  .record({
    agents: fc.array(
      fc.record({
        ...place,
        capacity: fc.integer({ min: 0, max: 12 }),
        topics: fc.uniqueArray(topic),
        crops: fc.uniqueArray(crop),
      }),
      { maxLength: 4 },
    ),
    visits: fc.array(fc.record({ ...place, topic, crop, weight: fc.constantFrom(1, 1, 1, 3) }), {
      maxLength: 30,
    }),
    maxKm: fc.constantFrom(3, 8, 30),
    groupRadiusKm: fc.constantFrom(0, 1, 3),
    groupMax: fc.constantFrom(1, 4, 20),
  })
  .map(({ agents, visits, ...limits }) =>
    parseInstance({
      ...limits,
      agents: agents.map((agent, index) => ({ id: `a${index}`, ...agent })),
      visits: visits.map((visit, index) => ({ id: `v${index}`, ...visit })),
    }),
  );

describe("a plan", () => {
  it("sends agents where they may go, within their capacity, and says what is left", () => {
    fc.assert(
      fc.property(instances, (instance) => {
        const plan = planVisits(instance);
        const agents = new Map(instance.agents.map((agent) => [agent.id, agent]));
        const visits = new Map(instance.visits.map((visit) => [visit.id, visit]));
        const taken = new Map<string, number>();
        for (const assignment of plan.assignments) {
          const [agent, visit] = [agents.get(assignment.agent), visits.get(assignment.visit)];
          if (!agent || !visit) throw new Error("an assignment of nobody");
          expect(agent.topics).toContain(visit.topic);
          expect(agent.crops).toContain(visit.crop);
          expect(assignment.km).toBeCloseTo(kmBetween(agent, visit), 8);
          expect(assignment.km).toBeLessThanOrEqual(instance.maxKm);
          taken.set(agent.id, (taken.get(agent.id) ?? 0) + visit.weight);
        }
        for (const [id, people] of taken) expect(people).toBeLessThanOrEqual(agents.get(id)?.capacity ?? 0);
        const told = [...plan.assignments.map(({ visit }) => visit), ...plan.unassigned];
        expect(told.toSorted()).toEqual([...visits.keys()].toSorted());
        expect(plan.totalKm).toBeCloseTo(
          plan.assignments.reduce((sum, { km }) => sum + km, 0),
          6,
        );
      }),
      { numRuns: 100 },
    );
  });

  it("holds each assigned visit in one session of its agent, and numbers an agent's sessions from one", () => {
    fc.assert(
      fc.property(instances, (instance) => {
        const plan = planVisits(instance);
        const visits = new Map(instance.visits.map((visit) => [visit.id, visit]));
        const inSessions = plan.sessions.flatMap(({ agent, visits: ids }) =>
          ids.map((visit) => `${agent} ${visit}`),
        );
        const assigned = plan.assignments.map(({ agent, visit }) => `${agent} ${visit}`);
        expect(inSessions.toSorted()).toEqual(assigned.toSorted());
        for (const { id } of instance.agents) {
          const orders = plan.sessions.filter(({ agent }) => agent === id).map(({ order }) => order);
          expect(orders).toEqual(orders.map((_, index) => index + 1));
        }
        for (const { kind, visits: ids } of plan.sessions) {
          expect(kind).toBe(ids.length > 1 ? "group" : "single");
          const members = ids.flatMap((id) => visits.get(id) ?? []);
          const [host] = members;
          if (!host) throw new Error("a session without a host");
          for (const member of members)
            expect(kmBetween(host, member)).toBeLessThanOrEqual(instance.groupRadiusKm);
        }
        expect(planVisits(instance)).toEqual(plan);
      }),
      { numRuns: 100 },
    );
  });
});
