import type { Queries } from "@minka/database/connect";
import { eq } from "@minka/database/query";
import { phones } from "../tables.ts";
import { listSharers } from "./list-sharers.ts";

/**
 * Whether others may sign in as a person: at a phone that reaches several, who has no private word is chosen by name.
 * Who signed in while the phone was theirs alone is asked for a word too: it is the house that may look on now.
 */
export async function isWordless(queries: Queries, personId: string): Promise<boolean> {
  const theirs = await queries
    .select({ phone: phones.phone })
    .from(phones)
    .where(eq(phones.personId, personId));
  for (const { phone } of theirs) {
    const { people } = await listSharers(queries, phone);
    if (people.length > 1 && people.some((one) => one.personId === personId && !one.hasWord)) return true;
  }
  return false;
}
