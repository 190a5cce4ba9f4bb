import { distanceKm } from "@minka/geography/distance";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DistanceMatrix, kmBetween, type LatLon } from "../src/distance-matrix.ts";
import { orderByMatrix, orderStops } from "../src/order-stops.ts";

const point = fc.record({
  lat: fc.double({ min: -6.8, max: -6.2, noNaN: true }),
  lon: fc.double({ min: -76.8, max: -76.2, noNaN: true }),
});
const pointsUpTo = (maxLength: number) => fc.array(point, { minLength: 0, maxLength });

function wayKm(base: LatLon, stops: readonly LatLon[]): number {
  let km = 0;
  let previous = base;
  for (const stop of [...stops, base]) {
    km += kmBetween(previous, stop);
    previous = stop;
  }
  return km;
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}

describe("a day's way", () => {
  it("measures as the rest of the platform does", () => {
    fc.assert(
      fc.property(point, point, (a, b) => {
        const km = distanceKm({ latitude: a.lat, longitude: a.lon }, { latitude: b.lat, longitude: b.lon });
        expect(kmBetween(a, b)).toBeCloseTo(km, 8);
      }),
    );
  });

  it("visits every stop once and tells its true length", () => {
    fc.assert(
      fc.property(point, pointsUpTo(40), (base, stops) => {
        const { order, km } = orderStops(base, stops);
        expect(order.toSorted((a, b) => a - b)).toEqual([...stops.keys()]);
        expect(km).toBeCloseTo(
          wayKm(
            base,
            order.flatMap((index) => stops[index] ?? []),
          ),
          6,
        );
      }),
      { numRuns: 60 },
    );
  });

  it("is the shortest of all ways for few stops", () => {
    fc.assert(
      fc.property(point, pointsUpTo(6), (base, stops) => {
        const shortest = Math.min(...permutations(stops).map((way) => wayKm(base, way)));
        expect(orderStops(base, stops).km).toBeCloseTo(shortest, 6);
      }),
      { numRuns: 60 },
    );
  });

  it("is within 3% of the shortest where it is not searched exactly", () => {
    fc.assert(
      fc.property(point, fc.array(point, { minLength: 4, maxLength: 11 }), (base, stops) => {
        const matrix = new DistanceMatrix([base, ...stops]);
        const exact = orderByMatrix(matrix, 12).km;
        expect(orderByMatrix(matrix, 0).km).toBeLessThanOrEqual(exact * 1.03 + 1e-6);
      }),
      { numRuns: 150 },
    );
  });

  it("is no longer than going through the stops as they come, however many there are", () => {
    fc.assert(
      fc.property(point, fc.array(point, { minLength: 100, maxLength: 200 }), (base, stops) => {
        expect(orderStops(base, stops).km).toBeLessThanOrEqual(wayKm(base, stops) + 1e-6);
      }),
      { numRuns: 5 },
    );
  });

  it("is the same each time, and does not mind two stops at one place", () => {
    fc.assert(
      fc.property(point, pointsUpTo(20), (base, stops) => {
        const doubled = [...stops, ...stops, base];
        expect(orderStops(base, doubled)).toEqual(orderStops(base, doubled));
      }),
      { numRuns: 30 },
    );
  });
});
