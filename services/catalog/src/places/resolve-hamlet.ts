import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { resolveHamlet as contract } from "@minka/contracts/places";
import type { Database } from "@minka/database/connect";
import { hamletKeys, resolveHamlet as resolve } from "@minka/geography/resolve-hamlet";
import { and, gte, lt, sql } from "@minka/database/query";
import { refuseUnknownDistrict } from "../providers/district.ts";
import { shown } from "./find-places.ts";
import { places } from "./places-tables.ts";

const mostShown = 10;

/** The hamlet that a text names, in the sender's province. Throws `district-unknown` (422). */
export async function resolveHamlet(
  { read }: Database,
  { body: { text, districtCode, exactly } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  refuseUnknownDistrict(districtCode);
  const keys = hamletKeys(text);
  if (keys.length === 0) return { kind: "none", places: [] };
  const province = districtCode.slice(0, 4);
  const [around, known] = await Promise.all([
    read
      .select()
      .from(places)
      .where(and(gte(places.districtCode, `${province}00`), lt(places.districtCode, `${province}99`))),
    read
      .selectDistinct({ plain: places.plain })
      .from(places)
      .where(sql`${places.plain} = any (${sql.param(keys)}::text[])`),
  ]);
  const knownNames = new Set(known.map(({ plain }) => plain));
  const found = resolve(text, around, { districtCode, knownNames, exactly });
  if (found.kind === "none") return { kind: "none", places: [] };
  const meant = found.kind === "one" ? [found.hamlet] : found.hamlets;
  return { kind: found.kind, places: meant.slice(0, mostShown).map(shown) };
}
