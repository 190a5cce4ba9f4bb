import type { Queries } from "@minka/database/connect";
import { addDays, type LimaDay } from "@minka/domain/lima-time";
import { and, eq, gte, inArray, isNull, or, sql } from "@minka/database/query";
import { closures, type ClosureRow } from "./closures-tables.ts";

/** A district, and the hamlet in it where one is named. */
export type Place = { readonly districtCode: string; readonly placeName: string | null };

/** What closes a place on a day or later, whoever said so. */
async function standingClosures(
  queries: Queries,
  { districtCode, placeName }: Place,
  from: LimaDay,
): Promise<ClosureRow[]> {
  const areas = [2, 4, 6].map((digits) => districtCode.slice(0, digits));
  return queries
    .select()
    .from(closures)
    .where(
      and(
        inArray(closures.area, areas),
        isNull(closures.openedAt),
        gte(closures.until, from),
        or(
          isNull(closures.placeName),
          placeName === null ? undefined : eq(sql`lower(${closures.placeName})`, placeName.toLowerCase()),
        ),
      ),
    );
}

/** The first day from `from` on on which one can get there. */
export async function firstOpenDay(queries: Queries, place: Place, from: LimaDay): Promise<LimaDay> {
  const closed = await standingClosures(queries, place, from);
  return closed.reduce((day, { until }) => (until >= day ? addDays(until, 1) : day), from);
}
