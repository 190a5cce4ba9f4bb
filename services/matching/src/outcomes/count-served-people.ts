import type { readServedPeople as contract } from "@minka/contracts/coverage";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { Database } from "@minka/database/connect";
import { periodOf } from "../fairness/read-fairness.ts";

type Answer = HandlerAnswer<typeof contract>;

/** Services that took place in a period, and what sponsors paid of those. `period-wrong` (422). */
export async function countServedPeople(
  { sql }: Pick<Database, "sql">,
  { from, until, area, kind }: HandlerInput<typeof contract>["query"],
): Promise<Answer> {
  periodOf({ from, until });
  const [counted] = await sql<(Omit<Answer, "sponsorCentimos"> & { sponsorCentimos: string })[]>`
    select count(distinct r.person_id)::int as people, count(*)::int as services,
           count(s.id)::int as "sponsoredServices", coalesce(sum(s.spent_centimos), 0) as "sponsorCentimos"
      from matching.engagements e
      join matching.requests r on r.id = e.request_id
      left join matching.sponsored_services s on s.match_id = e.match_id and s.state = 'spent'
     where e.state = 'done' and e.visit_on between ${from} and ${until}
       and starts_with(r.district_code, ${area ?? ""})
       and ${kind === undefined ? sql`true` : sql`r.kind = ${kind}`}`;
  if (!counted) throw new Error("a count has a row");
  return { ...counted, sponsorCentimos: Number(counted.sponsorCentimos) };
}
