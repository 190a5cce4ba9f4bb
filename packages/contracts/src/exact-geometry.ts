import { signedSquareMetres, type Position } from "@minka/domain/plot-geometry";
import type { PlotGeometry } from "./plots.ts";

// TypeScript does not know it yet (ECMAScript proposal "JSON.parse source text access").
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** GeoJSON with degrees as they were given, zeros at the end too: a JavaScript number would lose them. */
export function exactGeometry(geometry: PlotGeometry) {
  const exact = ([longitude, latitude]: readonly [string, string]) => [
    rawJSON(jsonNumber(longitude)),
    rawJSON(jsonNumber(latitude)),
  ];
  if (geometry.type === "Point") return { type: "Point", coordinates: exact(geometry.coordinates) };
  return {
    type: "Polygon",
    coordinates: geometry.coordinates.map((ring) => counterclockwise(ring).map(exact)),
  };
}

/** JSON has no zeros before a number: "-076.5" is -76.5. */
function jsonNumber(degrees: string): string {
  return degrees.replace(/^(-?)0+(?=\d)/, "$1");
}

/** RFC 7946 asks outer rings to run so; people walk around a plot as they like. */
function counterclockwise(ring: readonly [string, string][]) {
  const area = signedSquareMetres(ring.map(([lon, lat]): Position => [Number(lon), Number(lat)]));
  return area < 0 ? ring.toReversed() : ring;
}
