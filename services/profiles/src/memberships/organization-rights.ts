import type { Actor } from "@minka/contracts/actor";
import type { MembershipRole } from "@minka/contracts/memberships";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { and, eq } from "@minka/database/query";
import { memberships } from "../tables.ts";

/**
 * Lets pass who holds one of these roles in the organization today, and every operator. Throws
 * `not-your-organization` (403), also for an organization that does not exist.
 */
export async function refuseUnlessRole(
  queries: Queries,
  actor: Actor,
  organizationId: string,
  roles: readonly MembershipRole[],
): Promise<void> {
  if (actor.kind === "person" && actor.operator) return;
  const role = actor.kind === "person" ? await roleIn(queries, actor.personId, organizationId) : undefined;
  if (role && roles.includes(role)) return;
  throw notYours();
}

export const notYours = () =>
  new DomainError("forbidden", "not-your-organization", "You may not do this for this organization.");

/** What a person is in an organization today. */
export async function roleIn(
  queries: Queries,
  personId: string,
  organizationId: string,
): Promise<MembershipRole | undefined> {
  const [membership] = await queries
    .select({ role: memberships.role })
    .from(memberships)
    .where(
      and(
        eq(memberships.personId, personId),
        eq(memberships.organizationId, organizationId),
        eq(memberships.state, "active"),
      ),
    );
  return membership?.role;
}
