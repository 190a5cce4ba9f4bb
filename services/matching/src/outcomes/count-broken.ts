import type { Outcomes } from "@minka/contracts/outcome-reports";
import type { Database } from "@minka/database/connect";

/**
 * What must never be, of all that matching holds: an open request that nobody and no timer goes on with, more places
 * given than an offer has in a month, an agreement without the yes of both sides. The yes of who asked is their
 * request, or their answer to a plan; the provider's to what they were asked, or to their month before.
 */
export async function countBroken({ sql }: Pick<Database, "sql">): Promise<Outcomes["broken"]> {
  const [[still], [oversold], [consents]] = await Promise.all([
    sql<{ withoutNextStep: number }[]>`
      select count(*)::int as "withoutNextStep" from matching.requests r
       where not case r.state
         when 'searching' then r.due_at is not null
         when 'listed' then r.list_expires_at is not null
         when 'asking' then exists (
           select 1 from matching.matches m where m.request_id = r.id and (
             (m.state = 'asked' and m.ask_expires_at is not null) or (m.state = 'quoted' and exists (
               select 1 from matching.quotes q
                where q.match_id = m.id and q.state = 'open' and q.expires_at is not null))))
         when 'agreed' then exists (
           select 1 from matching.engagements e
            where e.request_id = r.id and e.state in ('agreed', 'rework') and e.next_at is not null)
         else true end`,
    sql<{ oversoldPlaces: number }[]>`
      with held as (
        select offer_id, capacity_month as month, monthly_capacity from matching.matches
         where capacity_month is not null and monthly_capacity is not null
        union all
        select offer_id, capacity_month, monthly_capacity from matching.plan_visits
         where capacity_month is not null and monthly_capacity is not null)
      select coalesce(sum(greatest(0, places - most)), 0)::int as "oversoldPlaces" from (
        select count(*) as places, max(monthly_capacity) as most from held group by offer_id, month) each`,
    sql<{ withoutBothConsents: number }[]>`
      with acts as (
        select subject, bool_or(action in ('match.accept', 'match.accept-quote')) as accepted,
               bool_or(action = 'match.accept-plan') as planned, bool_or(action in ('request.open', 'request.open-by-plan')) as opened,
               min(at) filter (where action in ('plan-agent.accepted', 'plan-visit.agent-agrees')) as agent_agreed
          from matching.audit
         where action in ('match.accept', 'match.accept-quote', 'match.accept-plan', 'request.open', 'request.open-by-plan',
                          'plan-agent.accepted', 'plan-visit.agent-agrees')
         group by subject)
      select count(*)::int as "withoutBothConsents"
        from matching.engagements e
        join matching.requests r on r.id = e.request_id
        left join acts m on m.subject = 'match:' || e.match_id
        left join acts q on q.subject = 'request:' || e.request_id
        left join acts p on p.subject = 'provider:' || e.provider_id
       where not coalesce(m.accepted and q.opened, false)
         and not (coalesce(m.planned, false) and (coalesce(p.agent_agreed <= e.agreed_at, false) or exists (
           select 1 from matching.plan_visits v join acts s on s.subject = 'plan-visit:' || v.id
            where v.person_id = r.person_id and s.agent_agreed <= e.agreed_at)))`,
  ]);
  if (!still || !oversold || !consents) throw new Error("a count has a row");
  return { ...still, ...oversold, ...consents };
}
