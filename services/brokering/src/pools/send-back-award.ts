import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { sendBackPoolAward as contract } from "@minka/contracts/pool-awards";
import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState } from "@minka/domain/lifecycle";
import { actOf, humansOf, type Context } from "@minka/service/act";
import { and, eq, inArray } from "@minka/database/query";
import { record } from "../acting.ts";
import { idempotencyKeys } from "../tables.ts";
import { findAward, refuseIfReplaced, refuseUnlessProposed } from "./approve-award.ts";
import { closeAward, endPool, recomputePool, reopenPool } from "./end-pool.ts";
import { findPool, lockPool } from "./lock-pool.ts";
import { noteParts } from "./note-parts.ts";
import { longestDays, type Calling } from "./open-pool.ts";
import { poolLifecycle } from "./pool-lifecycle.ts";
import { poolQuotes } from "./pool-quotes-tables.ts";
import { refuseUnlessOrganizer } from "../organizers/organizer.ts";
import { organizerRole } from "./pool-rights.ts";
import type { PoolRow } from "./pools-tables.ts";

const dayMs = 24 * 60 * 60 * 1000;

/**
 * The organizer does not take the award as it is. Who has it computed anew is its maker: somebody else approves it.
 * `no-such-award` (404), `award-replaced`, `award-decided`, `deadline-too-far` (409), `no-such-quote` (422).
 */
export async function sendBackAward(
  { db, clock, call }: Calling,
  context: Context,
  { params: { awardId }, body: { reason, next: step } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  const { poolId } = await findAward(db.read, awardId);
  await refuseUnlessOrganizer(call, context, await findPool(db.read, poolId));
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const pool = await lockPool(tx, poolId);
      const award = await findAward(tx, awardId);
      const act = actOf(context, clock());
      const role = organizerRole(context.actor);
      refuseIfReplaced(pool, award);
      nextState(poolLifecycle, pool.state, "recompute", role);
      refuseUnlessProposed(award);
      await closeAward(tx, awardId, "sent_back", reason);
      await record(tx, act, "pool-award.send-back", `pool-award:${awardId}`);
      await noteParts(tx, act, pool, "negotiated", context.actor);
      const state = await follow();
      return { poolId, state };

      async function follow(): Promise<PoolRow["state"]> {
        if (step.do === "cancel")
          return (await endPool(tx, act, { pool, role, cause: "organizer", reason })).state;
        if (step.do === "extend") {
          const deadline = laterDeadline(pool, act.at, step.days);
          return (await reopenPool(tx, act, { pool, role, deadline })).state;
        }
        await excludeQuotes(tx, poolId, step.withoutQuoteIds);
        const makers = humansOf(context.actor);
        return (await recomputePool(tx, act, { pool, role, because: "sent_back", makers })).state;
      }
    }),
  );
}

function laterDeadline({ openedAt }: PoolRow, now: Date, days: number): Date {
  const deadline = new Date(now.getTime() + days * dayMs);
  if (deadline.getTime() <= openedAt.getTime() + longestDays * dayMs) return deadline;
  throw new DomainError("conflict", "deadline-too-far", `A pool is open for ${longestDays} days at most.`);
}

async function excludeQuotes(tx: Transaction, poolId: string, quoteIds: readonly string[]): Promise<void> {
  if (quoteIds.length === 0) return;
  const excluded = await tx
    .update(poolQuotes)
    .set({ state: "excluded" })
    .where(
      and(
        eq(poolQuotes.poolId, poolId),
        eq(poolQuotes.state, "standing"),
        inArray(poolQuotes.id, [...quoteIds]),
      ),
    )
    .returning({ id: poolQuotes.id });
  const unknown = quoteIds.findIndex((id) => !excluded.some((quote) => quote.id === id));
  if (unknown >= 0)
    throw new DomainError("invalid", "no-such-quote", "This quote takes no part in the award.", {
      errors: [{ path: `body.next.withoutQuoteIds.${unknown}`, message: "takes no part in the award" }],
    });
}
