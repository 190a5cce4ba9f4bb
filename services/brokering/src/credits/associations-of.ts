import { listMemberships } from "@minka/contracts/memberships";
import { readOrganization } from "@minka/contracts/organizations";
import type { Caller } from "@minka/http/caller";

/** Organizations that could vouch for a member: a group of neighbours is none. Reads others: never in a transaction. */
export async function associationsOf(call: Caller, personId: string, trace: string): Promise<string[]> {
  const { memberships } = await call(listMemberships, { params: { personId } }, { trace });
  const active = memberships.filter(({ state }) => state === "active");
  const kinds = await Promise.all(
    active.map(async ({ organizationId }) => {
      const { organization } = await call(readOrganization, { params: { organizationId } }, { trace });
      return { organizationId, isGroup: organization.kind === "informal_group" };
    }),
  );
  return kinds.flatMap(({ organizationId, isGroup }) => (isGroup ? [] : [organizationId]));
}
