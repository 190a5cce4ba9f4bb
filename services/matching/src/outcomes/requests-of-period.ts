import type { Database } from "@minka/database/connect";
import type { Period } from "../fairness/count-exposure.ts";

/**
 * The requests of a period that people made, one row each with how far it came. What an agent's plan opened by the
 * producer's yes was never searched for, so it is left out: it was opened in the moment of that yes.
 */
export const requestsOfPeriod = ({ sql }: Pick<Database, "sql">, { begins, ends }: Period) => sql`
  asked as (
    select r.id, r.person_id, r.district_code, r.kind, r.state, r.opened_at, r.reason ->> 'code' as reason,
           exists (select 1 from matching.matches m where m.request_id = r.id and m.weights_version > 0) as matched,
           f.agreed_at, coalesce(f.done, false) as done,
           r.state in ('with_operator', 'lapsed') and f.agreed_at is null as unserved
      from matching.requests r
      left join (
        select e.request_id, min(e.agreed_at) as agreed_at, bool_or(e.state = 'done') as done
          from matching.engagements e group by e.request_id) f on f.request_id = r.id
     where r.opened_at >= ${begins.toISOString()} and r.opened_at < ${ends.toISOString()}
       and not exists (
         select 1 from matching.plan_visits v where v.request_id = r.id and v.answered_at = r.opened_at))`;

export const servedSums = ({ sql }: Pick<Database, "sql">) => sql`
  count(*)::int as requests, count(*) filter (where matched)::int as matched,
  count(agreed_at)::int as agreed, count(*) filter (where done)::int as done,
  count(*) filter (where unserved)::int as unserved`;
