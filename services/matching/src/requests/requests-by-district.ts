import type { Answer } from "@minka/contracts/endpoint";
import type { requestsByDistrict as contract } from "@minka/contracts/matching";
import type { Clock } from "@minka/domain/clock";
import type { Database } from "@minka/database/connect";
import { asc, count, inArray } from "@minka/database/query";
import { requests } from "../tables.ts";
import { openStates } from "./request-lifecycle.ts";

/** Fewer than this in a district could point at a household. */
const fewestShown = 5;

/** Open requests by district and kind, for the public map; small counts are withheld as null. */
export async function requestsByDistrict({ read }: Database, clock: Clock): Promise<Answer<typeof contract>> {
  const rows = await read
    .select({ districtCode: requests.districtCode, kind: requests.kind, open: count() })
    .from(requests)
    .where(inArray(requests.state, [...openStates]))
    .groupBy(requests.districtCode, requests.kind)
    .orderBy(asc(requests.districtCode), asc(requests.kind));
  return {
    districts: rows.map((row) => ({ ...row, open: row.open < fewestShown ? null : row.open })),
    asOf: clock().toISOString(),
  };
}
