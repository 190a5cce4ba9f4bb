import { findDistrict, type District } from "./districts.ts";
import { distanceKm } from "./distance.ts";
import { meantBy, type PlaceName } from "./place-names.ts";

/** What a text says about a place: one district without doubt, several that it may mean (the likeliest first), or none. */
export type PlaceResolution =
  | { readonly kind: "one"; readonly district: District }
  | { readonly kind: "several"; readonly districts: District[] }
  | { readonly kind: "none" };

/** What one part of a text may name; `level` when the writer said which ("provincia de …"). */
export type NamedPart = { readonly names: readonly PlaceName[]; readonly level?: "province" | "region" };

/**
 * The districts that parts said together mean, such as "santa rosa" and "el dorado": those of one part that lie in
 * the areas which all the others name. Undefined when no reading puts them together.
 */
export function districtsOf(parts: readonly NamedPart[]): District[] | undefined {
  const [only, ...more] = parts;
  if (only && more.length === 0) {
    // "provincia de Lamas" is all of the province; "Lamas" alone is taken for the town that leads it.
    const alone = only.names.flatMap((name) => (only.level ? areaOf(name, only) : meantBy(name)));
    return alone.length > 0 ? [...new Set(alone)] : undefined;
  }
  let best: District[] | undefined;
  for (const part of parts) {
    if (part.level) continue;
    const others = parts.filter((other) => other !== part);
    const bearers = new Set(part.names.flatMap((name) => name.districts));
    const inside = [...bearers].filter((district) =>
      others.every((other) => qualifies(other, part, district)),
    );
    if (inside.length > 0 && (!best || inside.length < best.length)) best = inside;
  }
  if (best) return best;
  // "provincia de Mariscal Cáceres, San Martín": areas only, each narrowing the other.
  const [first, ...others] = parts.map((part) => new Set(part.names.flatMap((name) => areaOf(name, part))));
  const common = [...(first ?? [])].filter((district) => others.every((area) => area.has(district)));
  return common.length > 0 ? common : undefined;
}

function areaOf(name: PlaceName, part: NamedPart): readonly District[] {
  return part.level === "province" ? name.province : name.area;
}

/** Whether another part of what was said names an area around the district, or only says its name again. */
function qualifies(other: NamedPart, part: NamedPart, district: District): boolean {
  return other.names.some(
    (name) =>
      areaOf(name, other).includes(district) || (other.level === undefined && part.names.includes(name)),
  );
}

/**
 * Puts the sender's own place to use: it decides when exactly one of the districts lies in the sender's province,
 * and orders the rest by nearness. An area's name ("San Martín") is not decided so: the sender may mean all of it.
 */
export function settle(
  districts: readonly District[],
  options: { nearCode?: string | undefined; isArea?: boolean },
): PlaceResolution {
  const [first, ...rest] = districts;
  if (!first) return { kind: "none" };
  if (rest.length === 0) return { kind: "one", district: first };
  const near = options.nearCode === undefined ? undefined : findDistrict(options.nearCode);
  if (!near) return { kind: "several", districts: [...districts] };
  const inProvince = districts.filter((district) => district.code.startsWith(near.code.slice(0, 4)));
  const [only, ...others] = inProvince;
  if (only && others.length === 0 && options.isArea !== true) return { kind: "one", district: only };
  const away = (district: District) =>
    distanceKm(district.point, near.point) -
    (district.code.startsWith(near.code.slice(0, 4)) ? 20_000 : 0) -
    (district.code.startsWith(near.code.slice(0, 2)) ? 10_000 : 0);
  return { kind: "several", districts: [...districts].sort((a, b) => away(a) - away(b)) };
}

/** Whether a part may mean a whole province or region beside, or instead of, a district. */
export function meansArea(parts: readonly NamedPart[]): boolean {
  return parts.every((part) =>
    part.names.some((name) => name.area.length > 0 && meantBy(name).length > name.districts.length),
  );
}
