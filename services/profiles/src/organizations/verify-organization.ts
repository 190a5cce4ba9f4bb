import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { verifyOrganization as contract } from "@minka/contracts/organizations";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context, type Means } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record } from "../acts.ts";
import { lockOrganization, refuseClosed } from "../memberships/lock-membership.ts";
import { roleIn } from "../memberships/organization-rights.ts";
import { idempotencyKeys, organizations } from "../tables.ts";
import { viewOrganization } from "./organization-view.ts";

/** Throws `not-your-own` (403) for an operator who registered the organization or belongs to it. */
export async function verifyOrganization(
  { db, clock }: Means,
  context: Context,
  { params: { organizationId } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const act = actOf(context, clock());
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const { actor } = context;
      const organization = await lockOrganization(tx, organizationId);
      refuseClosed(organization);
      const personId = actor.kind === "person" ? actor.personId : "";
      if (organization.registeredBy === personId || (await roleIn(tx, personId, organizationId))) {
        throw new DomainError("forbidden", "not-your-own", "Somebody else verifies what is yours.");
      }
      if (!organization.verifiedAt) {
        await tx
          .update(organizations)
          .set({ verifiedAt: act.at })
          .where(eq(organizations.id, organizationId));
        await record(tx, act, "organization.verify", `organization:${organizationId}`);
      }
      return { organization: await viewOrganization(tx, actor, organizationId, act.at) };
    }),
  );
}
