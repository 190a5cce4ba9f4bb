import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distanceKm } from "@minka/geography/distance";

const points = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

describe("distanceKm", () => {
  test("measures a quarter of the equator and a degree of latitude", () => {
    const origin = { latitude: 0, longitude: 0 };
    expect(distanceKm(origin, { latitude: 0, longitude: 90 })).toBeCloseTo((Math.PI / 2) * 6371.0088, 6);
    expect(distanceKm(origin, { latitude: 1, longitude: 0 })).toBeCloseTo(111.19508, 4);
  });

  test("is the same both ways and nothing from a point to itself", () => {
    fc.assert(
      fc.property(points, points, (a, b) => {
        expect(distanceKm(a, b)).toBeCloseTo(distanceKm(b, a), 9);
        expect(distanceKm(a, a)).toBe(0);
      }),
    );
  });

  test("is never longer than the way round by a third point", () => {
    fc.assert(
      fc.property(points, points, points, (a, b, c) => {
        expect(distanceKm(a, c)).toBeLessThanOrEqual(distanceKm(a, b) + distanceKm(b, c) + 1e-3);
      }),
    );
  });
});
