import { DomainError } from "@minka/domain/errors";
import { allDistricts, findDistrict } from "@minka/geography/districts";

/** Throws `district-unknown` for six digits that are no district's INEI code. */
export function refuseUnknownDistrict(districtCode: string, path = "body.districtCode"): void {
  if (findDistrict(districtCode)) return;
  throw new DomainError("invalid", "district-unknown", "No district has this INEI code.", {
    errors: [{ path, message: "is not the INEI code of a district" }],
  });
}

const areas = new Set(allDistricts().flatMap(({ code }) => [code.slice(0, 2), code.slice(0, 4), code, "PE"]));

/** Throws `area-unknown` for a coverage with a prefix under which no district lies. */
export function refuseUnknownAreas(coverage: readonly string[]): void {
  const unknown = coverage.flatMap((area, index) => (areas.has(area) ? [] : [index]));
  if (unknown.length === 0) return;
  throw new DomainError("invalid", "area-unknown", "Some areas of the coverage do not exist.", {
    errors: unknown.map((index) => ({ path: `body.coverage.${index}`, message: "is no area's INEI prefix" })),
  });
}
