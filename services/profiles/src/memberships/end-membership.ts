import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import { membershipSettled, type endMembership as contract } from "@minka/contracts/memberships";
import { emit } from "@minka/database/deliveries";
import { once } from "@minka/database/once";
import { actOf, type Context, type Means } from "@minka/service/act";
import { idempotencyKeys } from "../tables.ts";
import { settled } from "./answer-membership.ts";
import { lockMembership } from "./lock-membership.ts";
import { refuseUnlessRole } from "./organization-rights.ts";
import { endMembershipNow, refuseLastManager, viewMembership } from "./settle-membership.ts";

/**
 * A manager ends a membership with a reason, and the person is told. Throws `not-your-organization` (403),
 * `membership-settled` (409), and `last-manager` (409) for all but an operator.
 */
export async function endMembership(
  { db, clock }: Means,
  context: Context,
  { params: { membershipId }, body: { reason } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const act = actOf(context, clock());
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const { membership } = await lockMembership(tx, membershipId);
      const { actor } = context;
      await refuseUnlessRole(tx, actor, membership.organizationId, ["manager"]);
      if (membership.state !== "asked" && membership.state !== "active") throw settled(membership);
      if (actor.kind !== "person" || !actor.operator) await refuseLastManager(tx, membership);
      await endMembershipNow(tx, act, membership, { reason: "put_out", note: reason });
      if (membership.state === "active" || membership.origin === "joined") {
        await emit(tx, membershipSettled, { membershipId }, act);
      }
      return viewMembership(tx, membershipId);
    }),
  );
}
