import { refuseWhileActing } from "@minka/contracts/actor";
import { answeredElsewhere } from "@minka/contracts/answered-elsewhere";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { answerMembership as contract } from "@minka/contracts/memberships";
import { emit } from "@minka/database/deliveries";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context, type Means } from "@minka/service/act";
import { idempotencyKeys } from "../tables.ts";
import { firstManager } from "./first-manager.ts";
import { lockMembership, type MembershipRow } from "./lock-membership.ts";
import { refuseUnlessRole } from "./organization-rights.ts";
import { beginMembership, refuseMembership, viewMembership } from "./settle-membership.ts";

/**
 * Yes or no by whoever was asked: the person themself (no operator or delegate says that somebody belongs), or who
 * leads the organization about one who asks to join. The same answer again changes nothing; another one is
 * `membership-settled` (409).
 */
export async function answerMembership(
  { db, clock }: Means,
  context: Context,
  { params: { membershipId }, body: { accepted } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const act = actOf(context, clock());
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const both = await lockMembership(tx, membershipId);
      const { membership } = both;
      if (membership.origin === "joined") {
        await refuseUnlessRole(tx, context.actor, membership.organizationId, ["manager", "broker"]);
      } else {
        refuseOtherPeople(context, membership);
      }
      if (isAwaited(membership, act.at)) {
        const manager =
          membership.origin === "joined" ? await firstManager(tx, membership.organizationId) : null;
        await (accepted ? beginMembership : refuseMembership)(tx, act, both);
        const personIds = [manager?.id ?? membership.personId];
        await emit(tx, answeredElsewhere.profiles, { personIds }, act);
      } else if (membership.state !== (accepted ? "active" : "refused")) {
        throw settled(membership);
      }
      return viewMembership(tx, membershipId);
    }),
  );
}

/** Asked, and answered in time; the job that lapses it may be late. */
export function isAwaited({ state, expiresAt }: MembershipRow, answeredAt: Date): boolean {
  return state === "asked" && expiresAt !== null && answeredAt < expiresAt;
}

export function settled({ state }: MembershipRow): DomainError {
  return new DomainError("conflict", "membership-settled", "This has been settled, or its time is over.", {
    details: { state },
  });
}

function refuseOtherPeople({ actor }: Context, { personId }: MembershipRow): void {
  refuseWhileActing(actor);
  if (actor.kind === "person" && actor.personId === personId) return;
  throw new DomainError("forbidden", "not-your-membership", "Only the person who was asked may answer.");
}
