/**
 * Where an offer reaches: INEI prefixes (region "22", province "2210", district "221001") or "PE".
 * Everything that covers a district is found by asking for its four prefixes.
 */
export type CoverageArea = string;

export function isCoverageArea(text: string): boolean {
  return text === "PE" || /^(\d{2}|\d{4}|\d{6})$/.test(text);
}

/** The areas that contain a district, from the nearest to the widest. */
export function areasContaining(
  districtCode: string,
): [district: string, province: string, region: string, country: "PE"] {
  return [districtCode, districtCode.slice(0, 4), districtCode.slice(0, 2), "PE"];
}
