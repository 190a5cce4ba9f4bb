import type { Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { eq } from "@minka/database/query";
import { organizationUnknown } from "../organizations/organization-view.ts";
import { memberships, organizations } from "../tables.ts";

export type MembershipRow = typeof memberships.$inferSelect;
export type OrganizationRow = typeof organizations.$inferSelect;

/**
 * An organization, locked until the transaction ends. Whatever changes its members holds it: how many managers or
 * members are left is a rule over all of them. Rows that only refer to it are written beside. Throws
 * `organization-unknown`.
 */
export async function lockOrganization(tx: Transaction, organizationId: string): Promise<OrganizationRow> {
  const [organization] = await tx
    .select()
    .from(organizations)
    .where(eq(organizations.id, organizationId))
    .for("no key update");
  if (!organization) throw organizationUnknown();
  return organization;
}

/** A membership with its organization, both locked, the organization first. Throws `membership-unknown`. */
export async function lockMembership(
  tx: Transaction,
  membershipId: string,
): Promise<{ membership: MembershipRow; organization: OrganizationRow }> {
  const [found] = await tx
    .select({ organizationId: memberships.organizationId })
    .from(memberships)
    .where(eq(memberships.id, membershipId));
  if (!found) throw membershipUnknown();
  const organization = await lockOrganization(tx, found.organizationId);
  const [membership] = await tx
    .select()
    .from(memberships)
    .where(eq(memberships.id, membershipId))
    .for("no key update");
  if (!membership) throw membershipUnknown();
  return { membership, organization };
}

export function refuseClosed(organization: OrganizationRow): void {
  if (organization.state !== "closed") return;
  throw new DomainError("conflict", "organization-closed", "This organization has ended.");
}

export function membershipUnknown(): DomainError {
  return new DomainError("not-found", "membership-unknown", "No membership has this id.");
}
