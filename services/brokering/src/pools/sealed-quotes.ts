import { listOwnProviders } from "@minka/contracts/providers";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import type { Caller } from "@minka/http/caller";
import type { Context } from "@minka/service/act";
import { and, eq, inArray } from "@minka/database/query";
import { poolSuppliers, type PoolRow } from "./pools-tables.ts";

type Asking = Pick<Context, "actor" | "trace">;

/** Suppliers may still come to quote anew, and who had seen others' sealed quotes would know what to beat. */
const mayReopen = ["open", "closed", "proposed", "asking_suppliers"] as const;

/** Whether nobody but the organizer may know yet what suppliers quoted. */
export const mayQuoteAgain = ({ sealed, state }: PoolRow): boolean =>
  sealed && mayReopen.some((each) => each === state);

/** Whether not even the organizer may: until the deadline, also of an award that was before a later one. */
const isSealed = ({ sealed, state }: PoolRow): boolean => sealed && state === "open";

/** Whether who may speak for a supplier reads nothing of what it quoted. */
export const isSealedFor = (context: Asking, pool: PoolRow): boolean => isSealed(pool) && isOperator(context);

/** Operators help a supplier by entering what it says, and read no sealed quote back. */
export function isOperator({ actor }: Asking): boolean {
  return actor.kind === "person" && actor.operator;
}

/**
 * Of who speaks for the organizer: throws `quotes-sealed` (403) while what suppliers quoted is sealed; for those who
 * sell in the pool too, as long as they may quote once more. Never call it in a transaction.
 */
export async function refuseWhileSealed(
  { read, call }: { read: Queries; call: Caller },
  asking: Asking,
  pool: PoolRow,
): Promise<void> {
  if (isSealed(pool))
    throw new DomainError(
      "forbidden",
      "quotes-sealed",
      "Until the deadline only its supplier sees a quote, and what was awarded by it.",
    );
  if (mayQuoteAgain(pool) && (await isSupplier(read, call, asking, pool)))
    throw new DomainError(
      "forbidden",
      "quotes-sealed",
      "You sell in this purchase yourself: you see the quotes when nobody can quote anew.",
    );
}

/** Whether they act for somebody who was invited to quote. */
export async function isSupplier(
  queries: Queries,
  call: Caller,
  { actor, trace }: Asking,
  pool: PoolRow,
): Promise<boolean> {
  if (actor.kind !== "person") return false;
  const { personId } = actor;
  const { providers } = await call(listOwnProviders, { params: { personId } }, { trace });
  const own = providers.flatMap(({ id, as }) => (as === "granted" ? [] : [id]));
  if (own.length === 0) return false;
  const [invited] = await queries
    .select({ providerId: poolSuppliers.providerId })
    .from(poolSuppliers)
    .where(and(eq(poolSuppliers.poolId, pool.id), inArray(poolSuppliers.providerId, own)))
    .limit(1);
  return invited !== undefined;
}
