import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { answerSupply as contract } from "@minka/contracts/pool-awards";
import type { Queries, Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Act, type Context } from "@minka/service/act";
import { and, eq, inArray } from "@minka/database/query";
import { record } from "../acting.ts";
import { refuseUnlessProvider } from "../authority.ts";
import { idempotencyKeys } from "../tables.ts";
import { askMembers } from "./advance-award.ts";
import { findAward, refuseIfReplaced } from "./approve-award.ts";
import { recomputePool } from "./end-pool.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { findPool, lockPool } from "./lock-pool.ts";
import type { Calling } from "./open-pool.ts";
import { poolAwards, poolSupplies, type PoolAwardRow, type PoolSupplyRow } from "./pool-awards-tables.ts";
import { poolQuotes } from "./pool-quotes-tables.ts";
import type { PoolRow } from "./pools-tables.ts";

/**
 * A supplier says whether it brings what it was awarded; the same again changes nothing. `no-such-supply` (404),
 * `not-your-provider` (403), `award-replaced`, `supply-answered` (409).
 */
export async function answerSupply(
  { db, clock, call }: Calling,
  context: Context,
  { params: { awardId, quoteId }, body }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  const { confirmed, reason } = body;
  const { poolId } = await findAward(db.read, awardId);
  const { id, providerId } = await findSupply(db.read, awardId, quoteId);
  await refuseUnlessProvider(call, context, providerId);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const pool = await lockPool(tx, poolId);
      const supply = await findSupply(tx, awardId, quoteId);
      const act = actOf(context, clock());
      const said = confirmed ? "confirmed" : "declined";
      if (supply.state === said) return { poolId, state: pool.state };
      refuseIfReplaced(pool, { id: awardId });
      if (supply.state !== "asked" || pool.state !== "asking_suppliers")
        throw new DomainError("conflict", "supply-answered", "It was answered, or its time is over.");
      await tx
        .update(poolSupplies)
        .set({ state: said, answeredAt: act.at, declineReason: confirmed ? null : (reason ?? null) })
        .where(eq(poolSupplies.id, id));
      await record(tx, act, confirmed ? "pool-supply.confirm" : "pool-supply.decline", `pool-supply:${id}`);
      await endQuestions(tx, act, [supply.personId]);
      const award = await findAward(tx, awardId);
      if (confirmed) await goOn(tx, act, { pool, award });
      else await loseSupplies(tx, act, { pool, award, lost: [supply] });
      return { poolId, state: (await findPool(tx, poolId)).state };
    }),
  );
}

async function goOn(
  tx: Transaction,
  act: Act,
  { pool, award }: { pool: PoolRow; award: PoolAwardRow },
): Promise<void> {
  const [open] = await tx
    .select({ id: poolSupplies.id })
    .from(poolSupplies)
    .where(and(eq(poolSupplies.awardId, award.id), eq(poolSupplies.state, "asked")))
    .limit(1);
  if (!open) await askMembers(tx, act, { pool, award });
}

/** Whoever does not bring it takes no part in the next award, which is approved as this one was. */
export async function loseSupplies(
  tx: Transaction,
  act: Act,
  { pool, award, lost }: { pool: PoolRow; award: PoolAwardRow; lost: readonly PoolSupplyRow[] },
): Promise<void> {
  await tx
    .update(poolQuotes)
    .set({ state: "declined" })
    .where(
      inArray(
        poolQuotes.id,
        lost.map(({ quoteId }) => quoteId),
      ),
    );
  await tx.update(poolAwards).set({ state: "replaced" }).where(eq(poolAwards.id, award.id));
  await recomputePool(tx, act, {
    pool,
    role: "system",
    because: "supplier_declined",
    makers: award.makers,
  });
}

async function findSupply(queries: Queries, awardId: string, quoteId: string): Promise<PoolSupplyRow> {
  const [row] = await queries
    .select()
    .from(poolSupplies)
    .where(and(eq(poolSupplies.awardId, awardId), eq(poolSupplies.quoteId, quoteId)));
  if (!row) throw new DomainError("not-found", "no-such-supply", "It delivers nothing of this award.");
  return row;
}
