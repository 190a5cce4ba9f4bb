import type { Candidate, findCandidates as contract } from "@minka/contracts/catalog";
import type { HandlerInput } from "@minka/contracts/endpoint";
import type { Database } from "@minka/database/connect";
import type { Certificate, Kind, Language } from "@minka/domain/vocabulary";
import { acceptedBits, packFuzz, type Held } from "./conditions.ts";
import { mostRanges, type SearchPlan } from "./search-plan.ts";

export type CandidateInput = HandlerInput<typeof contract>["body"];

/** What the tables say of a candidate; the rest follows from it and the need. */
export type CandidateRow = Pick<
  Candidate,
  | "offerId"
  | "offerVersion"
  | "providerId"
  | "providerName"
  | "providerPersonId"
  | "priceCentimos"
  | "priceUnit"
  | "monthlyCapacity"
  | "confirmedOn"
  | "title"
  | "adviserSells"
> & {
  tier: number;
  place: number;
  crops: string[];
  subjects: string[];
  baseLatitude: number | null;
  baseLongitude: number | null;
  certified: boolean | null;
} & Partial<Facts>;

/** What only some kinds of offers have, and is read of those alone; null where there is none. */
type Facts = {
  state: Candidate["state"];
  stockLeft: number | null;
  womenFocused: boolean;
  requirements: number[] | null;
  certificates: Certificate[] | null;
  specialistTopics: string[] | null;
  languages: Language[] | null;
  knownTopics: string[] | null;
  expertTopics: string[] | null;
};

/**
 * As many as are wanted, and those that are equal to the last of them in their places: `findCandidates` tells them
 * apart by the whole of their ids, so that who came first has no advantage.
 *
 * One plan for every search: what varies is hidden from the planner in a row of its own, or it would plan each
 * search anew, which takes longer than the search. So there are always as many ranges, the missing ones null. What
 * a search does not ask for is left out of it: a listing is looked up for its conditions only where the search says
 * something that they could speak against, and of the winners only what offers of the kind have is read.
 */
export function readCandidates(
  { sql }: Database,
  { need, requesterPersonId, excludeOfferIds, excludeProviderIds, onlyOfferIds, limit }: CandidateInput,
  plan: SearchPlan,
  held: Held,
): Promise<CandidateRow[]> {
  const none = sql``;
  return sql<CandidateRow[]>`
    with asked as materialized (
      select ${plan.ranges as number[]}::int[] as ranges, ${plan.tiers as number[]}::int[] as tiers,
        ${plan.crop}::int as crop, ${plan.subject}::int as subject, ${plan.forbidden}::int as forbidden,
        ${plan.required}::int as required, ${limit}::int as most,
        ${requesterPersonId}::uuid as requester, ${held.on}::date as day
        ${excludeOfferIds.length > 0 ? sql`, ${excludeOfferIds}::uuid[] as excluded` : none}
        ${excludeProviderIds.length > 0 ? sql`, ${excludeProviderIds}::uuid[] as blocked` : none}
        ${onlyOfferIds === undefined ? none : sql`, ${onlyOfferIds}::uuid[] as named`}
        ${held.looks ? heldConditions(sql, held) : none}
    )
    select l.offer_id as "offerId", l.offer_version as "offerVersion", l.provider_id as "providerId",
      l.provider_name as "providerName", l.person_id as "providerPersonId", best.tier, best.place, l.crops, l.subjects,
      l.price_centimos as "priceCentimos", l.price_unit as "priceUnit", l.monthly_capacity as "monthlyCapacity",
      l.confirmed_on::text as "confirmedOn", l.base_latitude as "baseLatitude", l.base_longitude as "baseLongitude",
      l.title, l.certified_until >= asked.day as certified, l.adviser_sells as "adviserSells"
      ${factsOf(sql, need.kind)}
    from asked
    cross join (
      select distinct found.tier, found.place, found.number
      from asked
      cross join generate_series(1, ${sql.unsafe(String(mostRanges))}) as slot
      cross join lateral (
        select asked.tiers[slot] as tier, postings.place, postings.number
        from ${onlyOfferIds === undefined ? sql`catalog.postings` : namedPostings(sql)}
        where postings.range = asked.ranges[slot]
          and bits & asked.crop <> 0
          and (bits & asked.subject <> 0) = (asked.tiers[slot] = 0)
          and bits & asked.forbidden = 0
          and bits & asked.required = asked.required
          ${isNot(sql, sql`person_id = (select requester from asked)`)}
          ${excludeOfferIds.length > 0 ? isNot(sql, sql`offer_id = any ((select excluded from asked)::uuid[])`) : none}
          ${excludeProviderIds.length > 0 ? isNot(sql, sql`provider_id = any ((select blocked from asked)::uuid[])`) : none}
          ${held.looks ? sql`and ${conditionsHold(sql)}` : none}
        order by postings.place
        fetch first (select most from asked) rows with ties
      ) as found
      order by found.tier, found.place
      fetch first (select most from asked) rows with ties
    ) as best
    join catalog.listings l on l.number = best.number
    order by best.tier, best.place, l.offer_id`;
}

