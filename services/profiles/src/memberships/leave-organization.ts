import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { leaveOrganization as contract } from "@minka/contracts/memberships";
import { once } from "@minka/database/once";
import { actOf, type Context, type Means } from "@minka/service/act";
import { refuseAllOthers } from "../people/read-person.ts";
import { idempotencyKeys } from "../tables.ts";
import { settled } from "./answer-membership.ts";
import { lockMembership } from "./lock-membership.ts";
import {
  endMembershipNow,
  refuseLastManager,
  refuseMembership,
  viewMembership,
} from "./settle-membership.ts";

/** A person leaves, without a reason. Throws `last-manager` and `membership-settled` (409). */
export async function leaveOrganization(
  { db, clock }: Means,
  context: Context,
  { params: { membershipId } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const act = actOf(context, clock());
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const both = await lockMembership(tx, membershipId);
      const { membership } = both;
      refuseAllOthers(context.actor, membership.personId);
      if (membership.state === "asked" && membership.origin !== "joined") {
        await refuseMembership(tx, act, both);
      } else if (membership.state === "asked" || membership.state === "active") {
        await refuseLastManager(tx, membership);
        const reason = membership.state === "active" ? "left" : "taken_back";
        await endMembershipNow(tx, act, membership, { reason });
      } else {
        throw settled(membership);
      }
      return viewMembership(tx, membershipId);
    }),
  );
}
