import type { DistanceMatrix } from "./distance-matrix.ts";

/** Each stop tries changes towards this many nearest others; more finds next to nothing. */
const nearestTried = 12;
/** The longest piece that Or-opt moves elsewhere. */
const longestPiece = 3;
/**
 * In a tour longer than any agent's month, near stops are looked for only so many places before and behind, and
 * nothing is shaken.
 */
const longTour = 1_000;
const windowOfLongTour = 60;
const timesShaken = 120;
const longestShaken = 30;
const epsilonKm = 1e-9;

/** From the base (0) through the tour and back. */
export function tourKm(matrix: DistanceMatrix, tour: readonly number[]): number {
  let km = 0;
  let previous = 0;
  for (const stop of tour) {
    km += matrix.km(previous, stop);
    previous = stop;
  }
  return km + matrix.km(previous, 0);
}

/** A round trip that is being changed: `at` says where in `stops` each stop is. */
type Tour = { matrix: DistanceMatrix; stops: number[]; at: Int32Array; near: readonly (readonly number[])[] };

/**
 * Shortens a round trip until no change helps: 2-opt (turn a stretch around) and Or-opt (move a stretch of one to
 * three stops elsewhere, turned or not), each towards near stops only. Then two neighbouring stretches change
 * places, which those cannot do, and what follows is kept where it is shorter. The base is stop 0.
 */
export function improveTour(matrix: DistanceMatrix, start: readonly number[]): number[] {
  const stops = [0, ...start];
  const tour: Tour = { matrix, stops, at: new Int32Array(matrix.size), near: nearestStops(matrix, stops) };
  place(tour, 0, stops.length - 1);
  improveFrom(tour, stops);
  if (stops.length >= 8 && stops.length <= longTour) shake(tour);
  const base = tour.at[0] ?? 0;
  return [...stops.slice(base + 1), ...stops.slice(0, base)];
}

function shake(tour: Tour): void {
  const { matrix, stops } = tour;
  let best = [...stops];
  let bestKm = roundTripKm(matrix, best);
  const draw = sameDrawsAlways();
  const longest = Math.min(longestShaken, (stops.length - 2) >> 1);
  for (let shaken = 0; shaken < timesShaken; shaken++) {
    const one = 1 + draw(longest);
    const other = 1 + draw(longest);
    const from = draw(stops.length - one - other);
    const stretch = stops.slice(from + 1, from + 1 + one);
    stops.copyWithin(from + 1, from + 1 + one, from + 1 + one + other);
    for (const [step, stop] of stretch.entries()) stops[from + 1 + other + step] = stop;
    place(tour, from + 1, from + one + other);
    const ends = [from, from + 1, from + other, from + other + 1, from + one + other, from + one + other + 1];
    improveFrom(
      tour,
      ends.map((index) => stops[index % stops.length] ?? 0),
    );
    const km = roundTripKm(matrix, stops);
    if (km < bestKm - epsilonKm) {
      bestKm = km;
      best = [...stops];
    } else {
      for (const [index, stop] of best.entries()) stops[index] = stop;
      place(tour, 0, stops.length - 1);
    }
  }
}

/** Wherever the base is in it. */
function roundTripKm(matrix: DistanceMatrix, stops: readonly number[]): number {
  let previous = stops.at(-1) ?? 0;
  let km = 0;
  for (const stop of stops) {
    km += matrix.km(previous, stop);
    previous = stop;
  }
  return km;
}

