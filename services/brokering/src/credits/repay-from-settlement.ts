import type { Transaction } from "@minka/database/connect";
import type { LimaDay } from "@minka/domain/lima-time";
import type { Act } from "@minka/service/act";
import { and, asc, eq, gt, inArray, lte, sql } from "@minka/database/query";
import { endorsements } from "../endorsements/endorsements-tables.ts";
import { applyRepayment } from "./apply-repayment.ts";
import { owing } from "./credit-lifecycle.ts";
import { credits, instalments } from "./credits-tables.ts";

/**
 * What of some people's credits is kept back when an organization settles a lot: what is due up to a day and not paid,
 * of credits whose borrower agreed to it and for which this organization vouches on that condition. The oldest credit
 * of a person first. They are locked by their ids, so that it holds until the transaction ends.
 */
export async function dueFromSettlement(
  tx: Transaction,
  {
    organizationId,
    personIds,
    upTo,
  }: { organizationId: string; personIds: readonly string[]; upTo: LimaDay },
): Promise<{ creditId: string; personId: string; centimos: number }[]> {
  if (personIds.length === 0) return [];
  const agreed = await tx
    .select({ id: credits.id, personId: credits.personId })
    .from(credits)
    .where(
      and(
        inArray(credits.personId, [...personIds]),
        inArray(credits.state, [...owing]),
        eq(credits.repayFromSettlement, true),
        sql`exists (
          select 1 from ${endorsements} e
          where e.credit_id = ${credits.id} and e.organization_id = ${organizationId}
            and e.state in ('standing', 'called') and 'repay_from_settlement' = any(e.conditions))`,
      ),
    )
    .orderBy(asc(credits.id))
    .for("update");
  if (agreed.length === 0) return [];
  const due = await tx
    .select({
      creditId: instalments.creditId,
      centimos: sql<number>`sum(${instalments.totalCentimos} - ${instalments.paidCentimos})::int`,
    })
    .from(instalments)
    .where(
      and(
        inArray(
          instalments.creditId,
          agreed.map(({ id }) => id),
        ),
        lte(instalments.dueOn, upTo),
        gt(instalments.totalCentimos, instalments.paidCentimos),
      ),
    )
    .groupBy(instalments.creditId);
  return agreed.flatMap(({ id, personId }) => {
    const centimos = due.find(({ creditId }) => creditId === id)?.centimos ?? 0;
    return personId !== null && centimos > 0 ? [{ creditId: id, personId, centimos }] : [];
  });
}

/**
 * Counts what a lot's settlement kept back as paid, once for each lot and credit; each borrower is told. The caller
 * has the lot locked; credits are locked by their ids. Throws `nothing-owed` and `more-than-owed` (409) for what was
 * paid otherwise since `dueFromSettlement` said it: ask again in the same transaction.
 */
export async function repayFromSettlement(
  tx: Transaction,
  act: Act,
  { lotId, repayments }: { lotId: string; repayments: readonly { creditId: string; centimos: number }[] },
): Promise<void> {
  const inOrder = repayments
    .filter(({ centimos }) => centimos > 0)
    .toSorted((a, b) => (a.creditId < b.creditId ? -1 : 1));
  for (const { creditId, centimos } of inOrder)
    await applyRepayment(tx, act, { creditId, source: "settlement", sourceId: lotId, centimos });
}
