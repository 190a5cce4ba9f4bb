import type { Queries } from "@minka/database/connect";
import { and, asc, eq, ne, sql } from "@minka/database/query";
import { people, phones } from "../tables.ts";
import { phoneWords } from "./shared-phone-tables.ts";

/** Who is reached by a phone; people who are invited and have not answered only where nobody else is. */
export async function listSharers(queries: Queries, phone: string) {
  const rows = await queries
    .select({
      personId: people.id,
      name: people.name,
      state: people.state,
      hasWord: sql<boolean>`${phoneWords.hash} is not null`,
    })
    .from(phones)
    .innerJoin(people, eq(people.id, phones.personId))
    .leftJoin(phoneWords, and(eq(phoneWords.phone, phones.phone), eq(phoneWords.personId, people.id)))
    .where(and(eq(phones.phone, phone), ne(people.state, "erased")))
    .orderBy(asc(phones.linkedAt), asc(people.id));
  const there = rows.filter(({ state }) => state === "active");
  return { people: (there.length > 0 ? there : rows).map(({ state: _state, ...sharer }) => sharer) };
}
