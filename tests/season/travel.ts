import type { Travel } from "@minka/contracts/outcome-reports";
import { listPlanningAgents, visitPoints } from "@minka/contracts/planning-sources";
import { groupVisits } from "@minka/visit-planning/group-visits";
import type { MonthAgent } from "@minka/visit-planning/month";
import { scheduleMonth } from "@minka/visit-planning/schedule-month";
import type { PlannedMonth } from "./agents-months.ts";
import type { Say } from "./open-platform.ts";

/** As plans are made: people in a session, how far they walk to it, an agent's day. */
const groups = { groupMax: 8, groupRadiusKm: 1.5 };
const single = { groupMax: 1, groupRadiusKm: 0 };
const day = {
  startMinute: 7 * 60,
  endMinute: 17 * 60,
  maxStopsADay: 8,
  kmPerHour: 20,
  weekdays: [1, 2, 3, 4, 5, 6],
};
const stay = { single: 60, group: 90 };
const most = 500;

/** The way of the months that were planned: the same visits by the same agents, in groups and each by itself. */
export async function measureTravel(say: Say, months: readonly PlannedMonth[]): Promise<Travel> {
  const agents = await readAgents(say);
  const measured: Travel["months"] = [];
  for (const { month, visits } of months) {
    const points = await readPoints(
      say,
      visits.map(({ personId }) => personId),
    );
    const located = visits.flatMap(({ personId, agent, topic, crop }, index) => {
      const at = points.get(personId);
      if (!at || !agents.has(agent)) return [];
      return [
        {
          id: String(index),
          agent,
          lat: at.latitude,
          lon: at.longitude,
          topic: topic ?? "",
          crop,
          weight: 1,
        },
      ];
    });
    const used = [...agents.values()].filter(({ id }) => located.some(({ agent }) => agent === id));
    const route = (limits: typeof groups) => {
      const stops = used.flatMap(({ id }) =>
        groupVisits(
          located.filter(({ agent }) => agent === id),
          limits,
        ).flatMap(({ visits: members }) => {
          const [host] = members;
          if (!host) return [];
          const durationMinutes = members.length > 1 ? stay.group : stay.single;
          const { lat, lon, topic, crop } = host;
          return [
            {
              id: host.id,
              lat,
              lon,
              topic,
              crop,
              district: null,
              people: members.length,
              durationMinutes,
              agent: id,
            },
          ];
        }),
      );
      const schedule = scheduleMonth({ month, agents: used, weekly: [], closures: [], stops });
      const placed = new Set(schedule.placed.map(({ stop }) => stop));
      const there = stops.filter(({ id }) => placed.has(id));
      return {
        km: Math.round(schedule.km),
        visits: there.reduce((sum, { people }) => sum + people, 0),
        groupSessions: there.filter(({ people }) => people > 1).length,
        singleSessions: there.filter(({ people }) => people === 1).length,
      };
    };
    const [together, alone] = [route(groups), route(single)];
    measured.push({
      month,
      agents: used.length,
      visits: located.length,
      groupSessions: together.groupSessions,
      singleSessions: together.singleSessions,
      kmGrouped: together.km,
      kmSingle: alone.km,
      unplacedGrouped: located.length - together.visits,
      unplacedSingle: located.length - alone.visits,
    });
  }
  const sum = (of: (month: Travel["months"][number]) => number) =>
    measured.reduce((all, month) => all + of(month), 0);
  const perVisit = (km: number, visits: number) =>
    visits === 0 ? null : Math.round((km / visits) * 100) / 100;
  return {
    months: measured,
    kmPerVisitGrouped: perVisit(
      sum(({ kmGrouped }) => kmGrouped),
      sum((one) => one.visits - one.unplacedGrouped),
    ),
    kmPerVisitSingle: perVisit(
      sum(({ kmSingle }) => kmSingle),
      sum((one) => one.visits - one.unplacedSingle),
    ),
  };
}

async function readAgents(say: Say): Promise<Map<string, MonthAgent>> {
  const { agents } = await say(listPlanningAgents, { body: { limit: most } });
  return new Map(
    agents.flatMap(({ providerId, profile }) => {
      if (!profile) return [];
      const { base, reachKm, monthlyCapacity } = profile;
      const agent: MonthAgent = {
        id: providerId,
        lat: base.latitude,
        lon: base.longitude,
        capacity: monthlyCapacity,
        topics: profile.topics.map(({ topic }) => topic),
        crops: profile.crops,
        reachKm,
        daysOff: [],
        maxKmADay: Math.max(80, 2 * reachKm),
        ...day,
      };
      return [[providerId, agent] as const];
    }),
  );
}

async function readPoints(say: Say, personIds: readonly string[]) {
  const ids = [...new Set(personIds)];
  const points = new Map<string, { latitude: number; longitude: number }>();
  for (let start = 0; start < ids.length; start += most) {
    const { people } = await say(visitPoints, { body: { personIds: ids.slice(start, start + most) } });
    for (const { personId, point } of people) points.set(personId, point);
  }
  return points;
}
