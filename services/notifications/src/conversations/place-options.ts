import { findDistrict } from "@minka/geography/districts";
import { foldCase } from "@minka/language/fold";

/** The programme's regions, where most senders live: San Martín, Huánuco, Ucayali, Pasco, Amazonas. */
const programmeRegions: readonly string[] = ["22", "10", "25", "19", "01"];

/** Whether few who write live there: a village of that name is nearer to most senders than that district. */
export function isFarAway(code: string, near: string | null | undefined): boolean {
  const region = code.slice(0, 2);
  return !programmeRegions.includes(region) && near?.slice(0, 2) !== region;
}

/** Whether these are bearers of one name, as "Santa Rosa" and "Santa Rosa de Yavarí"; or parts of an area. */
export function bearOneName(codes: readonly string[]): boolean {
  const names = codes.map((code) => foldCase(findDistrict(code)?.name ?? ""));
  return names.some((name) => names.every((other) => other.includes(name)));
}

/** More districts than any shared name has; only a region's name, or a large province's, stands for so many. */
const mostOfOneName = 12;

/** The region that a name of so many districts stands for: to list three of its districts would help nobody. */
export function regionMeant(candidates: readonly string[]): string | null {
  if (candidates.length <= mostOfOneName) return null;
  const [code] = placeOptions(candidates, null);
  return (code && findDistrict(code)?.region) ?? null;
}

const mostOptions = 3;

/**
 * The districts to offer for a name that several bear: those of the sender's own province and region first
 * (`near` is their district), then the programme's regions, then the rest of Peru. One SMS holds three.
 */
export function placeOptions(candidates: readonly string[], near: string | null | undefined): string[] {
  const distance = (code: string): number => {
    if (near && code.slice(0, 4) === near.slice(0, 4)) return 0;
    if (near && code.slice(0, 2) === near.slice(0, 2)) return 1;
    const region = programmeRegions.indexOf(code.slice(0, 2));
    return 2 + (region < 0 ? programmeRegions.length : region);
  };
  return [...new Set(candidates)]
    .filter((code) => findDistrict(code))
    .toSorted((a, b) => distance(a) - distance(b) || a.localeCompare(b))
    .slice(0, mostOptions);
}
