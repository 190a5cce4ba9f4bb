import type { Outcomes, Served } from "@minka/contracts/outcome-reports";
import type { Database } from "@minka/database/connect";
import type { Period } from "../fairness/count-exposure.ts";
import { requestsOfPeriod, servedSums } from "./requests-of-period.ts";

type Counted = Pick<
  Outcomes,
  | "requests"
  | "hoursToMatch"
  | "hoursToAgreement"
  | "unmatchedBecause"
  | "unservedBecause"
  | "byKind"
  | "byDistrict"
>;
type All = Outcomes["requests"] & {
  matchMedian: number | null;
  matchP90: number | null;
  agreementMedian: number | null;
  agreementP90: number | null;
};

/** How many of what people asked for was matched, agreed and done, how long it took, and why it was not. */
export async function countRequests(db: Pick<Database, "sql">, period: Period): Promise<Counted> {
  const { sql } = db;
  const asked = requestsOfPeriod(db, period);
  const sums = servedSums(db);
  const [[all], byKind, byDistrict, why] = await Promise.all([
    sql<All[]>`
      with ${asked},
      timed as (
        select asked.*, extract(epoch from agreed_at - opened_at) / 3600 as to_agreement,
               extract(epoch from listed.at - opened_at) / 3600 as to_match
          from asked
          left join (
            select request_id, min(at) as at from matching.searches where listed > 0 group by request_id) listed
            on listed.request_id = asked.id)
      select ${sums}, count(*) filter (where state = 'cancelled')::int as cancelled,
             count(*) filter (where state in ('searching', 'listed', 'asking', 'agreed', 'with_operator'))::int as open,
             percentile_cont(0.5) within group (order by to_match)::float8 as "matchMedian",
             percentile_cont(0.9) within group (order by to_match)::float8 as "matchP90",
             percentile_cont(0.5) within group (order by to_agreement)::float8 as "agreementMedian",
             percentile_cont(0.9) within group (order by to_agreement)::float8 as "agreementP90"
        from timed`,
    sql<(Served & { kind: Outcomes["byKind"][number]["kind"] })[]>`
      with ${asked} select kind, ${sums} from asked group by kind order by kind`,
    sql<(Served & { districtCode: string })[]>`
      with ${asked}
      select district_code as "districtCode", ${sums} from asked group by district_code order by district_code`,
    sql<{ matched: boolean; code: string; requests: number }[]>`
      with ${asked}
      select matched, coalesce(case when state = 'lapsed' then 'nobody-chosen' else asked.reason end,
               found.empty_because, state) as code, count(*)::int as requests
        from asked
        left join lateral (
          select s.empty_because from matching.searches s
           where s.request_id = asked.id and s.empty_because is not null order by s.id desc limit 1) found on true
       where (not matched and state not in ('searching', 'cancelled') and agreed_at is null) or unserved
       group by 1, 2 order by 3 desc, 2`,
  ]);
  if (!all) throw new Error("a count has a row");
  const { matchMedian, matchP90, agreementMedian, agreementP90, ...requests } = all;
  const because = (matched: boolean) =>
    why.flatMap((row) => (row.matched === matched ? [{ code: row.code, requests: row.requests }] : []));
  return {
    requests,
    hoursToMatch: { median: matchMedian, p90: matchP90 },
    hoursToAgreement: { median: agreementMedian, p90: agreementP90 },
    unmatchedBecause: because(false),
    unservedBecause: because(true),
    byKind: [...byKind],
    byDistrict: [...byDistrict],
  };
}
