/** Degrees, WGS 84. */
export type Point = { readonly latitude: number; readonly longitude: number };

/** Mean radius of the Earth (IUGG R1), so that distances agree with those of the visit plans. */
const EARTH_RADIUS_KM = 6371.0088;

/** Great-circle kilometres between two points, by the haversine formula: exact enough for short ways too. */
export function distanceKm(a: Point, b: Point): number {
  const latitudeA = radians(a.latitude);
  const latitudeB = radians(b.latitude);
  const halfLatitude = Math.sin((latitudeB - latitudeA) / 2);
  const halfLongitude = Math.sin(radians(b.longitude - a.longitude) / 2);
  const chord =
    halfLatitude * halfLatitude + Math.cos(latitudeA) * Math.cos(latitudeB) * halfLongitude * halfLongitude;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
