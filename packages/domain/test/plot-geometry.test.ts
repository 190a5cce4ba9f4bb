import { ringFault, signedSquareMetres, type Position } from "@minka/domain/plot-geometry";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const square: Position[] = [
  [-76.51, -8.19],
  [-76.509, -8.19],
  [-76.509, -8.189],
  [-76.51, -8.189],
  [-76.51, -8.19],
];

/** Corners in order of their direction from a middle, each at its own distance: never crossing. */
const star = fc
  .uniqueArray(fc.integer({ min: 0, max: 359 }), { minLength: 3, maxLength: 40 })
  .map((angles) => angles.sort((a, b) => a - b))
  // No half turn without a corner, or the middle lies outside and the order says nothing.
  .filter((angles) =>
    angles.every((angle, index) => ((angles[index + 1] ?? (angles[0] ?? 0) + 360) - angle) % 360 < 180),
  )
  .chain((angles) =>
    fc
      .array(fc.integer({ min: 50, max: 900 }), { minLength: angles.length, maxLength: angles.length })
      .map((metres) => {
        const corners = angles.map((angle, index): Position => {
          const degrees = (metres[index] ?? 50) / 111_195;
          const radians = (angle * Math.PI) / 180;
          return [-76.5 + degrees * Math.cos(radians), -8.2 + degrees * Math.sin(radians)];
        });
        return [...corners, corners[0] as Position];
      }),
  );

const convex = fc.integer({ min: 4, max: 24 }).map((corners) => {
  const ring = Array.from({ length: corners }, (_, index): Position => {
    const radians = (2 * Math.PI * index) / corners;
    return [-76.5 + 0.002 * Math.cos(radians), -8.2 + 0.002 * Math.sin(radians)];
  });
  return [...ring, ring[0] as Position];
});

describe("the border of a plot", () => {
  test.each([
    ["a triangle that is not closed", square.slice(0, 3), "too-short"],
    ["a square that is not closed", square.slice(0, 4), "open"],
    ["a point twice", [...square.slice(0, 2), ...square.slice(1)], "repeats-a-point"],
    ["a bow tie", [square[0], square[2], square[1], square[3], square[0]] as Position[], "crosses-itself"],
    [
      "a way there and back",
      [
        [-76.51, -8.19],
        [-76.509, -8.19],
        [-76.5095, -8.19],
        [-76.51, -8.19],
      ] as Position[],
      "crosses-itself",
    ],
    ["a square", square, null],
  ])("%s", (_what, ring, fault) => expect(ringFault(ring)).toBe(fault));

  test("that goes once around a middle has no fault, whichever way it runs", () => {
    fc.assert(
      fc.property(star, (ring) => {
        expect(ringFault(ring)).toBeNull();
        expect(ringFault(ring.toReversed())).toBeNull();
      }),
    );
  });

  test("in which two neighbouring corners change places crosses itself", () => {
    fc.assert(
      fc.property(convex, fc.nat(), (ring, where) => {
        const corners = ring.slice(0, -1);
        const one = where % corners.length;
        const other = (one + 1) % corners.length;
        [corners[one], corners[other]] = [corners[other] as Position, corners[one] as Position];
        expect(ringFault([...corners, corners[0] as Position])).toBe("crosses-itself");
      }),
    );
  });
});

describe("the area inside", () => {
  test("of a thousandth of a degree squared is 1.2 ha at Tocache, counterclockwise positive", () => {
    expect(signedSquareMetres(square)).toBeCloseTo(12_238, -2);
    expect(signedSquareMetres(square.toReversed())).toBeCloseTo(-12_238, -2);
  });

  test("turns its sign with the ring and does not care where it begins", () => {
    fc.assert(
      fc.property(star, fc.nat(), (ring, where) => {
        const area = signedSquareMetres(ring);
        expect(area).toBeGreaterThan(0);
        expect(signedSquareMetres(ring.toReversed()) / area).toBeCloseTo(-1, 3);
        const corners = ring.slice(0, -1);
        const start = where % corners.length;
        const turned = [...corners.slice(start), ...corners.slice(0, start)];
        expect(signedSquareMetres([...turned, turned[0] as Position]) / area).toBeCloseTo(1, 3);
      }),
    );
  });
});
