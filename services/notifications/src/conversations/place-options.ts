import { findDistrict } from "@minka/geography/districts";

/** The programme's regions, where most senders live: San Martín, Huánuco, Ucayali, Pasco, Amazonas. */
const programmeRegions: readonly string[] = ["22", "10", "25", "19", "01"];

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
