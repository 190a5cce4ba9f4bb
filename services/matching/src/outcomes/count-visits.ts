import type { Outcomes } from "@minka/contracts/outcome-reports";
import type { Database } from "@minka/database/connect";
import type { LimaDay } from "@minka/domain/lima-time";

/** What came of the agreements whose day was in a period, those of plans included. */
export async function countVisits(
  { sql }: Pick<Database, "sql">,
  { from, until }: { from: LimaDay; until: LimaDay },
): Promise<Outcomes["visits"]> {
  const [visits] = await sql<Outcomes["visits"][]>`
    with agreed as (
      select e.id, e.state, e.helped, m.weights_version = 0 as by_plan
        from matching.engagements e join matching.matches m on m.id = e.match_id
       where e.visit_on between ${from} and ${until})
    select count(*)::int as agreed, count(*) filter (where state = 'done')::int as done,
           count(*) filter (where state = 'no_show')::int as "noShows",
           count(*) filter (where state = 'cancelled')::int as cancelled,
           count(*) filter (where state = 'disputed')::int as disputed,
           count(*) filter (where state in ('agreed', 'rework'))::int as "underWay",
           count(*) filter (where by_plan)::int as "byPlan",
           count(*) filter (where helped is not null)::int as "helpAnswers",
           count(*) filter (where helped = 'yes')::int as "helpedMuch",
           count(*) filter (where helped = 'some')::int as "helpedSome",
           count(*) filter (where helped = 'no')::int as "notHelped",
           coalesce(max(rated.by_requester), 0)::int as ratings, max(rated.mean_requester)::float8 as "meanRating",
           coalesce(max(rated.by_provider), 0)::int as "ratingsByProviders",
           max(rated.mean_provider)::float8 as "meanRatingByProviders"
      from agreed cross join (
        select count(*) filter (where g.by = 'requester') as by_requester,
               avg(g.score) filter (where g.by = 'requester') as mean_requester,
               count(*) filter (where g.by = 'provider') as by_provider,
               avg(g.score) filter (where g.by = 'provider') as mean_provider
          from agreed a join matching.ratings g on g.engagement_id = a.id) rated`;
  if (!visits) throw new Error("a count has a row");
  return visits;
}
