import { districtLabel, findDistrict } from "@minka/geography/districts";

/** A district as its field reads it back: "Uchiza, provincia de Tocache". */
export function placeLabel(code: string | undefined): string | undefined {
  const district = code === undefined ? undefined : findDistrict(code);
  return district && districtLabel(district);
}
