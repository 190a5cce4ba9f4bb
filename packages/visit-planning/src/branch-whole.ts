import { improveWhole } from "./improve-whole.ts";
import { leastCost, mostServed } from "./transport-bounds.ts";
import { servedFirst, shipCheapest, type Transport, type TransportProblem } from "./transport.ts";
import { nearly, roundShipment, WholeAssignment } from "./whole-assignment.ts";

/** How much is searched: pairs looked at over all parts, so that the same instance always ends at the same place. */
const mostWork = 1_000_000;
/** Where fewer parts than this could be looked at, none is: the first rounding is then as good. */
const fewestParts = 300;

/** What no whole assignment can beat: in what it serves, and, of those that serve as much as the found one, in cost. */
export type WholeResult = { found: WholeAssignment; mostServed: number; leastCost: number };

/**
 * Demands that may not be split: as much as possible, then as cheaply as possible. The shipment that may split them
 * gives the bound; rounded and improved it gives an assignment. Branch and bound over the split demands (to this agent,
 * or not to this agent) then narrows both as far as the work allows, which on small instances is to the optimum.
 */
export function assignWhole(problem: TransportProblem): WholeResult {
  const integers = problem.demand.every(Number.isInteger);
  const whole = (amount: number): number => (integers ? Math.floor(amount + 1e-6) : amount);
  const unservedCost = servedFirst(problem);
  const root = shipCheapest(problem, unservedCost);
  const rootServed = whole(mostServed(problem, root.price, unservedCost));
  let found = roundShipment(problem, root.flow);
  improveWhole(found);

  const perPart = problem.agent.length + problem.demand.length + problem.capacity.length ** 2;
  const parts = Math.floor(mostWork / Math.max(1, perPart));
  if (parts < fewestParts) {
    return { found, mostServed: rootServed, leastCost: costBound(problem, found.served) };
  }

  let unitPrice = bestUnitPrice(problem, found.served);
  const rootCost = leastCost(problem, shipCheapest(problem, unitPrice).price, unitPrice, found.served);
  const open: Part[] = [{ fixed: [], closed: [], served: rootServed, cost: rootCost }];
  /** The lowest bound of what was left aside for being hardly cheaper. */
  let leftAside = Infinity;
  for (let looked = 0; looked < parts && open.length > 0; looked += 1) {
    const part = open.pop() as Part;
    if (part.served < found.served - nearly) continue;
    const narrowed = narrow(problem, part);
    let shipment = shipCheapest(narrowed.problem, unservedCost);
    const most = narrowed.served + mostServed(narrowed.problem, shipment.price, unservedCost);
    const served = Math.min(part.served, whole(most));
    if (served < found.served - nearly) continue;
    let cost = part.cost;
    let split = splitPair(narrowed.problem, shipment);
    if (split && served <= found.served + nearly) {
      // Only a cheaper one of the same size is of use here.
      const cheaper = shipCheapest(narrowed.problem, unitPrice);
      const rest = found.served - narrowed.served;
      const bound = narrowed.cost + leastCost(narrowed.problem, cheaper.price, unitPrice, rest);
      cost = Math.max(cost, bound);
      if (cost >= found.cost - worthSearching * Math.abs(found.cost)) {
        leftAside = Math.min(leftAside, cost);
        continue;
      }
      const cheaperSplit = splitPair(narrowed.problem, cheaper);
      if (cheaperSplit) [shipment, split] = [cheaper, cheaperSplit];
    }
    const candidate = complete(problem, part, roundShipment(narrowed.problem, shipment.flow));
    if (looked % improveEach === 0) improveWhole(candidate);
    if (candidate.isBetterThan(found)) {
      const larger = candidate.served > found.served + nearly;
      found = candidate;
      if (larger) unitPrice = bestUnitPrice(problem, found.served);
    }
    if (!split) continue;
    const { v, pair } = split;
    open.push({ ...part, closed: [...part.closed, pair], served, cost });
    open.push({ ...part, fixed: [...part.fixed, [v, pair]], served, cost });
  }
  let most = found.served;
  let least = Math.min(found.cost, leftAside);
  for (const part of open) {
    if (part.served < found.served - nearly) continue;
    most = Math.max(most, part.served);
    least = Math.min(least, part.cost);
  }
  return { found, mostServed: most, leastCost: least };
}

