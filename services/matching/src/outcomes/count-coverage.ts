import type { readRequestCoverage as contract } from "@minka/contracts/coverage";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { Database } from "@minka/database/connect";
import { periodOf } from "../fairness/read-fairness.ts";
import { requestsOfPeriod, servedSums } from "./requests-of-period.ts";

type Answer = HandlerAnswer<typeof contract>;

/** What became of what was asked for, by district and kind. `period-wrong` (422). */
export async function countCoverage(
  db: Pick<Database, "sql">,
  { from, until, area, kind }: HandlerInput<typeof contract>["query"],
): Promise<Answer> {
  const { sql } = db;
  const rows = await sql<Answer["rows"]>`
    with ${requestsOfPeriod(db, periodOf({ from, until }))}
    select district_code as "districtCode", kind, ${servedSums(db)},
           count(*) filter (where state = 'cancelled')::int as cancelled,
           count(*) filter (where state in ('searching', 'listed', 'asking', 'agreed', 'with_operator'))::int as open,
           count(distinct person_id)::int as people
      from asked
     where starts_with(district_code, ${area ?? ""}) and ${kind === undefined ? sql`true` : sql`kind = ${kind}`}
     group by district_code, kind order by district_code, kind`;
  return { rows: [...rows] };
}
