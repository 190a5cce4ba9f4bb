import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import { fewestTold, type readReputations as contract } from "@minka/contracts/standings";
import type { Database } from "@minka/database/connect";
import { inArray } from "@minka/database/query";
import { agentCalendars } from "../caseloads/caseloads-tables.ts";
import { standings } from "../tables.ts";
import { toldHours, toldMean, toldShare } from "./as-told.ts";

/** How providers stand, as anybody may know: counts and means of three and more, and published ratings alone. */
export async function readReputations(
  { read }: Pick<Database, "read">,
  { query }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  const providerIds = query.providerIds.toLowerCase().split(",");
  const [rows, calendars] = await Promise.all([
    read.select().from(standings).where(inArray(standings.providerId, providerIds)),
    read
      .select({ providerId: agentCalendars.providerId, weekdays: agentCalendars.weekdays })
      .from(agentCalendars)
      .where(inArray(agentCalendars.providerId, providerIds)),
  ]);
  const weekdays = new Map(calendars.map((calendar) => [calendar.providerId, calendar.weekdays]));
  const known = new Set(rows.map(({ providerId }) => providerId));
  const told = <Value>(people: number, value: () => Value) => (people < fewestTold ? null : value());
  return {
    reputations: [
      ...rows.map((row) => ({
        providerId: row.providerId,
        rating: told(row.publishedRatings, () => ({
          mean: toldMean(row.publishedSum, row.publishedRatings),
          count: row.publishedRatings,
        })),
        answerShare: told(row.asks, () => toldShare(row.answers, row.asks)),
        answerHours: told(row.answers, () => toldHours(row.answerMinutesSum, row.answers)),
        completed: told(row.completed, () => row.completed),
        weekdays: weekdays.get(row.providerId) ?? null,
      })),
      ...calendars
        .filter(({ providerId }) => !known.has(providerId))
        .map((calendar) => ({
          ...calendar,
          rating: null,
          answerShare: null,
          answerHours: null,
          completed: null,
        })),
    ],
  };
}
