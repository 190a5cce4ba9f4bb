import type { Queries } from "@minka/database/connect";
import { desc, eq, inArray } from "drizzle-orm";
import { people, phones } from "../tables.ts";

/** One card a person, with the phone they used last. People without a phone or unknown have none. */
export async function readContacts(queries: Queries, personIds: readonly string[]) {
  const contacts = await queries
    .selectDistinctOn([people.id], {
      personId: people.id,
      name: people.name,
      phone: phones.phone,
      districtCode: people.districtCode,
    })
    .from(people)
    .innerJoin(phones, eq(phones.personId, people.id))
    .where(inArray(people.id, [...personIds]))
    .orderBy(people.id, desc(phones.usedAt), phones.phone);
  return { contacts };
}
