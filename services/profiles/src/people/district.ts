import { DomainError } from "@minka/domain/errors";
import { findDistrict } from "@minka/geography/districts";

/** Throws `district-unknown` for six digits that are no district's INEI code. */
export function refuseUnknownDistrict(districtCode: string | undefined): void {
  if (districtCode === undefined || findDistrict(districtCode)) return;
  throw new DomainError("invalid", "district-unknown", "No district has this INEI code.", {
    errors: [{ path: "body.districtCode", message: "is not the INEI code of a district" }],
  });
}
