import { shipCheapest, servedFirst, type TransportProblem } from "./transport.ts";

/** Amounts that differ by less are the same: sums of floating point. */
export const nearly = 1e-9;

/** Demands that may not be split, each with at most one agent; never over a capacity. */
export class WholeAssignment {
  readonly problem: TransportProblem;
  /** Of each demand: its pair; −1 where it has none. */
  readonly pairOf: Int32Array<ArrayBuffer>;
  readonly room: Float64Array<ArrayBuffer>;
  /** Of each agent: its demands. */
  readonly held: Set<number>[];
  served = 0;
  /** Of what is served, all units together. */
  cost = 0;
  readonly #pairs: readonly number[][];

  constructor(problem: TransportProblem) {
    this.problem = problem;
    this.pairOf = new Int32Array(problem.demand.length).fill(-1);
    this.room = Float64Array.from(problem.capacity);
    this.held = Array.from(problem.capacity, () => new Set<number>());
    const { start, cost } = problem;
    this.#pairs = Array.from(problem.demand, (_, v) => {
      const pairs: number[] = [];
      for (let pair = start[v] as number; pair < (start[v + 1] as number); pair += 1) {
        if ((cost[pair] as number) < Infinity) pairs.push(pair);
      }
      return pairs;
    });
  }

  size(v: number): number {
    return this.problem.demand[v] as number;
  }

  costOf(v: number, pair: number): number {
    return (this.problem.cost[pair] as number) * this.size(v);
  }

  agentOf(pair: number): number {
    return this.problem.agent[pair] as number;
  }

  /** The pairs of a demand that are open. */
  pairsOf(v: number): readonly number[] {
    return this.#pairs[v] ?? [];
  }

  fits(v: number, pair: number): boolean {
    return this.size(v) <= (this.room[this.agentOf(pair)] as number) + nearly;
  }

  place(v: number, pair: number): void {
    const a = this.agentOf(pair);
    this.pairOf[v] = pair;
    this.room[a] = (this.room[a] as number) - this.size(v);
    this.held[a]?.add(v);
    this.served += this.size(v);
    this.cost += this.costOf(v, pair);
  }

  remove(v: number): number {
    const pair = this.pairOf[v] as number;
    if (pair < 0) return pair;
    const a = this.agentOf(pair);
    this.pairOf[v] = -1;
    this.room[a] = (this.room[a] as number) + this.size(v);
    this.held[a]?.delete(v);
    this.served -= this.size(v);
    this.cost -= this.costOf(v, pair);
    return pair;
  }

  unserved(): number[] {
    const list: number[] = [];
    for (let v = 0; v < this.pairOf.length; v += 1) if ((this.pairOf[v] as number) < 0) list.push(v);
    return list.sort((a, b) => this.size(b) - this.size(a) || a - b);
  }

  /** More is served, or as much for less. */
  isBetterThan(other: { readonly served: number; readonly cost: number }): boolean {
    if (this.served > other.served + nearly * (1 + other.served)) return true;
    if (this.served < other.served - nearly * (1 + other.served)) return false;
    return this.cost < other.cost - nearly * (1 + Math.abs(other.cost));
  }
}

/** Whole what the shipment does not split; of the rest, the largest first, what still fits where it costs least. */
export function roundShipment(problem: TransportProblem, flow: Float64Array): WholeAssignment {
  const whole = new WholeAssignment(problem);
  const split: number[] = [];
  for (let v = 0; v < problem.demand.length; v += 1) {
    if (whole.size(v) === 0) continue;
    const full = whole.pairsOf(v).find((pair) => (flow[pair] as number) > whole.size(v) - nearly * 10);
    if (full !== undefined && whole.fits(v, full)) whole.place(v, full);
    else split.push(v);
  }
  for (const v of split.sort((a, b) => whole.size(b) - whole.size(a) || a - b)) placeCheapest(whole, v);
  return whole;
}

export function placeCheapest(whole: WholeAssignment, v: number): boolean {
  let best = -1;
  for (const pair of whole.pairsOf(v)) {
    if (whole.fits(v, pair) && (best < 0 || whole.costOf(v, pair) < whole.costOf(v, best))) best = pair;
  }
  if (best >= 0) whole.place(v, best);
  return best >= 0;
}

/**
 * Shares the demands of one size out again among the places that they hold and those of that size that are free: that
 * part alone is an assignment of units, so it is solved exactly, never serves fewer and never costs more.
 */
export function reassignSize(whole: WholeAssignment, members: readonly number[]): void {
  const { problem } = whole;
  const size = whole.size(members[0] ?? 0);
  const capacity = whole.room.map((room) => Math.floor(room / size + nearly));
  for (const v of members) {
    const pair = whole.pairOf[v] as number;
    if (pair >= 0) capacity[whole.agentOf(pair)] = (capacity[whole.agentOf(pair)] as number) + 1;
  }
  const pairs = members.map((v) => whole.pairsOf(v));
  const start = new Int32Array(members.length + 1);
  for (const [index, list] of pairs.entries()) start[index + 1] = (start[index] as number) + list.length;
  const all = pairs.flat();
  const part: TransportProblem = {
    demand: new Float64Array(members.length).fill(1),
    capacity,
    start,
    agent: Int32Array.from(all, (pair) => problem.agent[pair] as number),
    cost: Float64Array.from(all, (pair) => problem.cost[pair] as number),
  };
  const { flow } = shipCheapest(part, servedFirst(part));
  for (const v of members) whole.remove(v);
  for (const [index, v] of members.entries()) {
    for (let at = start[index] as number; at < (start[index + 1] as number); at += 1) {
      if ((flow[at] as number) > 0) whole.place(v, all[at] as number);
    }
  }
}
