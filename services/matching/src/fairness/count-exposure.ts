import type { HandlerAnswer } from "@minka/contracts/endpoint";
import type { readFairness as contract } from "@minka/contracts/fairness";
import type { Database } from "@minka/database/connect";

export type Period = { readonly begins: Date; readonly ends: Date };
type Answer = HandlerAnswer<typeof contract>;

/**
 * How much each provider was seen, beside what it merits, among those of its kind. A place on a list is seen the less
 * the lower it is: 1 / log2(1 + rank), the discount of DCG (Järvelin, Kekäläinen 2002), as exposure after Singh and
 * Joachims (KDD 2018). What it merits is its share of all scores. Half the sum of the differences of both shares is 0
 * where attention follows merit over all lists together (after Biega, Gummadi and Weikum, SIGIR 2018). Who comes by an
 * agent's plan was ranked by nobody (version 0) and is left out.
 */
export async function countExposure(
  { sql }: Pick<Database, "sql">,
  { begins, ends }: Period,
  most: number,
): Promise<Pick<Answer, "kinds" | "providers">> {
  const shares = sql`
    listed as (
      select r.kind, m.provider_id, max(m.provider_name) as provider_name, count(*)::int as listed,
             sum(1 / (ln(1 + m.rank) / ln(2)))::float8 as exposure, sum(m.score)::float8 as merits,
             avg(m.score)::float8 as merit, count(*) filter (where m.asked_at is not null)::int as asked,
             count(*) filter (where exists (
               select 1 from matching.engagements e where e.match_id = m.id))::int as engaged
      from matching.requests r join matching.matches m on m.request_id = r.id and m.weights_version > 0
      where r.opened_at >= ${begins.toISOString()} and r.opened_at < ${ends.toISOString()}
      group by r.kind, m.provider_id),
    shares as (
      select *, coalesce(exposure / nullif(sum(exposure) over (partition by kind), 0), 0) as exposure_share,
             coalesce(merits / nullif(sum(merits) over (partition by kind), 0), 0) as merit_share
      from listed)`;
  const [kinds, providers] = await Promise.all([
    sql<Answer["kinds"]>`
      with ${shares},
      lists as (
        select r.kind, count(distinct (m.request_id, m.round))::int as lists
        from matching.requests r join matching.matches m on m.request_id = r.id and m.weights_version > 0
        where r.opened_at >= ${begins.toISOString()} and r.opened_at < ${ends.toISOString()}
        group by r.kind)
      select kind, lists, count(*)::int as providers,
             sum(abs(exposure_share - merit_share))::float8 / 2 as inequity
      from shares join lists using (kind) group by kind, lists order by kind`,
    sql<Answer["providers"]>`
      with ${shares},
      furthest as (
        select *, row_number() over (
          partition by kind order by abs(exposure_share - merit_share) desc, provider_id) as place
        from shares)
      select kind, provider_id as "providerId", provider_name as "providerName", listed, exposure, asked, engaged,
             merit, exposure_share as "exposureShare", merit_share as "meritShare",
             exposure_share / nullif(merit_share, 0) as ratio
      from furthest where place <= ${most} order by kind, place`,
  ]);
  return { kinds: [...kinds], providers: [...providers] };
}
