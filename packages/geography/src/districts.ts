import aliasData from "./data/capital-aliases.json" with { type: "json" };
import data from "./data/districts.json" with { type: "json" };
import type { Point } from "./distance.ts";

export type { Point } from "./distance.ts";

/** A district of Peru under its six-digit INEI code (the RENIEC scheme numbers others). */
export type District = {
  readonly code: string;
  readonly name: string;
  readonly province: string;
  readonly region: string;
  readonly point: Point;
  /**
   * What the point is: its `town` (GeoNames), a hand-kept point of the `district` good to about a kilometre, or only
   * the middle of the `province`'s known towns, 20 km off at the median: too coarse to promise a distance.
   */
  readonly precision: "town" | "district" | "province";
};

const regions = new Map(Object.entries(data.regions));
const provinces = new Map(Object.entries(data.provinces));

const districts: readonly District[] = data.districts.map((row) => {
  const [code, name, latitude, longitude, precision] = row;
  const text = String(code);
  return {
    code: text,
    name: String(name),
    province: provinces.get(text.slice(0, 4)) ?? "",
    region: regions.get(text.slice(0, 2)) ?? "",
    point: { latitude: Number(latitude), longitude: Number(longitude) },
    precision: precision === "town" || precision === "district" ? precision : "province",
  };
});

const byCode = new Map(districts.map((district) => [district.code, district]));

const timesInRegion = new Map<string, number>();
for (const district of districts) {
  const key = `${district.region}/${district.name}`;
  timesInRegion.set(key, (timesInRegion.get(key) ?? 0) + 1);
}

/** The district of an INEI code; undefined when no district has it. */
export function findDistrict(code: string): District | undefined {
  return byCode.get(code);
}

/** Every district of Peru, by code. */
export function allDistricts(): readonly District[] {
  return districts;
}

/** "Tocache, San Martín"; with the province between where one region has the name twice. */
export function districtLabel(district: District): string {
  const shared = (timesInRegion.get(`${district.region}/${district.name}`) ?? 0) > 1;
  return shared
    ? `${district.name}, ${district.province}, ${district.region}`
    : `${district.name}, ${district.region}`;
}

const byLabel = new Map(districts.map((district) => [districtLabel(district), district]));

/** The district of a label that `districtLabel` made. */
export function districtOfLabel(label: string): District | undefined {
  return byLabel.get(label);
}

const aliases: Readonly<Record<string, { names?: string[]; knownAs?: string; pointFrom?: string }>> =
  aliasData;

/** What people call it: the town where the district's own name is only on paper ("Tingo María", not "Rupa-Rupa"). */
export function commonName(district: District): string {
  return aliases[district.code]?.knownAs ?? district.name;
}
