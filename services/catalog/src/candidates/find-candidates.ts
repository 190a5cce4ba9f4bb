import type { Candidate, CandidateSearch, findCandidates as contract } from "@minka/contracts/catalog";
import type { HandlerInput } from "@minka/contracts/endpoint";
import type { Database } from "@minka/database/connect";
import { distanceKm } from "@minka/geography/distance";
import { refuseUnknownDistrict } from "../providers/district.ts";
import { subjectOf } from "./asked-keys.ts";
import { distanceOfPlace, isSunk } from "./posting-codes.ts";
import { mostRanges, planSearch, type SearchPlan } from "./search-plan.ts";
import { whyEmpty, type EmptyBecause } from "./why-empty.ts";

type Input = HandlerInput<typeof contract>["body"];

type Row = Omit<Candidate, "distanceKm" | "fits"> & {
  tier: number;
  place: number;
  crops: string[];
  subjects: string[];
  baseLatitude: number | null;
  baseLongitude: number | null;
};

/**
 * The nearest verified, published offers for a need at a district. Each range of the plan is one stretch of an
 * index that holds all that the search reads, in the order in which candidates are wanted: fresh before stale,
 * near before far, and the narrower area and the fresher confirmation first among those that serve an area. So
 * the time depends on `limit` and not on how many offers there are. A wider search still puts who serves the
 * subject before who does not.
 */
export async function findCandidates(
  db: Database,
  input: Input,
): Promise<{ candidates: Candidate[]; emptyBecause: EmptyBecause | null }> {
  refuseUnknownDistrict(input.districtCode);
  const plan = planSearch(input);
  const rows = await readCandidates(db, input, plan);
  if (rows.length === 0) return { candidates: [], emptyBecause: await whyEmpty(db, input, plan) };
  return { candidates: inOrder(rows, input), emptyBecause: null };
}

/**
 * One plan for every search: what varies is hidden from the planner in a row of its own, or it would plan each
 * search anew, which takes longer than the search. So there are always as many ranges, the missing ones null, and
 * a listing is looked up for its limits only where the need names an amount.
 */
function readCandidates(
  { sql }: Database,
  { requesterPersonId, excludeOfferIds, limit }: Input,
  plan: SearchPlan,
): Promise<Row[]> {
  return sql<Row[]>`
    with asked as materialized (
      select ${plan.ranges as number[]}::int[] as ranges, ${plan.tiers as number[]}::int[] as tiers,
        ${plan.crop}::int as crop, ${plan.subject}::int as subject, ${plan.forbidden}::int as forbidden,
        ${plan.required}::int as required, ${plan.amount}::float8 as amount, ${limit}::int as most,
        ${requesterPersonId}::uuid as requester, ${excludeOfferIds}::uuid[] as excluded
    )
    select l.offer_id as "offerId", l.offer_version as "offerVersion", l.provider_id as "providerId",
      providers.name as "providerName", l.person_id as "providerPersonId", best.tier, best.place, l.crops, l.subjects,
      l.price_centimos as "priceCentimos", l.price_unit as "priceUnit", l.monthly_capacity as "monthlyCapacity",
      l.confirmed_on::text as "confirmedOn", l.base_latitude as "baseLatitude", l.base_longitude as "baseLongitude"
    from (
      select distinct found.tier, found.place, found.number
      from asked
      cross join generate_series(1, ${sql.unsafe(String(mostRanges))}) as slot
      cross join lateral (
        select asked.tiers[slot] as tier, postings.place, postings.number
        from catalog.postings
        where postings.range = asked.ranges[slot]
          and bits & asked.crop <> 0
          and (bits & asked.subject <> 0) = (asked.tiers[slot] = 0)
          and bits & asked.forbidden = 0
          and bits & asked.required = asked.required
          and postings.number <> all (array(
            select number from catalog.listings where person_id = (select requester from asked)))
          and postings.number <> all (array(
            select number from catalog.listings where offer_id = any ((select excluded from asked)::uuid[])))
          and (asked.amount is null or exists (
            select 1 from catalog.listings
            where listings.number = postings.number
              and coalesce(least_amount <= asked.amount, true) and coalesce(most_amount >= asked.amount, true)))
        order by postings.place, postings.number
        limit (select most from asked)
      ) as found
      order by found.tier, found.place, found.number
      limit (select most from asked)
    ) as best
    join catalog.listings l on l.number = best.number
    join catalog.providers on providers.id = l.provider_id
    order by best.tier, best.place, best.number`;
}

/** With the distance from the asker's own point where it is known, and in the order that it makes. */
function inOrder(rows: readonly Row[], { need, point }: CandidateSearch): Candidate[] {
  const subject = subjectOf(need);
  const candidates = rows.map(({ tier, place, crops, subjects, baseLatitude, baseLongitude, ...row }) => {
    const based = point && baseLatitude !== null && baseLongitude !== null;
    const away = based
      ? distanceKm(point, { latitude: baseLatitude, longitude: baseLongitude })
      : distanceOfPlace(place);
    const candidate: Candidate = {
      ...row,
      distanceKm: away === null ? null : Math.round(away * 10) / 10,
      fits: {
        topic: subject === undefined || subjects.includes(subject),
        crop: need.crop === undefined || crops.includes(need.crop),
      },
    };
    return { candidate, group: tier * 2 + (isSunk(place) ? 1 : 0), away };
  });
  if (point) {
    const far = Number.POSITIVE_INFINITY;
    candidates.sort((a, b) => a.group - b.group || (a.away ?? far) - (b.away ?? far) || 0);
  }
  return candidates.map(({ candidate }) => candidate);
}
