import type { CandidateSearch } from "@minka/contracts/catalog";
import type { Database } from "@minka/database/connect";
import { areasContaining } from "@minka/domain/coverage";
import { crops } from "@minka/domain/vocabulary";
import { askedKeys, subjectOf, subjectWords } from "./asked-keys.ts";
import { everyWord, rangeCode, rangedBySubject } from "./posting-codes.ts";
import type { SearchPlan } from "./search-plan.ts";

export type EmptyBecause = "nobody-offers-this" | "nobody-reaches-there" | "other-topics-only";

/**
 * What is true when nobody was found: somebody serves the district with other topics or crops; or this very
 * thing is offered, but not there (or only by who was excluded); or nobody offers it. One's own offers do
 * not count.
 */
export async function whyEmpty(
  db: Database,
  { need, districtCode, requesterPersonId, excludeOfferIds }: CandidateSearch,
  { forbidden }: SearchPlan,
): Promise<EmptyBecause> {
  const words = [...(rangedBySubject.has(need.kind) ? subjectWords[need.kind] : crops), everyWord];
  const ranges = areasContaining(districtCode).flatMap((area) =>
    words.map((word) => rangeCode(area, need.kind, word)),
  );
  const [others] = await db.sql`
    select 1 from catalog.postings
    where range = any (${ranges}::int[]) and bits & ${forbidden}::int = 0
      and number <> all (array(select number from catalog.listings where person_id = ${requesterPersonId}::uuid))
      and number <> all (array(select number from catalog.listings where offer_id = any (${excludeOfferIds}::uuid[])))
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
