import { distanceKm } from "@minka/geography/distance";
import type { AssignmentInstance } from "@minka/visit-planning/eligible-pairs";
import loadHighs, { type Highs, type ModelData } from "highs";

/** What a general solver finds for the same assignment, from a model written without any of the planner's code. */
export type Optimum = {
  /** The largest weight that can be served, and what no assignment exceeds (apart only when the solver gave up). */
  weight: number;
  weightBound: number;
  /** The least cost of serving that weight: km, less `keepKm` where the agent stays. */
  cost: number;
  costBound: number;
  /** Of the processor, in the solver alone. */
  ms: number;
};

type Column = { visit: number; agent: number; weight: number; cost: number };

let loaded: Promise<Highs> | undefined;

/** The WebAssembly build of HiGHS, loaded once. */
export function highsSolver(): Promise<Highs> {
  // The package declares the types of its CommonJS build for its module too, where the loader is the default itself.
  loaded ??= (loadHighs as unknown as typeof loadHighs.default)();
  return loaded;
}

/** First the weight, then, with that weight demanded, the cost. Visits of equal weight need no integer variables. */
export function highsOptimum(highs: Highs, instance: AssignmentInstance, seconds = 600): Optimum {
  const columns = allColumns(instance);
  if (columns.length === 0) return { weight: 0, weightBound: 0, cost: 0, costBound: 0, ms: 0 };
  const weights = columns.map(({ weight }) => weight);
  const most = solve(highs, model(instance, columns, { cost: weights.map((weight) => -weight) }), seconds);
  // Never −0.
  const weight = Math.round(-most.value * 1e6) / 1e6 + 0;
  const cost = columns.map((column) => column.cost);
  const least = solve(highs, model(instance, columns, { cost, demanded: weight }), seconds);
  return {
    weight,
    weightBound: -most.bound,
    cost: least.value,
    costBound: least.bound,
    ms: most.ms + least.ms,
  };
}

/** What an unserved visit costs in one linear program, in km: more than a chain of visits moved on saves here. */
const unservedKm = 1_000;

/** Both stages in one linear program, for visits of weight 1: what is fastest for the solver. */
export function highsPriced(
  highs: Highs,
  instance: AssignmentInstance,
): Pick<Optimum, "weight" | "cost" | "ms"> {
  const columns = allColumns(instance);
  const data = model(instance, columns, { cost: columns.map(({ cost }) => cost - unservedKm) });
  const { values, ms } = solve(highs, data, 600);
  let [weight, total] = [0, 0];
  for (const [index, { cost }] of columns.entries()) {
    weight += values[index] ?? 0;
    total += cost * (values[index] ?? 0);
  }
  return { weight: Math.round(weight * 1e6) / 1e6, cost: total, ms };
}

/** Every allowed pair, found by looking at all of them. */
function allColumns({ agents, visits, maxKm, keepKm = 0 }: AssignmentInstance): Column[] {
  return visits.flatMap((visit, v) =>
    agents.flatMap((agent, a): Column[] => {
      const weight = visit.weight ?? 1;
      if (!agent.topics.includes(visit.topic)) return [];
      if (visit.crop != null && !agent.crops.includes(visit.crop)) return [];
      if (visit.except?.includes(agent.id)) return [];
      const km = distanceKm(
        { latitude: agent.lat, longitude: agent.lon },
        { latitude: visit.lat, longitude: visit.lon },
      );
      if (km > Math.min(maxKm, agent.reachKm ?? Infinity)) return [];
      return [{ visit: v, agent: a, weight, cost: visit.previousAgent === agent.id ? km - keepKm : km }];
    }),
  );
}

function model(
  { agents, visits }: AssignmentInstance,
  columns: readonly Column[],
  { cost, demanded }: { cost: readonly number[]; demanded?: number },
): ModelData {
  const numRows = visits.length + agents.length + (demanded === undefined ? 0 : 1);
  const perColumn = demanded === undefined ? 2 : 3;
  const last = numRows - 1;
  const integer = new Set(columns.map(({ weight }) => weight)).size > 1;
  return {
    numCols: columns.length,
    numRows,
    colCost: Float64Array.from(cost),
    colLower: new Float64Array(columns.length),
    colUpper: new Float64Array(columns.length).fill(1),
    rowLower: Float64Array.from({ length: numRows }, (_, row) =>
      demanded !== undefined && row === last ? demanded : -Infinity,
    ),
    rowUpper: Float64Array.from({ length: numRows }, (_, row) =>
      row < visits.length ? 1 : (agents[row - visits.length]?.capacity ?? Infinity),
    ),
    matrix: {
      format: "csc",
      numRows,
      numCols: columns.length,
      starts: Int32Array.from({ length: columns.length + 1 }, (_, index) => index * perColumn),
      indices: Int32Array.from(
        columns.flatMap(({ visit, agent }) => [visit, visits.length + agent, last].slice(0, perColumn)),
      ),
      values: Float64Array.from(columns.flatMap(({ weight }) => [1, weight, weight].slice(0, perColumn))),
    },
    ...(integer ? { integrality: new Int32Array(columns.length).fill(1) } : {}),
  };
}

function solve(
  highs: Highs,
  data: ModelData,
  seconds: number,
): { value: number; bound: number; values: Float64Array; ms: number } {
  const from = process.cpuUsage();
  return highs.withModel(data, (solver) => {
    solver.options.set({ output_flag: false, time_limit: seconds, mip_rel_gap: 1e-9 });
    solver.run();
    const value = solver.getObjectiveValue();
    const status = solver.getModelStatus();
    const { optimal, timeLimit } = highs.constants.modelStatus;
    if (status !== optimal && !(status === timeLimit && data.integrality)) {
      throw new Error(`HiGHS ended with status ${status}`);
    }
    const bound = data.integrality ? Number(solver.info.get("mip_dual_bound")) : value;
    const { user, system } = process.cpuUsage(from);
    return { value, bound, values: solver.getSolution().colValue, ms: (user + system) / 1000 };
  });
}
