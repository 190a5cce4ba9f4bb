import type { Database } from "@minka/database/connect";
import { and, eq, sql } from "@minka/database/query";
import { engagements, requests } from "../tables.ts";

/** How many visits and services that somebody asked for took place, as it stands. */
export async function countVisitsDone({ read }: Database, personId: string): Promise<{ visits: number }> {
  const [counted] = await read
    .select({ visits: sql<number>`count(*)::int` })
    .from(engagements)
    .innerJoin(requests, eq(requests.id, engagements.requestId))
    .where(and(eq(requests.personId, personId), eq(engagements.state, "done")));
  return { visits: counted?.visits ?? 0 };
}
