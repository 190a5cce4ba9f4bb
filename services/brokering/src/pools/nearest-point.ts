import { DomainError } from "@minka/domain/errors";
import { distanceKm } from "@minka/geography/distance";
import { findDistrict } from "@minka/geography/districts";
import type { PoolPointRow } from "./pools-tables.ts";

/** The point that somebody chose, or the nearest to their district. `no-such-point` (422). */
export function pointFor(
  points: readonly PoolPointRow[],
  { pointId, districtCode }: { pointId: string | undefined; districtCode: string | null },
): string {
  if (pointId !== undefined) {
    if (points.some(({ id }) => id === pointId)) return pointId;
    throw new DomainError("invalid", "no-such-point", "The pool is not delivered there.", {
      errors: [{ path: "body.pointId", message: "is none of the pool's points" }],
    });
  }
  const home = districtCode === null ? undefined : findDistrict(districtCode);
  const far = (point: PoolPointRow) => {
    const place = findDistrict(point.districtCode);
    return home && place ? distanceKm(home.point, place.point) : Number.POSITIVE_INFINITY;
  };
  const [nearest] = points.toSorted((a, b) => far(a) - far(b) || (a.id < b.id ? -1 : 1));
  if (!nearest) throw new Error("a pool without a point");
  return nearest.id;
}
