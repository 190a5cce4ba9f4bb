import type { Queries } from "@minka/database/connect";
import { eq, inArray } from "@minka/database/query";
import { lotContracts } from "../lots/contracts-tables.ts";
import { lots } from "../lots/lots-tables.ts";
import { lotAdvances, settlementLines } from "../lots/settlements-tables.ts";
import { poolInvoices } from "../pools/pool-awards-tables.ts";
import { poolOrders } from "../pools/pool-orders-tables.ts";
import { pools } from "../pools/pools-tables.ts";
import type { PaymentRow } from "./payments-tables.ts";

/** What payments are for, as people call it, by their subjects' ids; a credit has no title. */
export async function titlesOf(
  queries: Queries,
  rows: readonly Pick<PaymentRow, "subjectKind" | "subjectId">[],
): Promise<Map<string, string>> {
  const titles = await Promise.all([
    titled("pool-order", (ids) =>
      queries
        .select({ id: poolOrders.id, title: pools.title })
        .from(poolOrders)
        .innerJoin(pools, eq(pools.id, poolOrders.poolId))
        .where(inArray(poolOrders.id, ids)),
    ),
    titled("pool-invoice", (ids) =>
      queries
        .select({ id: poolInvoices.id, title: pools.title })
        .from(poolInvoices)
        .innerJoin(pools, eq(pools.id, poolInvoices.poolId))
        .where(inArray(poolInvoices.id, ids)),
    ),
    titled("settlement", (ids) =>
      queries
        .select({ id: settlementLines.id, title: lots.title })
        .from(settlementLines)
        .innerJoin(lots, eq(lots.id, settlementLines.lotId))
        .where(inArray(settlementLines.id, ids)),
    ),
    titled("lot-invoice", (ids) =>
      queries
        .select({ id: lotContracts.id, title: lots.title })
        .from(lotContracts)
        .innerJoin(lots, eq(lots.id, lotContracts.lotId))
        .where(inArray(lotContracts.id, ids)),
    ),
    titled("advance", (ids) =>
      queries
        .select({ id: lotAdvances.id, title: lots.title })
        .from(lotAdvances)
        .innerJoin(lots, eq(lots.id, lotAdvances.lotId))
        .where(inArray(lotAdvances.id, ids)),
    ),
  ]);
  return new Map(titles.flat().map(({ id, title }) => [id, title]));

  async function titled(
    kind: PaymentRow["subjectKind"],
    read: (ids: string[]) => Promise<{ id: string; title: string }[]>,
  ): Promise<{ id: string; title: string }[]> {
    const ids = rows.flatMap(({ subjectKind, subjectId }) => (subjectKind === kind ? [subjectId] : []));
    return ids.length === 0 ? [] : read(ids);
  }
}
