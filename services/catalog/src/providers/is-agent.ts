import type { Queries } from "@minka/database/connect";
import { and, arrayContains, eq, exists, isNull, or } from "@minka/database/query";
import { providers } from "../tables.ts";
import { providerStaff } from "./providers-tables.ts";

/** Whether a person is, or works for, a verified agent of the programme. */
export async function isAgent(read: Queries, personId: string): Promise<{ agent: boolean }> {
  const [found] = await read
    .select({ id: providers.id })
    .from(providers)
    .where(
      and(
        eq(providers.state, "verified"),
        arrayContains(providers.kinds, ["agent"]),
        or(
          eq(providers.personId, personId),
          exists(
            read
              .select({ id: providerStaff.id })
              .from(providerStaff)
              .where(
                and(
                  eq(providerStaff.providerId, providers.id),
                  eq(providerStaff.personId, personId),
                  isNull(providerStaff.until),
                ),
              ),
          ),
        ),
      ),
    )
    .limit(1);
  return { agent: found !== undefined };
}
