import type { Actor } from "@minka/contracts/actor";
import type { Membership } from "@minka/contracts/memberships";
import type { Queries } from "@minka/database/connect";
import { desc, eq, sql } from "@minka/database/query";
import { refuseOthers } from "../people/read-person.ts";
import { memberships, organizations } from "../tables.ts";
import { membershipColumns } from "./settle-membership.ts";

/** Where a person belongs, what is active first. Whoever is unknown belongs nowhere. */
export async function listMemberships(
  queries: Queries,
  actor: Actor,
  personId: string,
): Promise<{ memberships: Membership[] }> {
  refuseOthers(actor, personId);
  const found = await queries
    .select(membershipColumns)
    .from(memberships)
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .where(eq(memberships.personId, personId))
    .orderBy(desc(sql`${memberships.state} = 'active'`), desc(memberships.id));
  return { memberships: found };
}
