import type { MatchingRun } from "./matching-run.ts";

/** Every request that is not over must be somebody's: a timer's, an asked person's or an operator's. */
export async function abandoned({ owner }: MatchingRun): Promise<readonly unknown[]> {
  return owner.sql`
    select r.id, r.state, e.state as engagement from matching.requests r
    left join matching.engagements e
      on e.request_id = r.id and e.state in ('agreed', 'done', 'rework', 'disputed')
    where case r.state
      when 'searching' then r.due_at is null or e.id is not null
      when 'listed' then r.list_expires_at is null or e.id is not null
        or not exists (select from matching.matches l where l.request_id = r.id and l.state = 'listed')
      when 'asking' then e.id is not null or not exists (
        select from matching.matches m
        left join matching.quotes q on q.match_id = m.id and q.state = 'open'
        where m.request_id = r.id and m.capacity_month is not null
          and (m.state = 'asked' and m.ask_expires_at is not null
            or m.state = 'quoted' and q.by = 'provider' and q.expires_at is not null))
      when 'agreed' then e.state is null or e.state not in ('agreed', 'rework') or e.next_at is null
      when 'with_operator' then r.reason is null or e.state <> 'disputed'
        or (e.id is not null and not exists (
          select from matching.disputes d where d.engagement_id = e.id and d.settled_at is null))
      when 'done' then e.state is null or e.state <> 'done'
      else e.id is not null
    end
    or (r.state <> 'asking' and exists (
      select from matching.matches m where m.request_id = r.id and m.state in ('asked', 'quoted')))`;
}

/** Places taken are exactly those that matches hold, and visits of plans until they are matches. */
export async function miscounted({ owner }: MatchingRun): Promise<readonly unknown[]> {
  return owner.sql`
    select c.offer_id, c.used, count(h.offer_id)::int as held from matching.capacity c
    left join (
      select offer_id, capacity_month from matching.matches where capacity_month is not null
      union all
      select offer_id, capacity_month from matching.plan_visits where capacity_month is not null
    ) h on h.offer_id = c.offer_id and h.capacity_month = c.month
    group by c.offer_id, c.month, c.used having c.used <> count(h.offer_id)`;
}

/** No month of an offer has more places taken than it has. */
export async function oversold({ owner }: MatchingRun): Promise<readonly unknown[]> {
  return owner.sql`
    select c.offer_id, c.used from matching.capacity c
    join matching.matches m on m.offer_id = c.offer_id
    where m.monthly_capacity is not null and c.used > m.monthly_capacity`;
}

/** Every visit of an approved month waits for somebody or for a time, holds a place or none, and is agreed on once. */
export async function strandedVisits({ owner }: MatchingRun): Promise<readonly unknown[]> {
  return owner.sql`
    select v.id, concat_ws(' ', v.state, v.agent_agrees, v.due_at, v.capacity_month, a.answer, a.due_at) as state, p.state as plan
    from matching.plan_visits v
    join matching.plans p on p.id = v.plan_id
    left join matching.plan_agents a on a.plan_id = v.plan_id and a.provider_id = v.provider_id
    where p.state = 'approved' and p.compute_at is null and case v.state
      when 'planned' then v.session_id is null or v.capacity_month is null
        or not (v.agent_agrees and v.due_at is not null or a.answer = 'waiting' and a.due_at is not null)
      when 'proposed' then v.due_at is null or v.capacity_month is null or not v.agent_agrees
      when 'accepted' then v.engagement_id is null or v.capacity_month is not null
      when 'refused' then true
      else v.session_id is not null or v.provider_id is not null or v.capacity_month is not null
    end
    or p.state = 'closed' and (v.state not in ('accepted', 'dropped') or v.capacity_month is not null)
    union all
    select e.id, e.state, 'of no visit' from matching.engagements e
    join matching.matches m on m.id = e.match_id and m.weights_version = 0
    where e.state = 'agreed'
      and not exists (select from matching.plan_visits v where v.engagement_id = e.id and v.state = 'accepted')`;
}
