import type { Plot, PlotGeometry } from "@minka/contracts/plots";
import { largestSquareMetres, squareMetres, type Area } from "@minka/domain/area-units";
import { DomainError } from "@minka/domain/errors";
import { polygonNeededAboveSquareMetres, ringFault, type Position } from "@minka/domain/plot-geometry";
import type { plots } from "./plots-tables.ts";

/** Columns of an area as it was said. Throws `area-out-of-range` under a square metre or over 100,000 ha. */
export function areaColumns(area: Area) {
  const metres = squareMetres(area);
  if (metres < 1 || metres > largestSquareMetres) {
    throw new DomainError("invalid", "area-out-of-range", "No plot is as small or as large as this.", {
      errors: [{ path: "body.area.amount", message: "is less than 1 m² or more than 100,000 ha" }],
    });
  }
  return { areaAmount: area.amount, areaUnit: area.unit, squareMetres: metres };
}

/**
 * Refuses a border that is none, and a mere point where due diligence asks for a border
 * (`polygon-needed`). A plot without any geometry is welcome: it may be measured later.
 */
export function refuseUnfitGeometry(geometry: PlotGeometry | null, metres: number): void {
  if (!geometry) return;
  if (geometry.type === "Point") {
    if (metres <= polygonNeededAboveSquareMetres) return;
    throw new DomainError("invalid", "polygon-needed", "A plot above 4 hectares needs its border.", {
      errors: [{ path: "body.geometry.type", message: "must be Polygon above 4 hectares" }],
    });
  }
  const [ring = []] = geometry.coordinates;
  const fault = ringFault(
    ring.map(([longitude, latitude]): Position => [Number(longitude), Number(latitude)]),
  );
  if (!fault) return;
  throw new DomainError("invalid", "border-wrong", "This is not the border of a plot.", {
    errors: [{ path: "body.geometry.coordinates.0", message: faults[fault] }],
  });
}

const faults = {
  "too-short": "needs four positions or more",
  open: "must end where it begins",
  "repeats-a-point": "names a position twice",
  "crosses-itself": "crosses or touches itself",
};

/** A plot as one of its holders sees it. */
export function plotView(
  row: typeof plots.$inferSelect,
  holderIds: readonly string[],
  personId: string,
): Plot {
  const {
    id,
    name,
    districtCode,
    areaAmount,
    areaUnit,
    squareMetres: metres,
    tenure,
    document,
    geometry,
  } = row;
  return {
    id,
    name,
    districtCode,
    area: { amount: areaAmount, unit: areaUnit, squareMetres: metres },
    tenure,
    document,
    neverCollateral: neverCollateral(tenure),
    coHolderIds: holderIds.filter((holder) => holder !== personId),
    geometry,
  };
}

/** Communal land belongs to its community, whoever works it. */
export function neverCollateral(tenure: Plot["tenure"]): boolean {
  return tenure === "communal";
}
