import type { MonthStop } from "@minka/visit-planning/month";
import { replan } from "@minka/visit-planning/replan";
import { kmBetween, rulesOf, stopOf, summed, told } from "./planner-terms.ts";
import type { PlacedSession, Placing, PlacingTask } from "./placing.ts";

/**
 * What stands stays, unless its agent, its people or its place cannot; whoever is with nobody gets a stop of their own.
 */
export function placeAnew(task: PlacingTask): Placing {
  const visits = new Map(task.visits.map((visit) => [visit.id, visit]));
  const { standing } = task;
  const inSession = new Set(standing.flatMap((session) => session.visits));
  const loose = task.visits.filter(({ id }) => !inSession.has(id));
  const sessionAt = new Map(standing.map((session) => [session.visits[0] ?? "", session]));
  const stops: MonthStop[] = [
    ...standing.map((session) => stopOf(session.visits, visits)),
    ...loose.map(({ id }) => stopOf([id], visits)),
  ];
  const { agents, maxKm } = {
    agents: task.agents,
    maxKm: Math.max(0, ...task.agents.map((each) => each.reachKm)),
  };
  const replanned = replan({
    ...rulesOf(task),
    stops,
    before: standing.map(({ agent, day, minute, visits: [host = ""] }) => ({
      stop: host,
      agent,
      day,
      minute,
    })),
    maxKm,
    keepKm: task.keepKm,
  });
  const whyOf = new Map(
    replanned.moves.flatMap(({ stop, reasons: [first] }) => (first ? [[stop, told(first)] as const] : [])),
  );
  const sessions = replanned.placed.map(({ stop, agent, day, minute, order }): PlacedSession => {
    const was = sessionAt.get(stop);
    const slot = { agent, day, minute, order, why: whyOf.get(stop) ?? null };
    if (was)
      return { ...slot, was: was.id, kind: was.visits.length > 1 ? "group" : "single", visits: was.visits };
    return { ...slot, was: null, kind: "single", visits: [stop] };
  });
  const unassigned = replanned.unplaced.flatMap(({ stop, reason }) =>
    (sessionAt.get(stop)?.visits ?? [stop]).map((visit) => ({ visit, why: whyOf.get(stop) ?? told(reason) })),
  );
  const baseOf = new Map(agents.map((agent) => [agent.id, agent]));
  const totalKm = sessions.reduce(
    (sum, { agent, visits: ids }) =>
      ids.reduce((more, id) => more + kmBetween(baseOf.get(agent), visits.get(id)), sum),
    0,
  );
  // How good it was is told of the first plan only: what stands is no more free to be better.
  return summed(task, { sessions, unassigned, totalKm, bound: totalKm, gap: 0 });
}
