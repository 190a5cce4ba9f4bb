/** Degrees, as the planning instance writes them. */
export type LatLon = { readonly lat: number; readonly lon: number };

/** Mean radius of the Earth (IUGG R1), as in `@minka/geography/distance`. */
const EARTH_DIAMETER_KM = 2 * 6371.0088;

/** More points than this (32 MB of distances) are measured each time they are asked for. */
const mostStored = 2_000;

/**
 * Great-circle kilometres among few points, by the chord between their unit vectors: one square root and one
 * arcsine a pair, and as exact on short ways as the haversine formula.
 */
export class DistanceMatrix {
  readonly size: number;
  readonly #vectors: Float64Array;
  readonly #km: Float64Array | null;

  constructor(points: readonly LatLon[]) {
    const size = points.length;
    this.size = size;
    const vectors = unitVectors(points);
    this.#vectors = vectors;
    this.#km = size > mostStored ? null : new Float64Array(size * size);
    if (this.#km === null) return;
    for (let a = 0; a < size; a++) {
      for (let b = a + 1; b < size; b++) {
        const km = kmOfChord(vectors, a, vectors, b);
        this.#km[a * size + b] = km;
        this.#km[b * size + a] = km;
      }
    }
  }

  km(a: number, b: number): number {
    if (this.#km === null) return kmOfChord(this.#vectors, a, this.#vectors, b);
    return this.#km[a * this.size + b] ?? 0;
  }
}

export function kmBetween(a: LatLon, b: LatLon): number {
  return kmOfChord(unitVectors([a]), 0, unitVectors([b]), 0);
}

/** x, y, z of each point on a sphere of radius 1, one after the other. */
function unitVectors(points: readonly LatLon[]): Float64Array {
  const vectors = new Float64Array(points.length * 3);
  for (const [index, { lat, lon }] of points.entries()) {
    const latitude = (lat * Math.PI) / 180;
    const longitude = (lon * Math.PI) / 180;
    vectors[index * 3] = Math.cos(latitude) * Math.cos(longitude);
    vectors[index * 3 + 1] = Math.cos(latitude) * Math.sin(longitude);
    vectors[index * 3 + 2] = Math.sin(latitude);
  }
  return vectors;
}

function kmOfChord(va: Float64Array, a: number, vb: Float64Array, b: number): number {
  const x = (va[a * 3] ?? 0) - (vb[b * 3] ?? 0);
  const y = (va[a * 3 + 1] ?? 0) - (vb[b * 3 + 1] ?? 0);
  const z = (va[a * 3 + 2] ?? 0) - (vb[b * 3 + 2] ?? 0);
  return EARTH_DIAMETER_KM * Math.asin(Math.min(1, Math.sqrt(x * x + y * y + z * z) / 2));
}
