import type { Reason } from "@minka/contracts/common";
import { addDays } from "@minka/domain/lima-time";
import { distanceKm } from "@minka/geography/distance";
import type { MonthAgent, MonthStop, Reason as PlacingReason } from "@minka/visit-planning/month";
import { anyTopic, type AgentToPlace, type Placing, type PlacingTask, type VisitToPlace } from "./placing.ts";

/** On plots people are found from breakfast on, and agents are home by dark: minutes after midnight in Lima. */
const dayStarts = 7 * 60;
const dayEnds = 17 * 60;
const visitMinutes = 60;
const groupMinutes = 90;
/** As the crow flies, by motorcycle on roads and on foot on trails. */
const kmPerHour = 20;
const leastKmADay = 80;

type Found = Pick<Placing, "sessions" | "unassigned"> & { totalKm: number; bound: number; gap: number };

/** With the figures that people are shown, and each visit's way. */
export function summed(task: PlacingTask, { sessions, unassigned, totalKm, bound, gap }: Found): Placing {
  const agents = new Map(task.agents.map((agent) => [agent.id, agent]));
  const visits = new Map(task.visits.map((visit) => [visit.id, visit]));
  const km: Record<string, number> = {};
  for (const { agent, visits: ids } of sessions)
    for (const id of ids) km[id] = kmBetween(agents.get(agent), visits.get(id));
  const groupSessions = sessions.filter(({ kind }) => kind === "group").length;
  const assigned = sessions.reduce((sum, { visits: ids }) => sum + ids.length, 0);
  return {
    sessions,
    unassigned,
    km,
    figures: {
      visits: task.visits.length,
      assigned,
      unassigned: unassigned.length,
      sessions: sessions.length,
      groupSessions,
      totalKm,
      bound,
      gap,
    },
  };
}

/** The rules of a month that every placing respects. */
export function rulesOf(task: Omit<PlacingTask, "visits" | "standing">) {
  const { month, from, weekly, closures } = task;
  return { month, from, weekly, closures, agents: task.agents.map(monthAgent) };
}

export function monthAgent(agent: AgentToPlace): MonthAgent {
  const { id, lat, lon, capacity, topics, crops, reachKm, weekdays, daysOff, stopsADay } = agent;
  return {
    id,
    lat,
    lon,
    capacity,
    topics: [...topics],
    crops: [...crops],
    reachKm,
    weekdays,
    daysOff,
    startMinute: dayStarts,
    endMinute: dayEnds,
    maxStopsADay: stopsADay,
    maxKmADay: Math.max(leastKmADay, 2 * reachKm),
    kmPerHour,
  };
}

/** A session as a stop, called by the visit of its host. */
export function stopOf(ids: readonly string[], visits: ReadonlyMap<string, VisitToPlace>): MonthStop {
  const members = ids.flatMap((id) => visits.get(id) ?? []);
  const [host] = members;
  if (!host) throw new Error(`nobody is visited at ${ids.join()}`);
  return {
    id: host.id,
    lat: host.lat,
    lon: host.lon,
    district: host.districtCode,
    topic: host.topic ?? anyTopic,
    crop: host.crop,
    people: members.length,
    durationMinutes: members.length > 1 ? groupMinutes : visitMinutes,
    fixed: host.fixed ? { day: host.fixed.day, minute: host.fixed.minute } : null,
    refused: [...members.flatMap(({ refused }) => refused), ...otherDays(host.otherDay)],
    except: [...new Set(members.flatMap(({ except }) => except))],
  };
}

/** All days of its month but the one that was named. */
function otherDays(named: string | null): { day: string; minute: null }[] {
  if (named === null) return [];
  const days: { day: string; minute: null }[] = [];
  for (let day = `${named.slice(0, 7)}-01`; day.slice(0, 7) === named.slice(0, 7); day = addDays(day, 1))
    if (day !== named) days.push({ day, minute: null });
  return days;
}

export function kmBetween(
  a: { lat: number; lon: number } | undefined,
  b: { lat: number; lon: number } | undefined,
): number {
  if (!a || !b) return 0;
  return distanceKm({ latitude: a.lat, longitude: a.lon }, { latitude: b.lat, longitude: b.lon });
}

/** A reason of the planner, as it is stored: whole kilometres, and nothing that is not known. */
export function told({ code, ...parameters }: PlacingReason): Reason {
  const said: Reason["parameters"] = {};
  for (const [name, value] of Object.entries<unknown>(parameters)) {
    const km = name === "km" || name.endsWith("Km");
    if (typeof value === "number") said[name] = km ? Math.round(value) : value;
    else if (typeof value === "string") said[name] = value;
  }
  return { code, parameters: said };
}
