import type { Queries } from "@minka/database/connect";
import type { LimaDay } from "@minka/domain/lima-time";
import { plainKey } from "@minka/geography/fold";
import { and, gte, inArray, isNull } from "@minka/database/query";
import { placeDays } from "../caseloads/caseloads-tables.ts";
import { blocks } from "../blocks/blocks-tables.ts";
import { closures } from "../closures/closures-tables.ts";
import type { PlacingTask } from "./placing.ts";

/**
 * A district with the hamlet in it, so that what is said of the district or of a region holds there too: "221001/nuevo
 * progreso/".
 */
export function areaOf(districtCode: string, placeName: string | null): string {
  return placeName ? `${districtCode}/${plainKey(placeName)}/` : districtCode;
}

/** When nobody is at home, and where nobody gets to from a day on. */
export async function readRules(
  read: Queries,
  from: LimaDay,
): Promise<Pick<PlacingTask, "weekly" | "closures">> {
  const [days, closed] = await Promise.all([
    read.select().from(placeDays),
    read
      .select()
      .from(closures)
      .where(and(isNull(closures.openedAt), gte(closures.until, from))),
  ]);
  return {
    weekly: days.flatMap(({ districtCode, placeName, market, school }) => {
      const area = areaOf(districtCode, placeName);
      return [
        ...market.map((weekday) => ({ area, weekday, why: "market" })),
        ...school.map((weekday) => ({ area, weekday, why: "school" })),
      ];
    }),
    closures: closed.map(({ area, placeName, until, reason }) => ({
      area: areaOf(area, placeName),
      firstDay: null,
      lastDay: until,
      why: reason,
    })),
  };
}

/** Of people, the agents who are not to be brought together with them. */
export async function readBlocks(
  read: Queries,
  personIds: readonly string[],
): Promise<Map<string, string[]>> {
  const blocked = new Map<string, string[]>();
  for (let start = 0; start < personIds.length; start += 1_000) {
    const rows = await read
      .select({ personId: blocks.personId, providerId: blocks.providerId })
      .from(blocks)
      .where(inArray(blocks.personId, personIds.slice(start, start + 1_000)));
    for (const { personId, providerId } of rows)
      blocked.set(personId, [...(blocked.get(personId) ?? []), providerId]);
  }
  return blocked;
}
