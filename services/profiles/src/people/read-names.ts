import type { Queries } from "@minka/database/connect";
import { and, inArray, isNotNull, ne } from "@minka/database/query";
import { people } from "../tables.ts";

/** What people are called, also where nobody can write to them. */
export async function readNames(queries: Queries, personIds: readonly string[]) {
  const named = await queries
    .select({ personId: people.id, name: people.name })
    .from(people)
    .where(and(inArray(people.id, [...personIds]), ne(people.state, "erased"), isNotNull(people.name)));
  return { people: named.map(({ personId, name }) => ({ personId, name: name ?? "" })) };
}