/** What is cheaper by less than this share is not searched for. */
const worthSearching = 0.002;
/** A rounding in so many is improved too, which takes longer than the rounding. */
const improveEach = 16;

function complete(problem: TransportProblem, part: Part, rest: WholeAssignment): WholeAssignment {
  const whole = new WholeAssignment(problem);
  for (const [v, pair] of part.fixed) whole.place(v, pair);
  for (const [v, pair] of rest.pairOf.entries()) if (pair >= 0) whole.place(v, pair);
  return whole;
}

/** Some demands given to agents, some pairs closed; the rest is open. */
type Part = {
  readonly fixed: readonly (readonly [v: number, pair: number])[];
  readonly closed: readonly number[];
  /** No more can be served in it. */
  readonly served: number;
  /** Serving as much as the found one costs no less in it. */
  readonly cost: number;
};

/** What is left to decide in a part: pairs whose demand does not fit any more are closed too. */
function narrow(
  problem: TransportProblem,
  part: Part,
): { problem: TransportProblem; served: number; cost: number } {
  const demand = Float64Array.from(problem.demand);
  const capacity = Float64Array.from(problem.capacity);
  const cost = Float64Array.from(problem.cost);
  let [served, fixedCost] = [0, 0];
  for (const [v, pair] of part.fixed) {
    const size = problem.demand[v] as number;
    const a = problem.agent[pair] as number;
    capacity[a] = Math.max(0, (capacity[a] as number) - size);
    demand[v] = 0;
    served += size;
    fixedCost += size * (problem.cost[pair] as number);
  }
  for (const pair of part.closed) cost[pair] = Infinity;
  for (let v = 0; v < demand.length; v += 1) {
    for (let pair = problem.start[v] as number; pair < (problem.start[v + 1] as number); pair += 1) {
      if (
        demand[v] === 0 ||
        (demand[v] as number) > (capacity[problem.agent[pair] as number] as number) + nearly
      ) {
        cost[pair] = Infinity;
      }
    }
  }
  return { problem: { ...problem, demand, capacity, cost }, served, cost: fixedCost };
}

/** The largest share of a demand that is not whole. */
function splitPair(
  { demand, start }: TransportProblem,
  { flow }: Transport,
): { v: number; pair: number } | undefined {
  let best: { v: number; pair: number } | undefined;
  let most = 0;
  for (let v = 0; v < demand.length; v += 1) {
    const size = demand[v] as number;
    for (let pair = start[v] as number; pair < (start[v + 1] as number); pair += 1) {
      const amount = flow[pair] as number;
      if (amount <= 1e-7 || amount >= size - 1e-7 || amount <= most) continue;
      most = amount;
      best = { v, pair };
    }
  }
  return best;
}

/**
 * The price of an unserved unit at which the splitting shipment serves just what the whole one does: where the bound on
 * the cost is highest (the Lagrangian dual is concave, and its slope is what is left to serve).
 */
function bestUnitPrice(problem: TransportProblem, served: number): number {
  let [low, high] = [0, servedFirst(problem)];
  let best = { price: high, bound: -Infinity };
  const total = problem.demand.reduce((sum, each) => sum + each, 0);
  for (let step = 0; step < priceSteps; step += 1) {
    const price = step === 0 ? high : step === 1 ? high / 1024 : (low + high) / 2;
    const { price: agents, unserved } = shipCheapest(problem, price);
    const bound = leastCost(problem, agents, price, served);
    if (bound > best.bound) best = { price, bound };
    const shipped = total - unserved.reduce((sum, each) => sum + each, 0);
    if (Math.abs(shipped - served) < nearly * (1 + total)) break;
    if (shipped > served) high = price;
    else low = price;
  }
  return best.price;
}

const priceSteps = 16;

function costBound(problem: TransportProblem, served: number): number {
  const price = bestUnitPrice(problem, served);
  return leastCost(problem, shipCheapest(problem, price).price, price, served);
}
