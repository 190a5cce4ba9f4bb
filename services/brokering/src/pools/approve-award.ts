import type { Answer } from "@minka/contracts/endpoint";
import type { approvePoolAward } from "@minka/contracts/pool-awards";
import type { Queries } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState } from "@minka/domain/lifecycle";
import { actOf, humansOf, type Context } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { refuseOwnProposal } from "../authority.ts";
import { idempotencyKeys } from "../tables.ts";
import { advanceAward } from "./advance-award.ts";
import { askedApprovers } from "./end-pool.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { findPool, lockPool } from "./lock-pool.ts";
import { noteParts } from "./note-parts.ts";
import type { Calling } from "./open-pool.ts";
import { poolAwards, type PoolAwardRow } from "./pool-awards-tables.ts";
import { poolLifecycle } from "./pool-lifecycle.ts";
import { refuseUnlessOrganizer } from "../organizers/organizer.ts";
import { organizerRole } from "./pool-rights.ts";

/**
 * A second person of the organizer's takes the award, and its suppliers are asked. `no-such-award` (404),
 * `not-your-organization`, `own-proposal` (403), `award-replaced`, `illegal-transition` (409).
 */
export async function approveAward(
  { db, clock, call }: Calling,
  context: Context,
  awardId: string,
): Promise<Answer<typeof approvePoolAward>> {
  const { poolId } = await findAward(db.read, awardId);
  await refuseUnlessOrganizer(call, context, await findPool(db.read, poolId));
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const pool = await lockPool(tx, poolId);
      const award = await findAward(tx, awardId);
      const act = actOf(context, clock());
      const role = organizerRole(context.actor);
      refuseIfReplaced(pool, award);
      nextState(poolLifecycle, pool.state, "ask_suppliers", role);
      refuseUnlessProposed(award);
      refuseOwnProposal(context.actor, award.makers);
      const [approvedBy = null] = humansOf(context.actor);
      const approved = { ...award, state: "approved" as const, approvedBy, approvedAt: act.at };
      await tx
        .update(poolAwards)
        .set({ state: "approved", approvedBy, approvedAt: act.at })
        .where(eq(poolAwards.id, awardId));
      await record(tx, act, "pool-award.approve", `pool-award:${awardId}`);
      await noteParts(tx, act, pool, "approved", context.actor);
      await endQuestions(tx, act, await askedApprovers(tx, awardId));
      await advanceAward(tx, act, { pool, award: approved, role });
      return { poolId, state: (await findPool(tx, poolId)).state };
    }),
  );
}

/** `no-such-award` (404). */
export async function findAward(queries: Queries, awardId: string): Promise<PoolAwardRow> {
  const [row] = await queries.select().from(poolAwards).where(eq(poolAwards.id, awardId));
  if (!row) throw new DomainError("not-found", "no-such-award", "There is no such award.");
  return row;
}

/** `award-replaced` (409): a later one takes its place. */
export function refuseIfReplaced(pool: { awardId: string | null }, award: { id: string }): void {
  if (pool.awardId === award.id) return;
  throw new DomainError("conflict", "award-replaced", "Another award has taken its place.", {
    details: { awardId: pool.awardId },
  });
}

export function refuseUnlessProposed({ state }: PoolAwardRow): void {
  if (state !== "proposed")
    throw new DomainError("conflict", "award-decided", "It has been decided on already.");
}
