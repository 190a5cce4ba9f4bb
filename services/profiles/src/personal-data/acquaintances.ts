import type { Queries } from "@minka/database/connect";
import { or, eq, sql } from "@minka/database/query";
import { delegations } from "../acting/acting-tables.ts";
import { plotHolders } from "../plots/plots-tables.ts";
import { memberships } from "../tables.ts";

/**
 * Whom profiles may have had written to about a person by name: who leads an organization of theirs, who was to act
 * for them or they for, who holds a plot with them. Read before the person's own rows are gone.
 */
export async function readAcquaintances(queries: Queries, personId: string): Promise<string[]> {
  const leaders = await queries
    .selectDistinct({ id: memberships.personId })
    .from(memberships)
    .where(
      sql`${memberships.role} <> 'member' and ${memberships.organizationId} in (
        select m.organization_id from ${memberships} m where m.person_id = ${personId})`,
    );
  const holders = await queries
    .selectDistinct({ id: plotHolders.personId })
    .from(plotHolders)
    .where(
      sql`${plotHolders.plotId} in (select h.plot_id from ${plotHolders} h where h.person_id = ${personId})`,
    );
  const acting = await queries
    .select({
      principalId: delegations.principalId,
      delegateId: delegations.delegatePersonId,
      askedBy: delegations.askedBy,
    })
    .from(delegations)
    .where(
      or(
        eq(delegations.principalId, personId),
        eq(delegations.delegatePersonId, personId),
        eq(delegations.askedBy, personId),
      ),
    );
  const ids = new Set([...leaders, ...holders].map(({ id }) => id));
  for (const { principalId, delegateId, askedBy } of acting)
    for (const id of [principalId, delegateId, askedBy]) if (id !== null) ids.add(id);
  ids.delete(personId);
  return [...ids];
}
