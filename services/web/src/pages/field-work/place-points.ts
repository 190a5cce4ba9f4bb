import { findPlaces } from "@minka/contracts/places";
import type { Visit } from "../../visits/visit.ts";
import { districtPoint } from "./visit-map.ts";

type Place = { readonly districtCode: string; readonly placeName: string | null };
type Degrees = readonly [longitude: number, latitude: number];

/** A map has no room for more; what is left is drawn at its district. */
const mostHamlets = 24;

const keyOf = ({ districtCode, placeName }: Place) => `${districtCode} ${placeName ?? ""}`;

/** Where places are on a map: the hamlet as the list of populated places has it, else the middle of its district. */
export async function pointsOf(
  visit: Visit,
  places: readonly Place[],
): Promise<(place: Place) => Degrees | null> {
  const named = [
    ...new Map(
      places.filter(({ placeName }) => placeName !== null).map((each) => [keyOf(each), each]),
    ).values(),
  ];
  const found = await Promise.all(
    named.slice(0, mostHamlets).map(async (place) => {
      const q = place.placeName ?? "";
      const query = { q, districtCode: place.districtCode, limit: 1 };
      const [hamlet] = (q.length < 2 ? null : await visit.callIfAny(findPlaces, { query }))?.places ?? [];
      if (!hamlet || hamlet.districtCode !== place.districtCode) return [];
      return [[keyOf(place), [hamlet.point.longitude, hamlet.point.latitude]] as const];
    }),
  );
  const points = new Map<string, Degrees>(found.flat());
  return (place) => points.get(keyOf(place)) ?? districtPoint(place.districtCode);
}