type Sql = Database["sql"];
type Fragment = ReturnType<Sql>;

function isNot(sql: Sql, listing: Fragment) {
  return sql`and postings.number <> all (array(select number from catalog.listings where ${listing}))`;
}

function factsOf(sql: Sql, kind: Kind) {
  switch (kind) {
    case "assistance":
      return sql`, nullif(l.specialist_topics, '{}') as "specialistTopics", nullif(l.languages, '{}') as languages,
        nullif(l.known_topics, '{}') as "knownTopics", nullif(l.expert_topics, '{}') as "expertTopics"`;
    case "input":
    case "equipment":
      return sql`, l.stock_packs as "stockLeft"`;
    case "purchase":
      return sql`, l.state, nullif(l.certificates, '{}') as certificates`;
    case "credit":
      return sql`, l.women_focused as "womenFocused", nullif(l.requirements, '{}') as requirements`;
    case "training":
      return sql`, l.women_focused as "womenFocused"`;
    default:
      return sql``;
  }
}

/** What is held against the conditions, as columns of `asked`. */
function heldConditions(sql: Sql, { quality, ...held }: Held) {
  return sql`, ${held.amount}::float8 as amount, ${held.state}::text as state,
    ${held.lacksCertificates as string[]}::text[] as uncertified, ${held.quantity}::float8 as quantity,
    ${held.unit}::text as unit, ${acceptedBits & ~held.lacks}::int as might_hold,
    ${quality.moisturePercent ?? null}::float8 as moisture, ${quality.defectsPercent ?? null}::float8 as defects,
    ${quality.fermentationPercent ?? null}::float8 as fermented, ${quality.cupPoints ?? null}::float8 as cup,
    ${quality.cadmiumMgPerKg ?? null}::float8 as cadmium`;
}

/** By their numbers and not by their ranges, in which they may be far down. */
function namedPostings(sql: Sql) {
  return sql`(
    select * from catalog.postings
    where number = any (array(
      select number from catalog.listings where offer_id = any ((select named from asked)::uuid[])))
    offset 0) as postings`;
}

/** What `whyUnmet` says of one offer, for a listing beside what is asked. Null is no condition, or nothing known. */
function conditionsHold(sql: Sql) {
  return sql`exists (
    select 1 from catalog.listings where listings.number = postings.number
    and coalesce(least_amount <= asked.amount, true) and coalesce(most_amount >= asked.amount, true)
    and coalesce(opens_on <= asked.day, true) and coalesce(closes_on >= asked.day, true)
    and coalesce(listings.state = asked.state, true)
    and not certificates && asked.uncertified
    and coalesce(least_packs <= ${packsAsked(sql)}, true) and coalesce(stock_packs >= ${packsAsked(sql)}, true)
    and (asked.might_hold = ${sql.unsafe(String(acceptedBits))}
      or not exists (select 1 from unnest(requirements) as bits where bits & asked.might_hold = 0))
    and coalesce(asked.moisture <= (quality->>'maximumMoisturePercent')::float8, true)
    and coalesce(asked.defects <= (quality->>'maximumDefectsPercent')::float8, true)
    and coalesce(asked.fermented >= (quality->>'minimumFermentationPercent')::float8, true)
    and coalesce(asked.cup >= (quality->>'minimumCupPoints')::float8, true)
    and coalesce(asked.cadmium <= (quality->>'maximumCadmiumMgPerKg')::float8, true))`;
}

function packsAsked(sql: Sql) {
  const fuzz = sql.unsafe(String(packFuzz));
  return sql`ceil(asked.quantity
    / case when asked.unit = 'pack' then 1 when asked.unit = pack_unit then pack_amount end - ${fuzz})`;
}
