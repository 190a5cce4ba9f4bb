import { assignWhole } from "./branch-whole.ts";
import { findEligiblePairs, type AssignmentInstance, type EligiblePairs } from "./eligible-pairs.ts";
import type { Assignment } from "./instance.ts";
import { leastCost, mostServed } from "./transport-bounds.ts";
import { servedFirst, shipCheapest, type TransportProblem } from "./transport.ts";

export type AssignedVisits = {
  /** By visit id. */
  assignments: Assignment[];
  /** Ids of visits, ascending. */
  unassigned: string[];
  totalKm: number;
  /** The weights of the assigned visits together. */
  servedWeight: number;
  /** No assignment serves more. */
  weightBound: number;
  /**
   * Km below which no assignment that serves `servedWeight` comes, proven by prices of the agents' places. With
   * `keepKm`, of those that keep as many visits with their agent: fewer km cost more than `keepKm` for each that is
   * given up.
   */
  bound: number;
  /**
   * How far this may be from the best, 0 = proven optimal: the larger of (weightBound − servedWeight) / weightBound and
   * (km − bound) / km, where under 1e-9 of it, or of a km, is a rounding of floating point and counts as none.
   */
  gap: number;
};

/**
 * Who goes to whom: first as much weight as quotas, topics, crops and reach allow, then the fewest great-circle km from
 * agents to visits. Visits of one weight are solved exactly (gap 0); of mixed weights as far as branch-whole.ts gets,
 * with the gap to the bound. The same visits and agents give the same answer in whatever order they come.
 */
export function assignVisits(instance: AssignmentInstance): AssignedVisits {
  const pairs = findEligiblePairs(instance);
  const weights = Float64Array.from(pairs.visits, ({ weight }) => weight ?? 1);
  if (!weights.every((weight) => weight > 0 && weight < Infinity))
    throw new RangeError("a weight is above 0");
  const cost = kmLessKept(pairs, instance.keepKm ?? 0);
  const unit = weights[0] ?? 1;
  return weights.every((weight) => weight === unit)
    ? assignEqual(pairs, cost, unit)
    : assignMixed(pairs, cost, weights);
}

function assignEqual(pairs: EligiblePairs, cost: Float64Array, unit: number): AssignedVisits {
  const problem: TransportProblem = {
    demand: new Float64Array(pairs.visits.length).fill(1),
    capacity: Float64Array.from(pairs.agents, ({ capacity }) => Math.floor(capacity / unit + rounding)),
    start: pairs.start,
    agent: pairs.agent,
    cost,
  };
  const unservedCost = servedFirst(problem);
  const { flow, price } = shipCheapest(problem, unservedCost);
  const most = mostServed(problem, price, unservedCost);
  const chosen = Int32Array.from(pairs.visits, (_, v) => {
    for (let pair = pairs.start[v] as number; pair < (pairs.start[v + 1] as number); pair += 1) {
      if ((flow[pair] as number) > 0) return pair;
    }
    return -1;
  });
  return answer(pairs, cost, chosen, {
    weight: most * unit,
    cost: leastCost(problem, price, unservedCost, most),
  });
}

/** Weights of few decimals are counted in their last decimal, so that sums of them are exact. */
const scales = [1, 2, 4, 10, 100, 1000];

function assignMixed(pairs: EligiblePairs, cost: Float64Array, weights: Float64Array): AssignedVisits {
  const scale = scales.find((each) => weights.every((weight) => isInteger(weight * each)));
  const demand = scale === undefined ? weights : weights.map((weight) => Math.round(weight * scale));
  const problem: TransportProblem = {
    demand,
    capacity: Float64Array.from(pairs.agents, ({ capacity }) =>
      scale === undefined ? capacity : Math.floor(capacity * scale + rounding),
    ),
    start: pairs.start,
    agent: pairs.agent,
    cost: Float64Array.from(cost),
  };
  for (const [v, size] of demand.entries()) {
    for (let pair = pairs.start[v] as number; pair < (pairs.start[v + 1] as number); pair += 1) {
      problem.cost[pair] = (problem.cost[pair] as number) / size;
    }
  }
  const { found, mostServed: most, leastCost: least } = assignWhole(problem);
  return answer(pairs, cost, found.pairOf, { weight: most / (scale ?? 1), cost: least });
}

const rounding = 1e-9;

function isInteger(value: number): boolean {
  return Math.abs(value - Math.round(value)) < rounding;
}

/** The km of each pair, less `keepKm` where the agent came last month too. */
function kmLessKept({ agents, visits, start, agent, km }: EligiblePairs, keepKm: number): Float64Array {
  const cost = Float64Array.from(km);
  if (keepKm === 0) return cost;
  for (const [v, { previousAgent }] of visits.entries()) {
    for (let pair = start[v] as number; pair < (start[v + 1] as number); pair += 1) {
      if (agents[agent[pair] as number]?.id === previousAgent) cost[pair] = (cost[pair] as number) - keepKm;
    }
  }
  return cost;
}

function answer(
  pairs: EligiblePairs,
  cost: Float64Array,
  chosen: Int32Array,
  proven: { readonly weight: number; readonly cost: number },
): AssignedVisits {
  const assignments: Assignment[] = [];
  const unassigned: string[] = [];
  let [totalKm, servedWeight, totalCost] = [0, 0, 0];
  for (const [v, visit] of pairs.visits.entries()) {
    const pair = chosen[v] ?? -1;
    const agent = pairs.agents[pairs.agent[pair] ?? -1];
    const km = pairs.km[pair];
    if (!agent || km === undefined) {
      unassigned.push(visit.id);
      continue;
    }
    assignments.push({ visit: visit.id, agent: agent.id, km });
    totalKm += km;
    servedWeight += visit.weight ?? 1;
    totalCost += cost[pair] as number;
  }
  const lacksWeight = lack(servedWeight, proven.weight);
  const lacksKm = lack(proven.cost, totalCost);
  return {
    assignments,
    unassigned,
    totalKm,
    servedWeight,
    weightBound: servedWeight + lacksWeight,
    bound: totalKm - lacksKm,
    gap: Math.max(share(lacksWeight, servedWeight + lacksWeight), share(lacksKm, totalKm)),
  };
}

/** What the smaller lacks of the larger; with `keepKm` they may be below zero. */
function lack(smaller: number, larger: number): number {
  const size = Math.max(Math.abs(larger), Math.abs(smaller), 1);
  return larger - smaller > rounding * size ? larger - smaller : 0;
}

const share = (part: number, whole: number): number => (part === 0 ? 0 : part / whole);
