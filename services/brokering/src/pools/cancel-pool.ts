import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { cancelPool as contract, decidePool as deciding } from "@minka/contracts/pools";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context } from "@minka/service/act";
import { idempotencyKeys } from "../tables.ts";
import { endPool, recomputePool } from "./end-pool.ts";
import { findPool, lockPool } from "./lock-pool.ts";
import type { Calling } from "./open-pool.ts";
import { refuseUnlessOrganizer } from "../organizers/organizer.ts";
import { organizerRole } from "./pool-rights.ts";

/** The organizer calls it off; everybody is told why. `illegal-transition` (409) once it is ordered or over. */
export async function cancelPool(
  { db, clock, call }: Calling,
  context: Context,
  { params: { poolId }, body: { reason } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  await refuseUnlessOrganizer(call, context, await findPool(db.read, poolId));
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const pool = await lockPool(tx, poolId);
      const role = organizerRole(context.actor);
      const act = actOf(context, clock());
      const { state } = await endPool(tx, act, { pool, role, cause: "organizer", reason });
      return { poolId, state };
    }),
  );
}

/** Goes on with those who remain, or not. `nothing-to-decide` (409). */
export async function decidePool(
  { db, clock, call }: Calling,
  context: Context,
  { params: { poolId }, body: { decision } }: HandlerInput<typeof deciding>,
): Promise<Answer<typeof deciding>> {
  await refuseUnlessOrganizer(call, context, await findPool(db.read, poolId));
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const pool = await lockPool(tx, poolId);
      const role = organizerRole(context.actor);
      const act = actOf(context, clock());
      if (pool.state !== "undecided")
        throw new DomainError("conflict", "nothing-to-decide", "Nothing waits for this decision.");
      const { state } =
        decision === "cancel"
          ? await endPool(tx, act, { pool, role, cause: "organizer" })
          : await recomputePool(tx, act, { pool, role, because: "go_on", makers: [] });
      return { poolId, state };
    }),
  );
}
