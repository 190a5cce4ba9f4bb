import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { changeMembershipRole as contract } from "@minka/contracts/memberships";
import { newId } from "@minka/database/new-id";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { actOf, type Context, type Means } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record } from "../acts.ts";
import { formerRoles } from "../organizations/organizations-tables.ts";
import { memberships } from "../tables.ts";
import { lockMembership } from "./lock-membership.ts";
import { refuseUnlessRole } from "./organization-rights.ts";
import { refuseLastManager, subjectOf, viewMembership } from "./settle-membership.ts";

/** Throws `not-your-organization` (403), `membership-not-active` and, for all but an operator, `last-manager` (409). */
export async function changeRole(
  { db, clock }: Means,
  context: Context,
  { params: { membershipId }, body: { role } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const act = actOf(context, clock());
  return db.transaction(async (tx) => {
    const { membership } = await lockMembership(tx, membershipId);
    const { actor } = context;
    await refuseUnlessRole(tx, actor, membership.organizationId, ["manager"]);
    if (membership.state !== "active") {
      throw new DomainError("conflict", "membership-not-active", "Only who belongs has a role.");
    }
    if (membership.role === role) return viewMembership(tx, membershipId);
    if (actor.kind !== "person" || !actor.operator) await refuseLastManager(tx, membership);
    const today = limaDay(act.at);
    await tx.insert(formerRoles).values({
      id: newId(),
      membershipId,
      role: membership.role,
      since: membership.roleSince ?? membership.since ?? today,
      until: today,
    });
    await tx.update(memberships).set({ role, roleSince: today }).where(eq(memberships.id, membershipId));
    await record(tx, act, `membership.make-${role}`, subjectOf(membership));
    return viewMembership(tx, membershipId);
  });
}
