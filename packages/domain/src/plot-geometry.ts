/** Decimal degrees, in GeoJSON's order. */
export type Position = readonly [longitude: number, latitude: number];

/**
 * Above four hectares a point is not enough: Regulation (EU) 2023/1115 on deforestation-free products,
 * article 2 (28), asks for a polygon there.
 */
export const polygonNeededAboveSquareMetres = 40_000;

export type RingFault = "too-short" | "open" | "repeats-a-point" | "crosses-itself";

/**
 * What is wrong with a plot's border, or null. A ring has four positions at least, ends where it begins,
 * and touches itself nowhere else.
 */
export function ringFault(ring: readonly Position[]): RingFault | null {
  const [first, last] = [ring[0], ring.at(-1)];
  if (!first || !last || ring.length < 4) return "too-short";
  if (!same(first, last)) return "open";
  const corners = ring.slice(0, -1);
  if (new Set(corners.map(([longitude, latitude]) => `${longitude} ${latitude}`)).size < corners.length) {
    return "repeats-a-point";
  }
  return touchesItself(ring) ? "crosses-itself" : null;
}

function touchesItself(ring: readonly Position[]): boolean {
  const sides = ring.slice(1).map((end, index) => [ring[index] as Position, end] as const);
  return sides.some(([start, end], index) => {
    const next = sides[(index + 1) % sides.length];
    // Neighbours share a corner: they may only not run back over each other.
    if (next && cross(start, end, next[1]) === 0 && dot(start, end, next[1]) < 0) return true;
    return sides.slice(index + 2).some(([otherStart, otherEnd], skipped) => {
      const closing = index === 0 && skipped === sides.length - 3;
      return !closing && meet(start, end, otherStart, otherEnd);
    });
  });
}

function same(a: Position, b: Position): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** Positive where c lies to the left of the way from a to b, 0 where it lies on it. */
function cross(a: Position, b: Position, c: Position): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

/** Negative where the way from b to c turns back towards a. */
function dot(a: Position, b: Position, c: Position): number {
  return (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]);
}

function meet(a: Position, b: Position, c: Position, d: Position): boolean {
  const [c1, d1] = [Math.sign(cross(a, b, c)), Math.sign(cross(a, b, d))];
  const [a1, b1] = [Math.sign(cross(c, d, a)), Math.sign(cross(c, d, b))];
  if (c1 !== d1 && a1 !== b1) return true;
  return (
    (c1 === 0 && within(a, b, c)) ||
    (d1 === 0 && within(a, b, d)) ||
    (a1 === 0 && within(c, d, a)) ||
    (b1 === 0 && within(c, d, b))
  );
}

/** Of three positions on one line, whether c lies between a and b. */
function within(a: Position, b: Position, c: Position): boolean {
  return (
    Math.min(a[0], b[0]) <= c[0] &&
    c[0] <= Math.max(a[0], b[0]) &&
    Math.min(a[1], b[1]) <= c[1] &&
    c[1] <= Math.max(a[1], b[1])
  );
}

const earthRadiusMetres = 6_371_008.8;

/**
 * What a closed ring surrounds, in square metres; positive where it runs counterclockwise, as RFC 7946
 * asks of an outer one. On a plane laid at the ring's latitude, which is exact enough for a plot.
 */
export function signedSquareMetres(ring: readonly Position[]): number {
  const [origin] = ring;
  if (!origin) return 0;
  const radians = Math.PI / 180;
  const shrink = Math.cos(origin[1] * radians);
  const flat = ring.map(([longitude, latitude]) => ({
    x: (longitude - origin[0]) * radians * shrink * earthRadiusMetres,
    y: (latitude - origin[1]) * radians * earthRadiusMetres,
  }));
  const twice = flat.slice(1).reduce((sum, end, index) => {
    const start = flat[index] ?? end;
    return sum + start.x * end.y - end.x * start.y;
  }, 0);
  return twice / 2;
}
