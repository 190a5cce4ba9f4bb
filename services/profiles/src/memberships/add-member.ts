import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { addMember as contract } from "@minka/contracts/memberships";
import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Act, type Context, type Means } from "@minka/service/act";
import { and, eq } from "@minka/database/query";
import type { RefusalKey } from "../invitations/refusals.ts";
import { personUnknown } from "../people/read-person.ts";
import { idempotencyKeys, people } from "../tables.ts";
import {
  alreadyThere,
  askMembership,
  openMembership,
  refusePestering,
  refuseTooMany,
} from "./ask-membership.ts";
import { lockOrganization, refuseClosed } from "./lock-membership.ts";
import { refuseUnlessRole } from "./organization-rights.ts";
import { personAtPhone } from "./person-at-phone.ts";
import { beginMembership } from "./settle-membership.ts";

type Input = HandlerInput<typeof contract>;

/**
 * A manager names a member, who is asked. One who has asked to join is let in by it. Throws `not-your-organization`
 * (403), `person-unknown` (404), `already-member`, `already-asked`, `refused-lately`, `wants-no-questions`, `organization-closed` and
 * `too-many-asked` (409, the last while no operator has verified the organization).
 */
export async function addMember(
  { db, clock, key }: Means & { key: RefusalKey },
  context: Context,
  { params: { organizationId }, body }: Input,
): Promise<HandlerAnswer<typeof contract>> {
  const act = actOf(context, clock());
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const organization = await lockOrganization(tx, organizationId);
      await refuseUnlessRole(tx, context.actor, organizationId, ["manager"]);
      refuseClosed(organization);
      const personId = await personMeant(tx, key, act, body);
      const open = await openMembership(tx, personId, organizationId);
      if (open?.state === "asked" && open.origin === "joined") {
        await beginMembership(tx, act, { membership: open, organization });
        return { membership: { membershipId: open.id, state: "active" as const } };
      }
      if (open) throw alreadyThere(open);
      const origin = organization.state === "forming" ? ("group" as const) : ("added" as const);
      const asked = { personId, organizationId, role: body.role, origin, namedAs: body.name ?? personId };
      await refusePestering(tx, act, asked);
      if (!organization.verifiedAt) await refuseTooMany(tx, { organizationId });
      const membershipId = await askMembership(tx, act, asked);
      return { membership: { membershipId, state: "asked" as const } };
    }),
  );
}

async function personMeant(
  tx: Transaction,
  key: RefusalKey,
  act: Act,
  { personId, phone, name }: Input["body"],
): Promise<string> {
  if (phone !== undefined && name !== undefined) return personAtPhone(tx, key, act, { phone, name });
  if (personId === undefined) throw new DomainError("invalid", "nobody-named", "Name a person.");
  await refuseUnlessActive(tx, personId);
  return personId;
}

/** Throws `person-unknown` (404) also for who was invited and has not agreed, and for who was erased. */
export async function refuseUnlessActive(tx: Transaction, personId: string): Promise<void> {
  const [person] = await tx
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.id, personId), eq(people.state, "active")));
  if (!person) throw personUnknown();
}
