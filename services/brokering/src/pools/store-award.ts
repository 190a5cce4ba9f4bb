import type { Queries, Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { Award } from "@minka/pooling/award-instance";
import type { Act } from "@minka/service/act";
import { and, desc, eq, inArray } from "@minka/database/query";
import { record } from "../acting.ts";
import { askPerson } from "../telling/asking.ts";
import { advanceAward } from "./advance-award.ts";
import { answerBy, decisionHours } from "./answer-by.ts";
import { closeAward } from "./end-pool.ts";
import { movePool } from "./lock-pool.ts";
import {
  poolApprovalAsks,
  poolAwardOrders,
  poolAwards,
  poolSupplies,
  type PoolAwardRow,
} from "./pool-awards-tables.ts";
import { poolQuotes } from "./pool-quotes-tables.ts";
import type { PoolRow } from "./pools-tables.ts";

type Awarded = Extract<Award, { outcome: "awarded" }>;

/** Rows in one statement: more would be too many parameters. */
const rowsAtOnce = 1_000;

/**
 * Keeps what was computed for a locked pool. It waits for a second person's approval; where members only left an
 * approved one and no other supplier comes in, its approval goes on, and a provider alone has nobody else to ask than
 * the members.
 */
export async function storeAward(
  tx: Transaction,
  act: Act,
  { pool, award, approvers }: { pool: PoolRow; award: Awarded; approvers: readonly string[] },
): Promise<void> {
  if (pool.computing === null) throw new Error("a pool that computes nothing");
  const last = await lastAward(tx, pool.id);
  await closeAward(tx, last?.id ?? null, "replaced");
  const follows = followsLast(pool);
  const goesOn = follows && last !== undefined && (await isOfSuppliersOf(tx, last, award));
  const approved = goesOn || pool.organizerKind === "provider";
  const row: PoolAwardRow = {
    id: newId(),
    poolId: pool.id,
    number: (last?.number ?? 0) + 1,
    state: approved ? "approved" : "proposed",
    cause: pool.computing,
    packs: award.packs,
    goodsCentimos: award.goodsCentimos,
    deliveryCentimos: award.deliveryCentimos,
    feeCentimos: award.feeCentimos,
    totalCentimos: award.totalCentimos,
    toleranceUsed: award.toleranceUsed,
    makers: makersOf(pool, last),
    proposedAt: act.at,
    approvedBy: goesOn ? last.approvedBy : null,
    approvedAt: goesOn ? last.approvedAt : null,
    sentBackReason: null,
  };
  await tx.insert(poolAwards).values(row);
  await insertLines(tx, row.id, award);
  await record(tx, act, "pool-award.propose", `pool-award:${row.id}`);
  if (approved)
    return advanceAward(tx, act, { pool: { ...pool, awardId: row.id }, award: row, role: "system" });
  await movePool(tx, act, {
    pool,
    step: "propose",
    role: "timer",
    set: { awardId: row.id, computing: null, nextAt: answerBy(act.at, decisionHours) },
  });
  await askApprovers(tx, act, { awardId: row.id, approvers });
}

/** Computed anew because of its members alone, so that nobody proposed anything new. */
const followsLast = ({ computing }: PoolRow): boolean =>
  computing === "members_left" || computing === "go_on";

/** Who proposes the award that is computed for a pool, and so does not approve it. `last` is its award until now. */
export function makersOf(pool: PoolRow, last: PoolAwardRow | undefined): string[] {
  return followsLast(pool) ? (last?.makers ?? []) : pool.computingFor;
}

export async function lastAward(queries: Queries, poolId: string): Promise<PoolAwardRow | undefined> {
  const [last] = await queries
    .select()
    .from(poolAwards)
    .where(eq(poolAwards.poolId, poolId))
    .orderBy(desc(poolAwards.number))
    .limit(1);
  return last;
}

/** Who approved the last one has seen all who bring this one. */
async function isOfSuppliersOf(tx: Transaction, last: PoolAwardRow, award: Awarded): Promise<boolean> {
  const supplies = await tx
    .select({ quoteId: poolSupplies.quoteId })
    .from(poolSupplies)
    .where(eq(poolSupplies.awardId, last.id));
  const seen = new Set(supplies.map(({ quoteId }) => quoteId));
  return award.suppliers.every(({ quoteId }) => seen.has(quoteId));
}

/** Has people asked by SMS to approve an award: each is a question of their own. */
export async function askApprovers(
  tx: Transaction,
  act: Act,
  { awardId, approvers }: { awardId: string; approvers: readonly string[] },
): Promise<void> {
  for (const personId of approvers) {
    const id = newId();
    await tx.insert(poolApprovalAsks).values({ id, awardId, personId, askedAt: act.at });
    await askPerson(tx, act, { kind: "pool-award", id });
  }
}

async function insertLines(tx: Transaction, awardId: string, award: Awarded): Promise<void> {
  const lines = award.orders.map(({ id: orderId, ...line }) => ({ awardId, orderId, ...line }));
  for (let from = 0; from < lines.length; from += rowsAtOnce)
    await tx.insert(poolAwardOrders).values(lines.slice(from, from + rowsAtOnce));
  const quotes = await tx
    .select({ id: poolQuotes.id, providerId: poolQuotes.providerId, personId: poolQuotes.personId })
    .from(poolQuotes)
    .where(
      and(
        inArray(
          poolQuotes.id,
          award.suppliers.map(({ quoteId }) => quoteId),
        ),
      ),
    );
  await tx.insert(poolSupplies).values(
    award.suppliers.map((supplier) => {
      const quote = quotes.find(({ id }) => id === supplier.quoteId);
      if (!quote) throw new Error("an award of a quote that is not there");
      const { providerId, personId } = quote;
      return { id: newId(), awardId, providerId, personId, state: "waiting" as const, ...supplier };
    }),
  );
}
