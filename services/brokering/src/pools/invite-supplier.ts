import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { inviteSupplier as contract, listPoolSuppliers } from "@minka/contracts/pool-quotes";
import { readProviderContact } from "@minka/contracts/providers";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context } from "@minka/service/act";
import { asc, eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { idempotencyKeys } from "../tables.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { findPool, lockPool } from "./lock-pool.ts";
import type { Calling } from "./open-pool.ts";
import { refuseUnlessOrganizer } from "../organizers/organizer.ts";
import { poolSuppliers } from "./pools-tables.ts";

/** Invites one more supplier; one that is invited already is not told twice. `not-a-supplier`, `pool-closed` (409). */
export async function inviteSupplier(
  { db, clock, call }: Calling,
  context: Context,
  { params: { poolId }, body: { providerId } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  await refuseUnlessOrganizer(call, context, await findPool(db.read, poolId));
  const { trace } = context;
  const { name, kinds, personId } = await call(readProviderContact, { params: { providerId } }, { trace });
  if (!kinds.includes("supplier"))
    throw new DomainError("conflict", "not-a-supplier", "This provider is no supplier.");
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const pool = await lockPool(tx, poolId);
      const act = actOf(context, clock());
      if (pool.state !== "open" || act.at >= pool.deadline) throw poolClosed();
      const invited = await tx
        .insert(poolSuppliers)
        .values({ poolId, providerId, providerName: name, personId, found: false, invitedAt: act.at })
        .onConflictDoNothing()
        .returning({ providerId: poolSuppliers.providerId });
      if (invited.length > 0) {
        await record(tx, act, "pool.invite-supplier", `pool:${poolId} provider:${providerId}`);
        await tellPeople(tx, act, { kind: "pool-quote-wanted", id: poolId }, [personId]);
      }
      return { poolId, providerId };
    }),
  );
}

export async function listSuppliers(
  { db, call }: Pick<Calling, "db" | "call">,
  context: Context,
  poolId: string,
): Promise<Answer<typeof listPoolSuppliers>> {
  await refuseUnlessOrganizer(call, context, await findPool(db.read, poolId));
  const rows = await db.read
    .select()
    .from(poolSuppliers)
    .where(eq(poolSuppliers.poolId, poolId))
    .orderBy(asc(poolSuppliers.invitedAt), asc(poolSuppliers.providerId));
  return {
    suppliers: rows.map(({ providerId, providerName, found, invitedAt }) => ({
      providerId,
      name: providerName,
      found,
      invitedAt: invitedAt.toISOString(),
    })),
  };
}

/** The deadline is over, or the pool has ended: nobody joins, changes, leaves or is invited any more. */
export const poolClosed = () =>
  new DomainError("conflict", "pool-closed", "The deadline of this joint purchase is over.");
