import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { findOrganizations as contract } from "@minka/contracts/organizations";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { distanceKm } from "@minka/geography/distance";
import { findDistrict } from "@minka/geography/districts";
import { and, eq, sql } from "@minka/database/query";
import { organizations } from "../tables.ts";
import { summaryColumns } from "./organization-view.ts";

/**
 * Organizations of the district first, then of its province, then of its region; the nearest district
 * first within each, and what an operator has verified before what nobody has. A region has tens of them, so
 * they are put in order here.
 */
export async function findOrganizations(
  queries: Queries,
  { districtCode, crop, kind, limit }: HandlerInput<typeof contract>["query"],
): Promise<HandlerAnswer<typeof contract>> {
  const here = findDistrict(districtCode);
  if (!here) {
    throw new DomainError("invalid", "district-unknown", "No district has this INEI code.", {
      errors: [{ path: "query.districtCode", message: "is not the INEI code of a district" }],
    });
  }
  const found = await queries
    .select(summaryColumns)
    .from(organizations)
    .where(
      and(
        eq(sql`left(${organizations.districtCode}, 2)`, districtCode.slice(0, 2)),
        eq(organizations.state, "active"),
        crop === undefined ? undefined : sql`${crop} = any(${organizations.crops})`,
        kind === undefined ? undefined : eq(organizations.kind, kind),
      ),
    );
  const ranked = found.map((organization) => {
    const point = findDistrict(organization.districtCode)?.point;
    return {
      organization,
      area: sharedDigits(organization.districtCode, districtCode),
      km: point ? distanceKm(point, here.point) : Infinity,
    };
  });
  ranked.sort(
    (a, b) =>
      b.area - a.area ||
      a.km - b.km ||
      Number(b.organization.verified) - Number(a.organization.verified) ||
      a.organization.name.localeCompare(b.organization.name, "es"),
  );
  return { organizations: ranked.slice(0, limit).map(({ organization }) => organization) };
}

/** 6 same district, 4 same province, 2 same region. */
function sharedDigits(a: string, b: string): number {
  return [6, 4, 2].find((digits) => a.slice(0, digits) === b.slice(0, digits)) ?? 0;
}
