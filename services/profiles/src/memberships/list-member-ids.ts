import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { listMemberIds as contract } from "@minka/contracts/memberships";
import type { Queries } from "@minka/database/connect";
import { and, asc, eq, gt, sql } from "@minka/database/query";
import { consents, memberships, people } from "../tables.ts";

/** A page of the active members whom Minka may serve, in order of id. */
export async function listMemberIds(
  queries: Queries,
  { params: { organizationId }, query: { after, limit, role } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const found = await queries
    .select({ id: people.id })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(
      and(
        eq(memberships.organizationId, organizationId),
        eq(memberships.state, "active"),
        eq(people.state, "active"),
        role === undefined ? undefined : eq(memberships.role, role),
        after === undefined ? undefined : gt(people.id, after),
        sql`exists (select 1 from ${consents} c where c.person_id = ${people}.id
          and c.purpose = 'service' and c.withdrawn_at is null)`,
      ),
    )
    .orderBy(asc(people.id))
    .limit(limit);
  const personIds = found.map(({ id }) => id);
  return { personIds, next: personIds.length < limit ? null : (personIds.at(-1) ?? null) };
}
