import type { Queries } from "@minka/database/connect";
import { and, eq, inArray } from "@minka/database/query";
import { people } from "../tables.ts";

/** Of some people, those who said that they are women; nothing is guessed from a name. */
export async function womenAmong(
  queries: Queries,
  { personIds }: { personIds: readonly string[] },
): Promise<{ women: string[] }> {
  const rows = await queries
    .select({ id: people.id })
    .from(people)
    .where(and(inArray(people.id, [...personIds]), eq(people.sex, "f"), eq(people.state, "active")));
  return { women: rows.map(({ id }) => id) };
}
