import type { Actor } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { askToJoin as contract } from "@minka/contracts/memberships";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context, type Means } from "@minka/service/act";
import { refuseOthers } from "../people/read-person.ts";
import { idempotencyKeys } from "../tables.ts";
import { refuseUnlessActive } from "./add-member.ts";
import {
  alreadyThere,
  askMembership,
  openMembership,
  refusePestering,
  refuseTooMany,
} from "./ask-membership.ts";
import { firstManager } from "./first-manager.ts";
import { lockOrganization, refuseClosed } from "./lock-membership.ts";
import { beginMembership, viewMembership } from "./settle-membership.ts";

/**
 * A person asks to join, and a manager is asked. Whoever was named by a manager before agrees by it, but no operator
 * and nobody who acts for them says so in their place. Throws
 * `not-your-profile` (403), `already-member`, `already-asked`, `refused-lately`, `organization-closed`, and
 * `no-manager` (409) where nobody could answer: its phone is in its entry.
 */
export async function askToJoin(
  { db, clock }: Means,
  context: Context,
  { params: { organizationId }, body: { personId } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  refuseOthers(context.actor, personId);
  const act = actOf(context, clock());
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const organization = await lockOrganization(tx, organizationId);
      refuseClosed(organization);
      await refuseUnlessActive(tx, personId);
      const open = await openMembership(tx, personId, organizationId);
      if (open?.state === "asked" && open.origin !== "joined" && isOwnWord(context.actor, personId)) {
        await beginMembership(tx, act, { membership: open, organization });
        return viewMembership(tx, open.id);
      }
      if (open) throw alreadyThere(open);
      if (!(await firstManager(tx, organizationId))) {
        throw new DomainError(
          "conflict",
          "no-manager",
          "Nobody here can answer for this organization; call its phone.",
        );
      }
      const asked = { personId, organizationId, role: "member", origin: "joined", namedAs: null } as const;
      await refusePestering(tx, act, asked);
      await refuseTooMany(tx, { personId });
      return viewMembership(tx, await askMembership(tx, act, asked));
    }),
  );
}

/** Said by the person themself, here or by SMS to the service that passes it on. */
function isOwnWord(actor: Actor, personId: string): boolean {
  if (actor.kind === "person") return actor.personId === personId && !actor.through;
  return actor.kind === "service";
}
