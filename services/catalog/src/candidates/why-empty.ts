import type { CandidateSearch } from "@minka/contracts/catalog";
import type { Database } from "@minka/database/connect";
import { crops } from "@minka/domain/vocabulary";
import { askedKeys, subjectOf, subjectWords } from "./asked-keys.ts";
import type { Held } from "./conditions.ts";
import { everyWord, rangeCode, rangedBySubject } from "./posting-codes.ts";
import { searchedAreas, type SearchPlan } from "./search-plan.ts";

export type EmptyBecause =
  | "nobody-offers-this"
  | "nobody-reaches-there"
  | "other-topics-only"
  | "conditions-not-met";

/**
 * What is true when nobody was found: this very thing is offered there, on conditions that are not met; or
 * somebody serves the district with other topics or crops; or this very thing is offered, but not there (or only by
 * who was excluded); or nobody offers it. One's own offers do not count. Of offers that were named, only their
 * conditions are told: the explanation says which.
 */
export async function whyEmpty(
  db: Database,
  search: CandidateSearch,
  plan: SearchPlan,
  { looks }: Held,
): Promise<EmptyBecause> {
  const { need, requesterPersonId, excludeOfferIds, excludeProviderIds } = search;
  if (search.onlyOfferIds !== undefined) return "conditions-not-met";
  const byOthers = db.sql`
    number <> all (array(select number from catalog.listings where person_id = ${requesterPersonId}::uuid))
      and number <> all (array(select number from catalog.listings where offer_id = any (${excludeOfferIds}::uuid[])))
      and number <> all (array(
        select number from catalog.listings where provider_id = any (${excludeProviderIds}::uuid[])))`;
  const { forbidden, required } = plan;
  if (looks) {
    const asked = plan.ranges.filter((_, index) => plan.tiers[index] === 0);
    const [there] = await db.sql`
      select 1 from catalog.postings
      where range = any (${asked}::int[]) and bits & ${forbidden}::int = 0
        and bits & ${required}::int = ${required}::int
        and bits & ${plan.crop}::int <> 0 and bits & ${plan.subject}::int <> 0 and ${byOthers}
      limit 1`;
    if (there) return "conditions-not-met";
  }
  const words = [...(rangedBySubject.has(need.kind) ? subjectWords[need.kind] : crops), everyWord];
  const ranges = searchedAreas(search).flatMap((area) =>
    words.map((word) => rangeCode(area, need.kind, word)),
  );
  const [others] = await db.sql`
    select 1 from catalog.postings
    where range = any (${ranges}::int[]) and bits & ${forbidden}::int = 0 and ${byOthers}
    limit 1`;
  if (others) return "other-topics-only";
  const [askedCrops, subjects] = [askedKeys(need.crop), askedKeys(subjectOf(need))];
  const [offered] = await db.sql<{ byOthers: boolean }[]>`
    select
      coalesce((select sum(supply.offers) from catalog.supply
        where kind = ${need.kind} and crop = any (${askedCrops}::text[]) and subject = any (${subjects}::text[])), 0)
      > (select count(*) from catalog.listings
        where person_id = ${requesterPersonId}::uuid and kind = ${need.kind}
          and (${need.crop ?? null}::text is null or crops = '{}' or ${need.crop ?? null} = any (crops))
          and (${subjectOf(need) ?? null}::text is null or subjects = '{}'
            or ${subjectOf(need) ?? null} = any (subjects)))
      as "byOthers"`;
  return offered?.byOthers ? "nobody-reaches-there" : "nobody-offers-this";
}
