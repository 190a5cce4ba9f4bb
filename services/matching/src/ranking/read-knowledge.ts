import type { Candidate } from "@minka/contracts/catalog";
import type { Database } from "@minka/database/connect";
import { laterMonth } from "../capacity/later-month.ts";
import { capacityMonth } from "../capacity/places.ts";
import type { Knowledge } from "./provider-parts.ts";

type Row = Knowledge & { offerId: string };

/** What matching knows of candidates: one prepared statement, whatever their number. */
export async function addKnowledge(
  { sql }: Pick<Database, "sql">,
  candidates: readonly Candidate[],
  now: Date,
): Promise<{ candidate: Candidate; knowledge: Knowledge }[]> {
  if (candidates.length === 0) return [];
  const offerIds = candidates.map(({ offerId }) => offerId);
  const providerIds = candidates.map(({ providerId }) => providerId);
  const rows = await sql<Row[]>`
    select asked.offer_id as "offerId",
           coalesce(s.ratings, 0) as ratings, coalesce(s.rating_sum, 0) as "ratingSum",
           coalesce(s.published_ratings, 0) as "publishedRatings", coalesce(s.published_sum, 0) as "publishedSum",
           coalesce(s.asks, 0) as asks, coalesce(s.answers, 0) as answers,
           coalesce(s.answer_minutes_sum, 0) as "answerMinutesSum",
           coalesce(s.completed, 0) as completed, coalesce(s.no_shows, 0) as "noShows",
           coalesce(s.cancelled_late, 0) as "cancelledLate",
           coalesce(s.helped, 0) as helped, coalesce(s.help_asked, 0) as "helpAsked",
           coalesce(c.used, 0) as used, coalesce(n.used, 0) as "usedNext",
           (select count(*)::int from matching.matches m
             where m.provider_id = asked.provider_id and m.state = 'asked') as "openAsks"
    from unnest(${offerIds}::uuid[], ${providerIds}::uuid[]) as asked (offer_id, provider_id)
    left join matching.standings s on s.provider_id = asked.provider_id
    left join matching.capacity c on c.offer_id = asked.offer_id and c.month = ${capacityMonth(now)}
    left join matching.capacity n on n.offer_id = asked.offer_id and n.month = ${laterMonth(now)}`;
  const known = new Map(rows.map(({ offerId, ...knowledge }) => [offerId, knowledge]));
  return candidates.flatMap((candidate) => {
    const knowledge = known.get(candidate.offerId);
    return knowledge ? [{ candidate, knowledge }] : [];
  });
}
