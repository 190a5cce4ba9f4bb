import { distanceKm, type Point } from "@minka/geography/distance";
import type { PlanningAgent, PlanningInput, PlanningVisit } from "./instance.ts";

type Agent = Pick<PlanningAgent, "id" | "lat" | "lon" | "topics" | "crops" | "capacity" | "reachKm">;
type Visit = Pick<PlanningVisit, "id" | "lat" | "lon" | "topic"> &
  Partial<Pick<PlanningVisit, "crop" | "weight" | "previousAgent" | "except">>;

/** The part of a planning instance that says who may go where. */
export type AssignmentInstance = Pick<PlanningInput, "maxKm" | "keepKm"> & {
  readonly agents: readonly Readonly<Agent>[];
  readonly visits: readonly Readonly<Visit>[];
};

/** Which agent may take which visit: the pairs of visit v are those numbered `start[v]` to `start[v + 1] - 1`. */
export type EligiblePairs = {
  /** By id, so that the order of the input decides nothing. */
  readonly agents: readonly Readonly<Agent>[];
  readonly visits: readonly Readonly<Visit>[];
  readonly start: Int32Array<ArrayBuffer>;
  /** Of each pair: its agent, as an index of `agents`, ascending within a visit. */
  readonly agent: Int32Array<ArrayBuffer>;
  /** Of each pair: the great-circle km. */
  readonly km: Float64Array<ArrayBuffer>;
};

/**
 * The pairs that topic, crop, reach, exceptions and the size of the agent's quota allow. Only agents in the cells of a
 * grid around the visit are looked at: a grid of the space that the globe is in, so that it has no poles and no seam.
 */
export function findEligiblePairs(instance: AssignmentInstance): EligiblePairs {
  const agents = instance.agents.toSorted(byId);
  const visits = instance.visits.toSorted(byId);
  const grid = makeGrid(agents, instance.maxKm);
  const skills = agents.map(({ topics, crops }) => ({ topics: new Set(topics), crops: new Set(crops) }));
  const skilled = new Map<string, Uint8Array>();
  const bases = agents.map(pointOf);
  const start = new Int32Array(visits.length + 1);
  const pairAgents: number[] = [];
  const pairKm: number[] = [];
  for (const [v, visit] of visits.entries()) {
    const kind = JSON.stringify([visit.topic, visit.crop ?? null]);
    let able = skilled.get(kind);
    if (!able) {
      able = Uint8Array.from(skills, ({ topics, crops }) =>
        topics.has(visit.topic) && (visit.crop == null || crops.has(visit.crop)) ? 1 : 0,
      );
      skilled.set(kind, able);
    }
    const point = pointOf(visit);
    const weight = visit.weight ?? 1;
    for (const a of grid.near(point)) {
      const agent = agents[a];
      const base = bases[a];
      if (!agent || !base || able[a] === 0 || agent.capacity < weight) continue;
      const km = distanceKm(base, point);
      if (km > instance.maxKm || km > (agent.reachKm ?? Infinity)) continue;
      if (visit.except?.includes(agent.id)) continue;
      pairAgents.push(a);
      pairKm.push(km);
    }
    start[v + 1] = pairAgents.length;
  }
  return { agents, visits, start, agent: new Int32Array(pairAgents), km: new Float64Array(pairKm) };
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  if (a.id === b.id) throw new RangeError(`two of one id: ${a.id}`);
  return a.id < b.id ? -1 : 1;
}

function pointOf(at: { readonly lat: number; readonly lon: number }): Point {
  return { latitude: at.lat, longitude: at.lon };
}

const earthRadiusKm = 6371.0088;
/** Cells of 6 km at the smallest: a grid for hamlets would hold nothing but empty cells. */
const smallestCell = 0.001;

/** Cells as wide as the longest allowed chord: whoever is within reach is in one of the 27 cells around. */
function makeGrid(
  agents: readonly Readonly<Agent>[],
  maxKm: number,
): { near(point: Point): readonly number[] } {
  const angle = Math.min(Math.PI, maxKm / earthRadiusKm);
  const cell = Math.max(smallestCell, 2 * Math.sin(angle / 2) * (1 + 1e-9));
  const side = Math.ceil(2 / cell) + 4;
  const cellOf = (point: Point): number[] =>
    onUnitSphere(point).map((part) => Math.floor((part + 1) / cell) + 1);
  const numberOf = ([x = 0, y = 0, z = 0]: number[]): number => (x * side + y) * side + z;

  const held = new Map<number, number[]>();
  for (const [a, agent] of agents.entries()) {
    const number = numberOf(cellOf(pointOf(agent)));
    const list = held.get(number);
    if (list) list.push(a);
    else held.set(number, [a]);
  }
  const around = new Map<number, number[]>();
  return {
    near(point) {
      const [x = 0, y = 0, z = 0] = cellOf(point);
      const number = numberOf([x, y, z]);
      let found = around.get(number);
      if (!found) {
        found = neighbours
          .flatMap(([dx, dy, dz]) => held.get(numberOf([x + dx, y + dy, z + dz])) ?? [])
          .sort((a, b) => a - b);
        around.set(number, found);
      }
      return found;
    },
  };
}

const steps = [-1, 0, 1] as const;
const neighbours = steps.flatMap((x) => steps.flatMap((y) => steps.map((z) => [x, y, z] as const)));

function onUnitSphere({ latitude, longitude }: Point): number[] {
  const phi = (latitude * Math.PI) / 180;
  const lambda = (longitude * Math.PI) / 180;
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}
