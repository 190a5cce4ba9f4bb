import type { TransportProblem } from "./transport.ts";

/*
 * What no shipment can beat, from the prices of the agents alone: whatever prices are passed, the bounds hold (weak
 * duality), so that they prove a result rather than repeat it.
 */

/**
 * No shipment is larger. Of the agents that are dearer than half of what an unserved unit costs, no more than their
 * capacity; of the others, no more than is demanded of them (the capacity of a cut: Ford and Fulkerson 1956).
 */
export function mostServed(problem: TransportProblem, price: Float64Array, unservedCost: number): number {
  const { demand, capacity, start, agent, cost } = problem;
  const scarce = (a: number): boolean => (price[a] as number) > unservedCost / 2;
  let most = 0;
  for (let a = 0; a < capacity.length; a += 1) if (scarce(a)) most += capacity[a] as number;
  for (let v = 0; v < demand.length; v += 1) {
    for (let pair = start[v] as number; pair < (start[v + 1] as number); pair += 1) {
      if (scarce(agent[pair] as number) || cost[pair] === Infinity) continue;
      most += demand[v] as number;
      break;
    }
  }
  return most;
}

/** No shipment that serves as much as `served` costs less, with what `unservedCost` puts on the rest taken out again. */
export function leastCost(
  problem: TransportProblem,
  price: Float64Array,
  unservedCost: number,
  served: number,
): number {
  const { demand, capacity, start, agent, cost } = problem;
  // Each demand's saving against being unserved, so that the large figures of `unservedCost` never meet in the sum.
  let least = unservedCost * served;
  for (let v = 0; v < demand.length; v += 1) {
    let saving = 0;
    for (let pair = start[v] as number; pair < (start[v + 1] as number); pair += 1) {
      saving = Math.max(
        saving,
        unservedCost - (cost[pair] as number) - (price[agent[pair] as number] as number),
      );
    }
    least -= saving * (demand[v] as number);
  }
  for (let a = 0; a < capacity.length; a += 1) least -= (price[a] as number) * (capacity[a] as number);
  return least;
}
