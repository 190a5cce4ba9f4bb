import type { listClosures as contract } from "@minka/contracts/closures";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import { limaDay } from "@minka/domain/lima-time";
import type { Means } from "@minka/service/act";
import { and, asc, gte, inArray, isNull } from "@minka/database/query";
import { closureView } from "./close-place.ts";
import { closures } from "./closures-tables.ts";

/** More than rain closes at a time. */
const most = 500;

/** What stands today, the soonest open first: of one district with all that closes anything in it. */
export async function listClosures(
  { db, clock }: Means,
  { districtCode }: HandlerInput<typeof contract>["query"],
): Promise<HandlerAnswer<typeof contract>> {
  const areas = districtCode && [2, 4, 6].map((digits) => districtCode.slice(0, digits));
  const rows = await db.read
    .select()
    .from(closures)
    .where(
      and(
        isNull(closures.openedAt),
        gte(closures.until, limaDay(clock())),
        areas ? inArray(closures.area, areas) : undefined,
      ),
    )
    .orderBy(asc(closures.until), asc(closures.id))
    .limit(most);
  return { closures: rows.map(closureView) };
}
