import type { Request } from "@minka/contracts/matching";
import type { Database } from "@minka/database/connect";
import { asc, eq } from "@minka/database/query";
import { searches } from "./searches-tables.ts";

/** What was searched for a request, the first first. */
export async function readSearches({ read }: Database, requestId: string): Promise<Request["tried"]> {
  const rows = await read
    .select()
    .from(searches)
    .where(eq(searches.requestId, requestId))
    .orderBy(asc(searches.id));
  return rows.map(({ round, stage, at, candidates, listed, dropped, emptyBecause }) => ({
    round,
    stage,
    at: at.toISOString(),
    candidates,
    listed,
    dropped: { ...dropped },
    emptyBecause,
  }));
}
