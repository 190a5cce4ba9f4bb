import { nearly, placeCheapest, reassignSize, type WholeAssignment } from "./whole-assignment.ts";

const mostRounds = 8;
/** A table of what fills an agent's places is worth its time up to this many cells. */
const mostCells = 2_000_000;

/**
 * Local improvement until nothing helps: all demands of one size shared out again exactly, an agent's places filled as
 * far as a choice of its own and the unserved demands can fill them, unserved ones placed by moving another on, and two
 * agents' demands exchanged. Each step serves more, or as much for less.
 */
export function improveWhole(whole: WholeAssignment): void {
  const sizes = Map.groupBy(whole.pairOf.keys(), (v) => whole.size(v));
  const classes = [...sizes].filter(([, members]) => members.length > 1).sort(([a], [b]) => b - a);
  const integers = [...sizes.keys()].every(Number.isInteger);
  for (let round = 0; round < mostRounds; round += 1) {
    const before = { served: whole.served, cost: whole.cost };
    placeByMoving(whole);
    if (integers) for (const a of whole.held.keys()) fillPlaces(whole, a, whole.unserved());
    replaceSmaller(whole);
    for (const [, members] of classes) reassignSize(whole, members);
    moveCloser(whole);
    if (!whole.isBetterThan(before)) return;
  }
}

/** So many moves are tried in one round to make room, on instances of whatever size. */
const mostTries = 20_000;

/** Unserved demands where another makes room by going to a third agent, and that one perhaps by moving a third. */
function placeByMoving(whole: WholeAssignment): void {
  const tries = { left: mostTries };
  for (const v of whole.unserved()) {
    if (!placeCheapest(whole, v)) makeRoom(whole, v, { depth: 2, barred: -1, tries });
  }
}

function makeRoom(
  whole: WholeAssignment,
  v: number,
  { depth, barred, tries }: { depth: number; barred: number; tries: { left: number } },
): boolean {
  const mostRoom = Math.max(...whole.room);
  for (const pair of whole.pairsOf(v)) {
    const a = whole.agentOf(pair);
    if (a === barred) continue;
    const short = whole.size(v) - (whole.room[a] as number);
    for (const other of Array.from(whole.held[a] ?? [])) {
      // At the last step whoever moves has to fit into the room that there is.
      if (whole.size(other) < short - nearly || (depth === 1 && whole.size(other) > mostRoom + nearly))
        continue;
      if ((tries.left -= 1) < 0) return false;
      const back = whole.remove(other);
      whole.place(v, pair);
      if (placeElsewhere(whole, other, a)) return true;
      if (depth > 1 && makeRoom(whole, other, { depth: depth - 1, barred: a, tries })) return true;
      whole.remove(v);
      whole.place(other, back);
    }
  }
  return false;
}

function placeElsewhere(whole: WholeAssignment, v: number, barred: number): boolean {
  let best = -1;
  for (const pair of whole.pairsOf(v)) {
    if (whole.agentOf(pair) === barred || !whole.fits(v, pair)) continue;
    if (best < 0 || whole.costOf(v, pair) < whole.costOf(v, best)) best = pair;
  }
  if (best >= 0) whole.place(v, best);
  return best >= 0;
}

/** The fullest choice of an agent's own demands and of the unserved that it may take; of equally full, the cheapest. */
function fillPlaces(whole: WholeAssignment, a: number, unservedNow: readonly number[]): void {
  const capacity = whole.problem.capacity[a] as number;
  const items: { v: number; pair: number }[] = [];
  for (const v of [...(whole.held[a] ?? []), ...unservedNow]) {
    const pair = whole.pairsOf(v).find((each) => whole.agentOf(each) === a);
    if (pair !== undefined) items.push({ v, pair });
  }
  const unserved = items.length - (whole.held[a]?.size ?? 0);
  const width = Math.floor(capacity) + 1;
  if (unserved === 0 || width * items.length > mostCells) return;
  const least = new Float64Array(width).fill(Infinity);
  least[0] = 0;
  const taken = new Uint8Array(width * items.length);
  for (const [index, { v, pair }] of items.entries()) {
    const size = whole.size(v);
    const cost = whole.costOf(v, pair);
    for (let load = width - 1; load >= size; load -= 1) {
      const cheaper = (least[load - size] as number) + cost;
      if (cheaper >= (least[load] as number)) continue;
      least[load] = cheaper;
      taken[index * width + load] = 1;
    }
  }
  let load = width - 1;
  while (least[load] === Infinity) load -= 1;
  const held = capacity - (whole.room[a] as number);
  const heldCost = items.reduce(
    (sum, { v, pair }) => sum + (whole.pairOf[v] === pair ? whole.costOf(v, pair) : 0),
    0,
  );
  if (load < held + nearly && (least[load] as number) > heldCost - nearly) return;
  for (const { v } of items) whole.remove(v);
  for (let index = items.length - 1; index >= 0; index -= 1) {
    if (taken[index * width + load] === 0) continue;
    const { v, pair } = items[index] as { v: number; pair: number };
    whole.place(v, pair);
    load -= whole.size(v);
  }
}

/** An unserved demand instead of one smaller. */
function replaceSmaller(whole: WholeAssignment): void {
  for (const v of whole.unserved()) {
    let best: { other: number; pair: number } | undefined;
    for (const pair of whole.pairsOf(v)) {
      const a = whole.agentOf(pair);
      for (const other of whole.held[a] ?? []) {
        const size = whole.size(other);
        if (size >= whole.size(v) - nearly || whole.size(v) - size > (whole.room[a] as number) + nearly)
          continue;
        if (
          !best ||
          size < whole.size(best.other) ||
          (size === whole.size(best.other) && other < best.other)
        ) {
          best = { other, pair };
        }
      }
    }
    if (!best) continue;
    whole.remove(best.other);
    whole.place(v, best.pair);
  }
}

/** A demand to a nearer agent with room, or in exchange for one of that agent's. */
function moveCloser(whole: WholeAssignment): void {
  for (let v = 0; v < whole.pairOf.length; v += 1) {
    for (const pair of whole.pairsOf(v)) {
      const current = whole.pairOf[v] as number;
      if (current < 0 || pair === current) continue;
      const saved = whole.costOf(v, current) - whole.costOf(v, pair);
      if (saved <= nearly) continue;
      if (whole.fits(v, pair)) {
        whole.remove(v);
        whole.place(v, pair);
      } else exchange(whole, v, pair, saved);
    }
  }
}

function exchange(whole: WholeAssignment, v: number, pair: number, saved: number): void {
  const current = whole.pairOf[v] as number;
  const a = whole.agentOf(current);
  const b = whole.agentOf(pair);
  let best: { other: number; back: number; net: number } | undefined;
  for (const other of whole.held[b] ?? []) {
    const more = whole.size(v) - whole.size(other);
    if (more > (whole.room[b] as number) + nearly || -more > (whole.room[a] as number) + nearly) continue;
    const back = whole.pairsOf(other).find((each) => whole.agentOf(each) === a);
    if (back === undefined) continue;
    const net = saved + whole.costOf(other, whole.pairOf[other] as number) - whole.costOf(other, back);
    if (net > nearly && (!best || net > best.net)) best = { other, back, net };
  }
  if (!best) return;
  whole.remove(v);
  whole.remove(best.other);
  whole.place(v, pair);
  whole.place(best.other, best.back);
}
