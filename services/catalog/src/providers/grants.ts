import { actorLabel } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  grantOffers as grantContract,
  withdrawGrant as withdrawContract,
} from "@minka/contracts/provider-details";
import type { Queries } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { and, asc, eq, isNull } from "@minka/database/query";
import { idempotencyKeys } from "../tables.ts";
import {
  lockGovernedProvider,
  lockProvider,
  partIn,
  readManagedOrganizations,
  refuseUnlessManager,
} from "./provider-rights.ts";
import { providerGrants } from "./providers-tables.ts";
import { readActiveOrganization } from "./read-active-organization.ts";
import { recordAct } from "./record-act.ts";
import type { Context, Services } from "./register-provider.ts";

/** The organizations whose managers may manage a provider's offers today. */
export async function currentGrants(queries: Queries, providerId: string) {
  const rows = await queries
    .select()
    .from(providerGrants)
    .where(and(eq(providerGrants.providerId, providerId), isNull(providerGrants.withdrawnAt)))
    .orderBy(asc(providerGrants.grantedAt), asc(providerGrants.id));
  return rows.map(({ organizationId, grantedAt }) => ({ organizationId, since: limaDay(grantedAt) }));
}

/**
 * Lets an organization manage the provider's offers. Only the provider's own managers give this: throws
 * `not-your-provider` (403) for anybody else, operators too. A grant that holds is left as it is.
 */
export async function grantOffers(
  { db, clock, call }: Services,
  context: Context,
  { params: { providerId }, body: { organizationId } }: HandlerInput<typeof grantContract>,
): Promise<HandlerAnswer<typeof grantContract>> {
  const { actor, trace, claim } = context;
  await readActiveOrganization(call, organizationId, trace);
  const managed = await readManagedOrganizations({ call }, actor, trace);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const at = clock();
      const provider = await lockGovernedProvider(tx, actor, providerId, managed);
      if ((await partIn(tx, actor, provider, managed)) !== "manager")
        throw new DomainError(
          "forbidden",
          "not-your-provider",
          "Only the provider's own managers grant this.",
        );
      const held = await currentGrants(tx, providerId);
      if (!held.some((grant) => grant.organizationId === organizationId)) {
        await tx.insert(providerGrants).values({
          id: newId(),
          providerId,
          organizationId,
          grantedBy: actorLabel(actor),
          grantedAt: at,
        });
        await recordAct(tx, context, { at, action: "grant", providerId, about: organizationId });
      }
      return { grants: await currentGrants(tx, providerId) };
    }),
  );
}

/** Either side withdraws a grant. Throws `grant-unknown` (404). */
export async function withdrawGrant(
  { db, clock, call }: Services,
  context: Context,
  { params: { providerId, organizationId } }: HandlerInput<typeof withdrawContract>,
): Promise<HandlerAnswer<typeof withdrawContract>> {
  const { actor, trace } = context;
  const managed = await readManagedOrganizations({ call }, actor, trace);
  return db.transaction(async (tx) => {
    const at = clock();
    const provider = await lockProvider(tx, providerId);
    if (!managed.includes(organizationId)) await refuseUnlessManager(tx, actor, provider, managed);
    const withdrawn = await tx
      .update(providerGrants)
      .set({ withdrawnAt: at, withdrawnBy: actorLabel(actor) })
      .where(
        and(
          eq(providerGrants.providerId, providerId),
          eq(providerGrants.organizationId, organizationId),
          isNull(providerGrants.withdrawnAt),
        ),
      )
      .returning({ id: providerGrants.id });
    if (withdrawn.length === 0)
      throw new DomainError("not-found", "grant-unknown", "This organization has no such grant.");
    await recordAct(tx, context, { at, action: "withdraw-grant", providerId, about: organizationId });
    return { removed: true as const };
  });
}
