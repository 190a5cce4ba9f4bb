import type { Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { and, eq, inArray, ne, sql } from "@minka/database/query";
import { contractSharePercent } from "./credit-days.ts";
import { withLender } from "./credit-lifecycle.ts";
import { credits, type CreditRow } from "./credits-tables.ts";

/**
 * A contract secures no more than its share, whoever lends on it: counted with the contract locked, so that of two
 * credits at once the second sees the first. `contract-share-exceeded` (409).
 */
export async function refuseBeyondContract(
  tx: Transaction,
  { id, lotContractId, contractCentimos, amountCentimos }: CreditRow,
): Promise<void> {
  if (lotContractId === null) return;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`lent on ${lotContractId}`}, 0))`);
  const [lent] = await tx
    .select({
      centimos: sql<number>`coalesce(sum(coalesce(${credits.approvedCentimos}, ${credits.amountCentimos})), 0)::float8`,
    })
    .from(credits)
    .where(
      and(
        eq(credits.lotContractId, lotContractId),
        ne(credits.id, id),
        inArray(credits.state, [...withLender]),
      ),
    );
  const mostCentimos = Math.floor(((contractCentimos ?? 0) * contractSharePercent) / 100);
  const lentCentimos = lent?.centimos ?? 0;
  if (lentCentimos + amountCentimos > mostCentimos)
    throw new DomainError("conflict", "contract-share-exceeded", "The contract secures no more.", {
      details: { lentCentimos, mostCentimos },
    });
}
