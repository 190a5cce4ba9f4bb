import type { Queries } from "@minka/database/connect";
import { and, desc, eq, inArray, sql } from "@minka/database/query";
import { consents, people, phones } from "../tables.ts";

/**
 * One card a person, with the phone they used last. People without a phone, unknown or erased have none, and who is
 * only invited has one where it is asked for.
 */
export async function readContacts(
  queries: Queries,
  { personIds, invited }: { personIds: readonly string[]; invited: boolean },
) {
  const contacts = await queries
    .selectDistinctOn([people.id], {
      personId: people.id,
      name: people.name,
      phone: phones.phone,
      // Written out: drizzle would leave the inner table's name away.
      // As for who writes from it: who is only invited counts only where nobody is there.
      shared: sql<boolean>`(select case when bool_or(sharer.state = 'active')
          then count(*) filter (where sharer.state = 'active') > 1 else count(*) > 1 end
        from ${phones} s join ${people} sharer on sharer.id = s.person_id
        where s.phone = ${phones.phone} and sharer.state <> 'erased')`,
      // Who was only invited never agreed, and took nothing back.
      withdrawn: sql<boolean>`coalesce((select bool_and(c.withdrawn_at is not null) from ${consents} c
        where c.person_id = ${people}.id and c.purpose = 'service'), false)`,
      districtCode: people.districtCode,
      language: people.language,
    })
    .from(people)
    .innerJoin(phones, eq(phones.personId, people.id))
    .where(
      and(
        inArray(people.id, [...personIds]),
        inArray(people.state, invited ? ["active", "invited"] : ["active"]),
      ),
    )
    .orderBy(people.id, desc(phones.usedAt), phones.phone);
  return { contacts };
}
