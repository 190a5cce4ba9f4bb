import { assignVisits } from "./assign-visits.ts";
import { groupVisits } from "./group-visits.ts";
import type { PlannedSession, PlanningInstance, PlanningResult, PlanningVisit } from "./instance.ts";
import { orderStops } from "./order-stops.ts";

/**
 * A month's visits: who goes to whom (as many as possible by weight, then least travel, with a true bound), which
 * visits become group sessions, and in which order each agent takes its sessions. The same instance always gives
 * the same plan.
 */
export function planVisits(instance: PlanningInstance): PlanningResult {
  const { assignments, unassigned, totalKm, bound, gap } = assignVisits(instance);
  const visitById = new Map(instance.visits.map((visit) => [visit.id, visit]));
  const visitsOf = new Map<string, PlanningVisit[]>();
  for (const { agent, visit } of assignments) {
    const found = visitById.get(visit);
    if (found === undefined) continue;
    const list = visitsOf.get(agent);
    if (list === undefined) visitsOf.set(agent, [found]);
    else list.push(found);
  }
  const sessions = instance.agents.flatMap((agent): PlannedSession[] => {
    const grouped = groupVisits(visitsOf.get(agent.id) ?? [], instance);
    // Everybody comes to the host's point, so that is where the agent goes.
    const { order } = orderStops(
      agent,
      grouped.flatMap(({ visits: [host] }) => (host === undefined ? [] : [host])),
    );
    return order.flatMap((index, position) => {
      const session = grouped[index];
      if (session === undefined) return [];
      const { kind, visits } = session;
      return [{ agent: agent.id, visits: visits.map(({ id }) => id), kind, order: position + 1 }];
    });
  });
  return { assignments, unassigned, totalKm, sessions, bound, gap };
}
