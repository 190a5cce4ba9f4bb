import { DistanceMatrix, type LatLon } from "./distance-matrix.ts";
import { improveTour, tourKm } from "./improve-tour.ts";

/** Up to here the best order is found exactly: 2^12 × 12² steps take some milliseconds. */
const exactStops = 12;
/** Savings are kept for each pair of stops: up to half a million of them. */
const mostJoined = 1_000;

export type OrderedStops = {
  /** Indices of the stops in visiting order. */
  order: number[];
  /** From the base through all stops and back. */
  km: number;
};

/**
 * The way from the base through all stops and back: shortest for up to twelve stops (Held and Karp), and for more by
 * savings (Clarke and Wright) improved with 2-opt and Or-opt moves. The same points in the same order always give
 * the same way, with the nearer end first.
 */
export function orderStops(base: LatLon, stops: readonly LatLon[]): OrderedStops {
  return orderByMatrix(new DistanceMatrix([base, ...stops]), exactStops);
}

/** As `orderStops`; row 0 of the matrix is the base. `exactUpTo` lets the heuristic be compared with the exact. */
export function orderByMatrix(matrix: DistanceMatrix, exactUpTo = exactStops): OrderedStops {
  const stops = matrix.size - 1;
  if (stops === 0) return { order: [], km: 0 };
  const tour = stops <= exactUpTo ? shortestTour(matrix) : improveTour(matrix, startOf(matrix));
  const [first = 0, last = 0] = [tour[0], tour.at(-1)];
  if (matrix.km(0, last) < matrix.km(0, first)) tour.reverse();
  return { order: tour.map((stop) => stop - 1), km: tourKm(matrix, tour) };
}

/**
 * Held and Karp's dynamic programme: the shortest way through each set of stops that ends at each of its members.
 * Exponential in the stops.
 */
function shortestTour(matrix: DistanceMatrix): number[] {
  const stops = matrix.size - 1;
  const sets = 1 << stops;
  const best = new Float64Array(sets * stops).fill(Infinity);
  const before = new Int8Array(sets * stops).fill(-1);
  for (let stop = 0; stop < stops; stop++) best[(1 << stop) * stops + stop] = matrix.km(0, stop + 1);
  for (let set = 1; set < sets; set++) {
    for (let last = 0; last < stops; last++) {
      const km = best[set * stops + last] ?? Infinity;
      if (km === Infinity) continue;
      for (let next = 0; next < stops; next++) {
        if ((set & (1 << next)) !== 0) continue;
        const state = (set | (1 << next)) * stops + next;
        const longer = km + matrix.km(last + 1, next + 1);
        if (longer < (best[state] ?? Infinity)) {
          best[state] = longer;
          before[state] = last;
        }
      }
    }
  }
  let set = sets - 1;
  let last = 0;
  let shortest = Infinity;
  for (let stop = 0; stop < stops; stop++) {
    const km = (best[set * stops + stop] ?? Infinity) + matrix.km(0, stop + 1);
    if (km < shortest) {
      shortest = km;
      last = stop;
    }
  }
  const tour: number[] = [];
  while (last >= 0) {
    tour.push(last + 1);
    const previous = before[set * stops + last] ?? -1;
    set &= ~(1 << last);
    last = previous;
  }
  return tour.toReversed();
}

function startOf(matrix: DistanceMatrix): number[] {
  return matrix.size <= mostJoined ? joinBySavings(matrix) : nearestNext(matrix);
}

/** For more stops than any agent has: always on to the nearest that is left. */
function nearestNext(matrix: DistanceMatrix): number[] {
  const left = Array.from({ length: matrix.size - 1 }, (_, index) => index + 1);
  const tour: number[] = [];
  for (let here = 0; left.length > 0; here = tour.at(-1) ?? 0) {
    let nearest = 0;
    for (let index = 1; index < left.length; index++) {
      if (matrix.km(here, left[index] ?? 0) < matrix.km(here, left[nearest] ?? 0)) nearest = index;
    }
    tour.push(left[nearest] ?? 0);
    left[nearest] = left.at(-1) ?? 0;
    left.pop();
  }
  return tour;
}

/** Clarke and Wright: ways of one stop each are joined end to end where that saves most, until one way is left. */
function joinBySavings(matrix: DistanceMatrix): number[] {
  const stops = matrix.size - 1;
  const pairs: { a: number; b: number; saved: number }[] = [];
  for (let a = 1; a <= stops; a++) {
    for (let b = a + 1; b <= stops; b++) {
      pairs.push({ a, b, saved: matrix.km(0, a) + matrix.km(0, b) - matrix.km(a, b) });
    }
  }
  pairs.sort((one, other) => other.saved - one.saved || one.a - other.a || one.b - other.b);
  const ways = new Map<number, number[]>();
  for (let stop = 1; stop <= stops; stop++) ways.set(stop, [stop]);
  for (const { a, b } of pairs) {
    const one = ways.get(a);
    const other = ways.get(b);
    // Only the ends of a way are kept in the map: what is inside cannot be joined any more.
    if (one === undefined || other === undefined || one === other) continue;
    if (one[0] === a) one.reverse();
    if (other[0] !== b) other.reverse();
    if (one.length > 1) ways.delete(a);
    if (other.length > 1) ways.delete(b);
    const joined = one;
    joined.push(...other);
    ways.set(joined[0] ?? a, joined);
    ways.set(joined.at(-1) ?? b, joined);
    if (joined.length === stops) return joined;
  }
  return [...(ways.values().next().value ?? [])];
}
