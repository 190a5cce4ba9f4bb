import type { Outcomes } from "@minka/contracts/outcome-reports";
import type { Database } from "@minka/database/connect";
import type { LimaDay } from "@minka/domain/lima-time";

/** What became of the visits of the plans that were approved for the months of a period. */
export async function countPlans(
  { sql }: Pick<Database, "sql">,
  { from, until }: { from: LimaDay; until: LimaDay },
): Promise<Outcomes["plans"]> {
  const [plans] = await sql<Outcomes["plans"][]>`
    with its as (
      select id from matching.plans
       where state in ('approved', 'closed') and month between ${from.slice(0, 7)} and ${until.slice(0, 7)}),
    visits as (
      select v.id, v.session_id, v.state, v.proposals, v.why ->> 'code' as why, s.kind
        from its join matching.plan_visits v on v.plan_id = its.id
        left join matching.plan_sessions s on s.id = v.session_id)
    select (select count(*) from its)::int as plans, count(*)::int as visits,
           count(*) filter (where proposals > 0)::int as asked,
           count(*) filter (where state = 'accepted')::int as accepted,
           count(*) filter (where state = 'refused' or why in ('producer-refused', 'producer-cannot-then'))::int
             as refused,
           count(*) filter (where state = 'proposed' or why = 'no-answer')::int as unanswered,
           count(*) filter (where state = 'unassigned')::int as "withNobody",
           count(distinct session_id)::int as sessions,
           count(distinct session_id) filter (where kind = 'group')::int as "groupSessions",
           count(*) filter (where kind = 'group')::int as "inGroups"
      from visits`;
  if (!plans) throw new Error("a count has a row");
  return plans;
}
