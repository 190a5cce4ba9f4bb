import { DistanceMatrix } from "./distance-matrix.ts";
import { groupExactly, groupGreedily, type Group, type Neighbours } from "./group-neighbours.ts";
import type { PlanningVisit } from "./instance.ts";

export type SessionMembers = {
  kind: "group" | "single";
  /** The host first: the session is held at that visit's point ("en casa de …"). */
  visits: PlanningVisit[];
  /** What the members walk to the host, one way. */
  walkKm: number;
};

/**
 * Neighbourhoods up to this size are solved exactly (3^9 steps at most). A larger one is grouped by taking the
 * fullest session first and then emptying small ones: measured on neighbourhoods that can still be solved exactly,
 * that needs at most one session more.
 */
export const exactNeighbours = 9;

/**
 * Groups visits of one topic and crop: each session at the point of one of its members, within `groupRadiusKm` of
 * all of them, with at most `groupMax` people (a visit that is larger by itself stays single). As few sessions as
 * possible, then least walking. The order of the visits settles what is otherwise equal.
 */
export function groupVisits(
  visits: readonly PlanningVisit[],
  limits: { groupRadiusKm: number; groupMax: number },
): SessionMembers[] {
  const alike = Map.groupBy(visits, ({ topic, crop }) => JSON.stringify([topic, crop]));
  return [...alike.values()].flatMap((group) => parts(group).flatMap((part) => groupAlike(part, limits)));
}

/**
 * More visits of one agent, topic and crop than any month has are cut in halves along their longer side: time and
 * memory stay small, and only sessions across a cut are missed.
 */
const mostTogether = 250;

function parts(visits: readonly PlanningVisit[]): (readonly PlanningVisit[])[] {
  if (visits.length <= mostTogether) return [visits];
  const side = spread(visits.map(({ lat }) => lat)) > spread(visits.map(({ lon }) => lon)) ? "lat" : "lon";
  const sorted = visits.toSorted((a, b) => a[side] - b[side]);
  const middle = sorted.length >> 1;
  return [...parts(sorted.slice(0, middle)), ...parts(sorted.slice(middle))];
}

function spread(values: readonly number[]): number {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return most - least;
}

function groupAlike(
  visits: readonly PlanningVisit[],
  { groupRadiusKm, groupMax }: { groupRadiusKm: number; groupMax: number },
): SessionMembers[] {
  const matrix = new DistanceMatrix(visits);
  const reach = visits.map((_, a) =>
    visits.flatMap((_, b) => (b !== a && matrix.km(a, b) <= groupRadiusKm ? [b] : [])),
  );
  return neighbourhoods(reach).flatMap((members) => {
    const inside = new Map(members.map((visit, index) => [visit, index]));
    const neighbours: Neighbours = {
      weights: members.map((visit) => visits[visit]?.weight ?? 1),
      near: members.map((visit) => (reach[visit] ?? []).map((other) => inside.get(other) ?? 0)),
      km: (a, b) => matrix.km(members[a] ?? 0, members[b] ?? 0),
      radiusKm: groupRadiusKm,
      most: groupMax,
    };
    const groups = members.length <= exactNeighbours ? groupExactly(neighbours) : groupGreedily(neighbours);
    return groups.map((group) => {
      const all = inHostsOrder(group, neighbours).map((index) => visits[members[index] ?? 0]);
      return {
        kind: all.length > 1 ? ("group" as const) : ("single" as const),
        visits: all.filter((visit) => visit !== undefined),
        walkKm: group.walkKm,
      };
    });
  });
}

/** The host, then the others from near to far. */
function inHostsOrder({ host, members }: Group, { km }: Neighbours): number[] {
  const others = members.filter((member) => member !== host);
  return [host, ...others.sort((a, b) => km(host, a) - km(host, b) || a - b)];
}

/** Visits that can be in a session together, directly or through others, each list in the order of the visits. */
function neighbourhoods(reach: readonly (readonly number[])[]): number[][] {
  const found = new Uint8Array(reach.length);
  const lists: number[][] = [];
  for (const start of reach.keys()) {
    if (found[start] === 1) continue;
    const members = [start];
    found[start] = 1;
    for (let next = 0; next < members.length; next++) {
      for (const other of reach[members[next] ?? 0] ?? []) {
        if (found[other] === 1) continue;
        found[other] = 1;
        members.push(other);
      }
    }
    lists.push(members.sort((a, b) => a - b));
  }
  return lists;
}