/** Numbers below a limit that look random and are the same in each run (a linear congruential generator). */
function sameDrawsAlways(): (below: number) => number {
  let state = 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Makes changes at these stops, and at those that the changes touch, until none helps. */
function improveFrom(tour: Tour, stops: readonly number[]): void {
  const waiting = [...stops];
  const isWaiting = new Uint8Array(tour.matrix.size);
  for (const stop of waiting) isWaiting[stop] = 1;
  for (let next = 0; next < waiting.length; next++) {
    const stop = waiting[next] ?? 0;
    isWaiting[stop] = 0;
    let touched = turnAround(tour, stop) ?? moveElsewhere(tour, stop);
    while (touched !== null) {
      for (const other of touched) {
        if (isWaiting[other] === 1) continue;
        isWaiting[other] = 1;
        waiting.push(other);
      }
      touched = turnAround(tour, stop) ?? moveElsewhere(tour, stop);
    }
  }
}

function place({ stops, at }: Tour, from: number, to: number): void {
  for (let index = from; index <= to; index++) at[stops[index] ?? 0] = index;
}

/** Makes the first such change at `stop` that shortens the tour; answers the stops it touched, or null. */
function turnAround(tour: Tour, stop: number): number[] | null {
  const { matrix, stops, at, near } = tour;
  const size = stops.length;
  const stopOf = (index: number): number => stops[(index + size) % size] ?? 0;
  const here = at[stop] ?? 0;
  for (const forward of [true, false]) {
    const beside = stopOf(forward ? here + 1 : here - 1);
    const besideKm = matrix.km(stop, beside);
    for (const other of near[stop] ?? []) {
      const newKm = matrix.km(stop, other);
      if (newKm >= besideKm) break;
      const there = at[other] ?? 0;
      const otherBeside = stopOf(forward ? there + 1 : there - 1);
      const change = newKm + matrix.km(beside, otherBeside) - besideKm - matrix.km(other, otherBeside);
      if (change >= -epsilonKm) continue;
      // Turned is what lies between the two ways that are given up.
      const [a, b] = forward ? [here + 1, there] : [there, here - 1];
      reverseBetween(tour, a, b);
      return [stop, beside, other, otherBeside];
    }
  }
  return null;
}

/** Turns the stretch from a to b around, or, which is the same for a round trip, the rest if that is shorter. */
function reverseBetween(tour: Tour, a: number, b: number): void {
  const { stops, at } = tour;
  const size = stops.length;
  let from = (a + size) % size;
  let to = (b + size) % size;
  let length = ((to - from + size) % size) + 1;
  if (length * 2 > size) {
    [from, to] = [(to + 1) % size, (from - 1 + size) % size];
    length = size - length;
  }
  for (let step = 0; step < length >> 1; step++) {
    const one = stops[from] ?? 0;
    const other = stops[to] ?? 0;
    stops[from] = other;
    stops[to] = one;
    at[other] = from;
    at[one] = to;
    from = (from + 1) % size;
    to = (to - 1 + size) % size;
  }
}

/** The same for a stretch that begins or ends with `stop`. */
function moveElsewhere(tour: Tour, stop: number): number[] | null {
  const { matrix, stops, at, near } = tour;
  const size = stops.length;
  const stopOf = (index: number): number => stops[(index + size) % size] ?? 0;
  const here = at[stop] ?? 0;
  for (let length = 1; length <= Math.min(longestPiece, size - 2); length++) {
    // The piece has `stop` at one end, so that a way from it to a near stop can be made.
    for (const forward of [true, false]) {
      const far = stopOf(forward ? here + length - 1 : here - length + 1);
      const before = stopOf(forward ? here - 1 : here + 1);
      const after = stopOf(forward ? here + length : here - length);
      if (before === after) continue;
      const freed = matrix.km(before, stop) + matrix.km(far, after) - matrix.km(before, after);
      if (freed <= epsilonKm) continue;
      for (const other of near[stop] ?? []) {
        const joinKm = matrix.km(stop, other);
        if (joinKm >= freed) break;
        const gap = ((at[other] ?? 0) - here + size) % size;
        const inside = forward ? gap < length : gap === 0 || gap > size - length;
        if (inside) continue;
        for (const side of [1, -1]) {
          const otherBeside = stopOf((at[other] ?? 0) + side);
          if (otherBeside === stop || otherBeside === far) continue;
          const change = joinKm + matrix.km(far, otherBeside) - matrix.km(other, otherBeside) - freed;
          if (change >= -epsilonKm) continue;
          const piece: number[] = [];
          for (let step = 0; step < length; step++) piece.push(stopOf(forward ? here + step : here - step));
          insertPiece(tour, piece, other, side === 1);
          return [before, after, stop, far, other, otherBeside];
        }
      }
    }
  }
  return null;
}

/** Takes the piece out and puts it beside `other`, its first stop next to it. */
function insertPiece(tour: Tour, piece: readonly number[], other: number, behind: boolean): void {
  const taken = new Set(piece);
  const rest = tour.stops.filter((stop) => !taken.has(stop));
  const index = rest.indexOf(other);
  if (behind) rest.splice(index + 1, 0, ...piece);
  else rest.splice(index, 0, ...piece.toReversed());
  for (const [position, stop] of rest.entries()) tour.stops[position] = stop;
  place(tour, 0, rest.length - 1);
}

function nearestStops(matrix: DistanceMatrix, tour: readonly number[]): number[][] {
  const near: number[][] = Array.from({ length: matrix.size }, () => []);
  for (const [index, stop] of tour.entries()) {
    const others =
      tour.length <= longTour
        ? tour.filter((other) => other !== stop)
        : [
            ...tour.slice(Math.max(0, index - windowOfLongTour), index),
            ...tour.slice(index + 1, index + windowOfLongTour),
          ];
    others.sort((a, b) => matrix.km(stop, a) - matrix.km(stop, b) || a - b);
    near[stop] = others.slice(0, nearestTried);
  }
  return near;
}
