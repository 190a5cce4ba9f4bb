import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { closeOrganization as contract } from "@minka/contracts/organizations";
import { once } from "@minka/database/once";
import { limaDay } from "@minka/domain/lima-time";
import { actOf, type Context, type Means } from "@minka/service/act";
import { and, eq, inArray, sql } from "@minka/database/query";
import { record } from "../acts.ts";
import { lockOrganization, refuseClosed } from "../memberships/lock-membership.ts";
import { refuseUnlessRole } from "../memberships/organization-rights.ts";
import { idempotencyKeys, memberships, organizations } from "../tables.ts";
import { viewOrganization } from "./organization-view.ts";

/** The organization ends for everybody in it. Throws `not-your-organization` (403), `organization-closed` (409). */
export async function closeOrganization(
  { db, clock }: Means,
  context: Context,
  { params: { organizationId }, body: { reason } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const act = actOf(context, clock());
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const { actor } = context;
      const organization = await lockOrganization(tx, organizationId);
      await refuseUnlessRole(tx, actor, organizationId, ["manager"]);
      refuseClosed(organization);
      await tx
        .update(organizations)
        .set({ state: "closed", closedAt: act.at, closeReason: reason })
        .where(eq(organizations.id, organizationId));
      await tx
        .update(memberships)
        .set({
          state: "ended",
          endReason: "closed",
          expiresAt: null,
          settledAt: act.at,
          until: sql`case when ${memberships.state} = 'active' then ${limaDay(act.at)}::date end`,
        })
        .where(
          and(
            eq(memberships.organizationId, organizationId),
            inArray(memberships.state, ["asked", "active"]),
          ),
        );
      await record(tx, act, "organization.close", `organization:${organizationId}`);
      return { organization: await viewOrganization(tx, actor, organizationId, act.at) };
    }),
  );
}
