import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import { eq } from "./query.ts";
import type { CommonTables } from "./columns.ts";
import type { Transaction } from "./connect.ts";

/** What makes a command the same command: who, where, which key; and a hash to notice another body. */
export type IdempotencyClaim = { readonly scope: string; readonly bodyHash: string };

/**
 * Does `work` once for a claim and remembers its answer with its effect, in one transaction. A repeat gets
 * the first answer; one that comes while the first still runs waits for it on the unique index, which
 * serves a retrying caller better than "in flight, try again". Without a claim it just does the work.
 * Answers must survive JSON. Throws `idempotency-key-reused` (422) when the same key brings another body.
 */
export async function once<Result>(
  tx: Transaction,
  { idempotencyKeys }: Pick<CommonTables, "idempotencyKeys">,
  { claim, clock }: { claim: IdempotencyClaim | null; clock: Clock },
  work: () => Promise<Result>,
): Promise<Result> {
  if (!claim) return work();
  const claimed = await tx
    .insert(idempotencyKeys)
    .values({ ...claim, answer: null, createdAt: clock() })
    .onConflictDoNothing()
    .returning({ scope: idempotencyKeys.scope });
  if (claimed.length === 0) {
    const [kept] = await tx.select().from(idempotencyKeys).where(eq(idempotencyKeys.scope, claim.scope));
    if (kept?.bodyHash !== claim.bodyHash) {
      throw keyReused();
    }
    return kept.answer as Result;
  }
  const answer = await work();
  await tx.update(idempotencyKeys).set({ answer }).where(eq(idempotencyKeys.scope, claim.scope));
  return answer;
}

export function keyReused(): DomainError {
  return new DomainError(
    "invalid",
    "idempotency-key-reused",
    "This Idempotency-Key was used with another body.",
  );
}
