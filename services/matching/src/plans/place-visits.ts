import type { Reason } from "@minka/contracts/common";
import { planVisits } from "@minka/visit-planning/plan-visits";
import { scheduleMonth } from "@minka/visit-planning/schedule-month";
import { placeAnew } from "./place-anew.ts";
import { kmBetween, rulesOf, stopOf, summed, told } from "./planner-terms.ts";
import {
  anyTopic,
  type AgentToPlace,
  type PlacedSession,
  type Placing,
  type PlacingTask,
  type VisitToPlace,
} from "./placing.ts";

/**
 * A month of visits: for the first time, who goes to whom, in which groups, on which day; later, what cannot stay as it
 * is, moving as few people as possible. A day that somebody named is tried first. The same task always gives the same
 * plan.
 */
export function placeVisits(task: PlacingTask): Placing {
  const place = task.standing.length === 0 ? placeFirst : placeAnew;
  const placing = place(task);
  const left = new Set(placing.unassigned.map(({ visit }) => visit));
  if (!task.visits.some(({ id, otherDay }) => otherDay !== null && left.has(id))) return placing;
  const visits = task.visits.map((visit) => (left.has(visit.id) ? { ...visit, otherDay: null } : visit));
  return place({ ...task, visits });
}

function placeFirst(task: PlacingTask): Placing {
  const agents = new Map(task.agents.map((agent) => [agent.id, agent]));
  const visits = new Map(task.visits.map((visit) => [visit.id, visit]));
  const fixed = task.visits.filter((visit) => visit.fixed && agents.has(visit.fixed.agent));
  const loose = task.visits.filter((visit) => !fixed.includes(visit));
  const fixedOf = Map.groupBy(fixed, (visit) => visit.fixed?.agent ?? "");
  const found = planVisits({
    agents: task.agents.map(({ id, lat, lon, capacity, topics, crops, reachKm }) => ({
      id,
      lat,
      lon,
      topics: [...topics],
      crops: [...crops],
      reachKm,
      capacity: Math.max(0, capacity - (fixedOf.get(id)?.length ?? 0)),
    })),
    visits: loose.map(({ id, lat, lon, topic, crop, previousAgent, except }) => ({
      id,
      lat,
      lon,
      topic: topic ?? anyTopic,
      crop,
      weight: 1,
      previousAgent,
      except: [...except],
    })),
    maxKm: Math.max(0, ...task.agents.map(({ reachKm }) => reachKm)),
    groupRadiusKm: task.groupRadiusKm,
    groupMax: task.groupMax,
    keepKm: task.keepKm,
  });
  const groups = [
    ...fixed.map((visit) => ({
      agent: visit.fixed?.agent ?? "",
      visits: [visit.id],
      kind: "single" as const,
    })),
    ...found.sessions,
  ];
  const schedule = scheduleMonth({
    ...rulesOf(task),
    stops: groups.map(({ agent, visits: ids }) => ({ ...stopOf(ids, visits), agent })),
  });
  const groupAt = new Map(groups.map((group) => [group.visits[0] ?? "", group]));
  const sessions = schedule.placed.flatMap(({ stop, agent, day, minute, order }): PlacedSession[] => {
    const group = groupAt.get(stop);
    return group
      ? [{ was: null, agent, day, minute, order, kind: group.kind, visits: group.visits, why: null }]
      : [];
  });
  const unplaced = schedule.unplaced.flatMap(({ stop, reason }) =>
    (groupAt.get(stop)?.visits ?? []).map((visit) => ({ visit, why: told(reason) })),
  );
  const nobody = found.unassigned.flatMap((id) => {
    const visit = visits.get(id);
    return visit ? [{ visit: id, why: whyNobody(visit, task.agents) }] : [];
  });
  const fixedKm = fixed.reduce(
    (sum, visit) => sum + kmBetween(agents.get(visit.fixed?.agent ?? ""), visit),
    0,
  );
  return summed(task, {
    sessions,
    unassigned: [...nobody, ...unplaced],
    totalKm: found.totalKm + fixedKm,
    bound: found.bound + fixedKm,
    gap: found.gap,
  });
}

/** Why nobody comes: nobody can, nobody goes so far, or all who might have no place left. */
function whyNobody(visit: VisitToPlace, agents: readonly AgentToPlace[]): Reason {
  const able = agents.filter(
    ({ id, topics, crops }) =>
      topics.includes(visit.topic ?? anyTopic) &&
      (visit.crop === null || crops.includes(visit.crop)) &&
      !visit.except.includes(id),
  );
  if (able.length === 0) return { code: "no-agent-for-this", parameters: {} };
  const near = able.some((agent) => kmBetween(agent, visit) <= agent.reachKm);
  return { code: near ? "all-full" : "nobody-reaches-there", parameters: {} };
}
