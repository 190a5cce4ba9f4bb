import { distanceKm } from "@minka/geography/distance";
import { scheduleMonth } from "@minka/visit-planning/schedule-month";
import { told, rulesOf, stopOf, monthAgent } from "./planner-terms.ts";
import type { AgentToPlace, PlacingTask, VisitToPlace } from "./placing.ts";

/** A move that somebody wants to make by hand, with the day as it stands. Points are in it, and nowhere else. */
export type WantedMove = {
  readonly rules: Pick<PlacingTask, "month" | "from" | "weekly" | "closures" | "groupMax" | "groupRadiusKm">;
  readonly agent: AgentToPlace;
  /** People whom the agent has without this visit. */
  readonly people: number;
  readonly visit: VisitToPlace;
  readonly day: string;
  readonly minute: number;
  /** The other stops of that day, hosts first. */
  readonly others: readonly { readonly visits: readonly VisitToPlace[]; readonly minute: number }[];
  /** The session that it would join, hosts first; null for a stop of its own. */
  readonly joins: {
    readonly topic: string | null;
    readonly crop: string | null;
    readonly visits: readonly VisitToPlace[];
  } | null;
};

/** Why a visit cannot be there, as a code with what is needed to say it; null when it can. */
export type Objection = {
  readonly code: string;
  readonly parameters: Readonly<Record<string, string | number>>;
};

/** The same constraints as for what is placed by the computer: a person may weigh them otherwise, not break them. */
export function objectionTo(move: WantedMove): Objection | null {
  const { agent, visit, joins, rules } = move;
  const say = (code: string, parameters: Objection["parameters"] = {}) => ({ code, parameters });
  const knows = visit.topic === null || agent.topics.includes(visit.topic);
  if (!knows || (visit.crop !== null && !agent.crops.includes(visit.crop))) return say("agent-cannot");
  if (visit.except.includes(agent.id)) return say("agent-refused-by");
  const km = kmOf(agent, visit);
  if (km > agent.reachKm) return say("out-of-reach", { km: Math.round(km), reachKm: agent.reachKm });
  if (move.people >= agent.capacity) return say("agent-full", { capacity: agent.capacity });
  if (joins) {
    const [host] = joins.visits;
    if (joins.topic !== visit.topic || joins.crop !== visit.crop) return say("session-of-another-topic");
    if (joins.visits.length >= rules.groupMax) return say("session-full", { most: rules.groupMax });
    const walk = host ? kmOf(host, visit) : 0;
    if (walk > rules.groupRadiusKm)
      return say("session-too-far", { km: Math.round(walk * 10) / 10, most: rules.groupRadiusKm });
  }
  const stops = [...move.others, { visits: [...(joins?.visits ?? []), visit], minute: move.minute }].map(
    (stop) => {
      const byId = new Map(stop.visits.map((each) => [each.id, each]));
      return {
        ...stopOf(
          stop.visits.map(({ id }) => id),
          byId,
        ),
        fixed: { day: move.day, minute: stop.minute },
        agent: agent.id,
      };
    },
  );
  const last = stops.at(-1)?.id;
  const { unplaced } = scheduleMonth({
    ...rulesOf({ ...rules, keepKm: 0, agents: [] }),
    agents: [{ ...monthAgent(agent), capacity: Number.MAX_SAFE_INTEGER }],
    stops,
  });
  // The others stand as they are: only what this one lacks is an objection to it.
  const against = unplaced.find(({ stop }) => stop === last);
  return against ? told(against.reason) : null;
}

type At = { readonly lat: number; readonly lon: number };
const kmOf = (a: At, b: At) =>
  distanceKm({ latitude: a.lat, longitude: a.lon }, { latitude: b.lat, longitude: b.lon });
