import type { Queries } from "@minka/database/connect";
import { and, asc, eq, sql } from "@minka/database/query";
import { memberships, people, phones } from "../tables.ts";

/** The manager whom Minka asks and tells: who has been one longest, of those whom a phone reaches. */
export async function firstManager(
  queries: Queries,
  organizationId: string,
): Promise<{ id: string; name: string | null } | undefined> {
  const [manager] = await queries
    .select({ id: people.id, name: people.name })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(
      and(
        eq(memberships.organizationId, organizationId),
        eq(memberships.state, "active"),
        eq(memberships.role, "manager"),
        eq(people.state, "active"),
        sql`exists (select 1 from ${phones} where ${phones.personId} = ${people.id})`,
      ),
    )
    .orderBy(asc(memberships.roleSince), asc(memberships.id))
    .limit(1);
  return manager;
}
