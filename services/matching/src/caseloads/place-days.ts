import type { listPlaceDays as listContract, putPlaceDays as putContract } from "@minka/contracts/caseloads";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { Database } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { findDistrict } from "@minka/geography/districts";
import { actOf, type Context, type Means } from "@minka/service/act";
import { and, asc, eq, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { placeDays } from "./caseloads-tables.ts";

/** An operator says when nobody is at home in a place. Throws `district-unknown` (422). */
export async function putPlaceDays(
  { db, clock }: Means,
  context: Context,
  { body }: HandlerInput<typeof putContract>,
): Promise<HandlerAnswer<typeof putContract>> {
  const { districtCode, placeName, market, school } = body;
  if (!findDistrict(districtCode))
    throw new DomainError("invalid", "district-unknown", "No district has this code.", {
      errors: [{ path: "body.districtCode", message: "is not the INEI code of a district" }],
    });
  const row = { districtCode, placeName: placeName ?? "", market, school };
  await db.transaction(async (tx) => {
    const here = and(
      eq(placeDays.districtCode, row.districtCode),
      sql`lower(${placeDays.placeName}) = lower(${row.placeName})`,
    );
    await tx.delete(placeDays).where(here);
    if (market.length + school.length > 0) await tx.insert(placeDays).values(row);
    const subject = `place:${districtCode} ${row.placeName}`.trim();
    await record(tx, actOf(context, clock()), "place-days.put", subject);
  });
  return { place: body };
}

/** The cursor is the place that was shown last. */
export async function listPlaceDays(
  { read }: Database,
  { query: { districtCode, cursor, limit } }: HandlerInput<typeof listContract>,
): Promise<HandlerAnswer<typeof listContract>> {
  const rows = await read
    .select()
    .from(placeDays)
    .where(
      and(
        districtCode === undefined ? undefined : eq(placeDays.districtCode, districtCode),
        cursor === undefined
          ? undefined
          : sql`(${placeDays.districtCode}, ${placeDays.placeName}) > (${cursor.slice(0, 6)}, ${cursor.slice(6)})`,
      ),
    )
    .orderBy(asc(placeDays.districtCode), asc(placeDays.placeName))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ placeName, ...place }) => ({ ...place, placeName: placeName || null })),
    next: rows.length > limit && last ? `${last.districtCode}${last.placeName}` : null,
  };
}
