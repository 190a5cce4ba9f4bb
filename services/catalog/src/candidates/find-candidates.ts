import type { Candidate, findCandidates as contract } from "@minka/contracts/catalog";
import type { HandlerInput } from "@minka/contracts/endpoint";
import type { Database } from "@minka/database/connect";
import { areasContaining } from "@minka/domain/coverage";
import { refuseUnknownDistrict } from "../providers/district.ts";
import { askedKeys, every, searchedCrops, subjectBits, subjectOf } from "./asked-keys.ts";

type Input = HandlerInput<typeof contract>["body"];
type EmptyBecause = "nobody-offers-this" | "nobody-reaches-there" | "other-topics-only";

type Row = {
  offerId: string;
  offerVersion: number;
  providerId: string;
  providerName: string;
  providerPersonId: string;
  distanceKm: number | null;
  priceCentimos: number | null;
  priceUnit: string | null;
  monthlyCapacity: number | null;
  namesSubject: boolean;
  crop: string;
  confirmedOn: string;
};

/**
 * The nearest verified, published offers for a need at a district. For each of the four areas that contain
 * the district and each key of the crop, the first rows of one index range are read in their order, so the
 * time depends on `limit` and not on how many offers there are. Offers with a base point come by distance;
 * those that serve an area after them, the narrower area and the fresher confirmation first. A wider search
 * still puts who names the subject before who does not.
 */
export async function findCandidates(
  db: Database,
  input: Input,
): Promise<{ candidates: Candidate[]; emptyBecause: EmptyBecause | null }> {
  refuseUnknownDistrict(input.districtCode);
  const { need, requesterPersonId, excludeOfferIds, wider, limit } = input;
  const subject = subjectOf(need);
  const areas = areasContaining(input.districtCode);
  const tiers = wider && subject !== undefined ? ["served", "other"] : ["served"];
  const wanted = subject === undefined ? 0 : subjectBits(need.kind, [subject]);
  const rows = await db.sql<Row[]>`
    with found as (
      select distinct on (p.offer_id) p.*, area.level, tier
      from unnest(${[...areas]}::text[]) with ordinality as area (code, level)
      cross join unnest(${searchedCrops(need.crop)}::text[]) as key (crop)
      cross join unnest(${tiers}::text[]) as tier
      cross join lateral (
        select offer_id, distance_km, confirmed_on, subject_bits, postings.crop
        from catalog.postings
        where postings.area = area.code and postings.kind = ${need.kind} and postings.crop = key.crop
          and person_id <> ${requesterPersonId}
          and (not stretched or ${wider})
          and offer_id <> all (${excludeOfferIds}::uuid[])
          and (${wanted}::int = 0 or subject_bits = 0 or subject_bits & ${wanted} <> 0) = (tier = 'served')
        order by distance_km, confirmed_on desc, offer_id
        limit ${limit}
      ) p
    )
    select offers.id as "offerId", offers.version as "offerVersion", providers.id as "providerId",
      providers.name as "providerName", providers.person_id as "providerPersonId",
      round(found.distance_km::numeric, 1)::float8 as "distanceKm", offers.price_centimos as "priceCentimos",
      case when offers.kind = 'assistance' then 'visita' else offers.terms->>'priceUnit' end as "priceUnit",
      offers.monthly_capacity as "monthlyCapacity", found.crop,
      (${wanted}::int = 0 or found.subject_bits & ${wanted} <> 0) as "namesSubject",
      found.confirmed_on::text as "confirmedOn"
    from found
    join catalog.offers on offers.id = found.offer_id
    join catalog.providers on providers.id = offers.provider_id
    order by tier = 'other', found.distance_km, found.level, found.confirmed_on desc, offers.id
    limit ${limit}`;
  if (rows.length === 0) return { candidates: [], emptyBecause: await whyEmpty(db, input) };
  const candidates = rows.map(({ namesSubject, crop, ...candidate }) => ({
    ...candidate,
    fits: { topic: namesSubject, crop: need.crop === undefined || crop !== every },
  }));
  return { candidates, emptyBecause: null };
}

/**
 * What is true when nobody was found: somebody serves the district with other topics or crops; or this very
 * thing is offered, but not there (or only by who was excluded); or nobody offers it. One's own offers do
 * not count.
 */
async function whyEmpty(db: Database, input: Input): Promise<EmptyBecause> {
  const { need, districtCode, requesterPersonId, excludeOfferIds, wider } = input;
  const [others] = await db.sql`
    select 1 from catalog.postings
    where area = any (${[...areasContaining(districtCode)]}::text[]) and kind = ${need.kind}
      and crop = any (${searchedCrops(undefined)}::text[]) and person_id <> ${requesterPersonId} and (not stretched or ${wider})
      and offer_id <> all (${excludeOfferIds}::uuid[])
    limit 1`;
  if (others) return "other-topics-only";
  const [crops, subjects] = [askedKeys(need.crop), askedKeys(subjectOf(need))];
  const [offered] = await db.sql<{ byOthers: boolean }[]>`
    select
      coalesce((select sum(supply.offers) from catalog.supply
        where kind = ${need.kind} and crop = any (${crops}::text[]) and subject = any (${subjects}::text[])), 0)
      > (select count(*) from catalog.offers join catalog.providers on providers.id = offers.provider_id
        where providers.person_id = ${requesterPersonId} and providers.state = 'verified'
          and offers.kind = ${need.kind}
          and (${need.crop ?? null}::text is null or crops = '{}' or ${need.crop ?? null} = any (crops))
          and (${subjectOf(need) ?? null}::text is null or subjects = '{}'
            or ${subjectOf(need) ?? null} = any (subjects)))
      as "byOthers"`;
  return offered?.byOthers ? "nobody-reaches-there" : "nobody-offers-this";
}
