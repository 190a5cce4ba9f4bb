import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { listProviderPools as contract } from "@minka/contracts/pool-quotes";
import type { Context } from "@minka/service/act";
import { and, desc, eq, inArray, lt } from "@minka/database/query";
import { refuseUnlessProvider } from "../authority.ts";
import { uuidCursor } from "./list-pools.ts";
import type { Calling } from "./open-pool.ts";
import { poolAwards, poolInvoices, poolSupplies } from "./pool-awards-tables.ts";
import { poolQuotes } from "./pool-quotes-tables.ts";
import { standingViews } from "./pool-view.ts";
import { quoteView } from "./quote-pool.ts";
import { isSealedFor } from "./sealed-quotes.ts";
import { pools, poolSuppliers } from "./pools-tables.ts";

/** Where a supplier may quote or has quoted, the newest pool first. */
export async function listProviderPools(
  { db, call }: Pick<Calling, "db" | "call">,
  context: Context,
  { params: { providerId }, query: { cursor, limit } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  await refuseUnlessProvider(call, context, providerId);
  const rows = await db.read
    .select({ pool: pools })
    .from(poolSuppliers)
    .innerJoin(pools, eq(pools.id, poolSuppliers.poolId))
    .where(
      and(
        eq(poolSuppliers.providerId, providerId),
        cursor === undefined ? undefined : lt(pools.id, uuidCursor(cursor)),
      ),
    )
    .orderBy(desc(pools.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit).map(({ pool }) => pool);
  const quotes = await standingQuotes();
  const supplies = await newestSupplies();
  const views = await standingViews(db.read, shown);
  return {
    items: shown.flatMap((pool, index) => {
      const view = views[index];
      const quote = quotes.find(({ poolId }) => poolId === pool.id);
      return view
        ? [
            {
              pool: view,
              quote: quote && !isSealedFor(context, pool) ? quoteView(pool, quote) : null,
              supply: supplies.get(pool.id) ?? null,
            },
          ]
        : [];
    }),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };

  async function standingQuotes() {
    if (shown.length === 0) return [];
    return db.read
      .select()
      .from(poolQuotes)
      .where(
        and(
          eq(poolQuotes.providerId, providerId),
          eq(poolQuotes.state, "standing"),
          inArray(
            poolQuotes.poolId,
            shown.map(({ id }) => id),
          ),
        ),
      );
  }

  async function newestSupplies() {
    const awardIds = shown.flatMap(({ awardId }) => awardId ?? []);
    if (awardIds.length === 0) return new Map<string, never>();
    const found = await db.read
      .select({ supply: poolSupplies, poolId: poolAwards.poolId, invoiceId: poolInvoices.id })
      .from(poolSupplies)
      .innerJoin(poolAwards, eq(poolAwards.id, poolSupplies.awardId))
      .leftJoin(
        poolInvoices,
        and(eq(poolInvoices.awardId, poolSupplies.awardId), eq(poolInvoices.quoteId, poolSupplies.quoteId)),
      )
      .where(
        and(
          inArray(poolSupplies.awardId, awardIds),
          eq(poolSupplies.providerId, providerId),
          inArray(poolSupplies.state, ["asked", "confirmed"]),
        ),
      );
    return new Map(
      found.map(({ supply, poolId, invoiceId }) => [
        poolId,
        {
          awardId: supply.awardId,
          quoteId: supply.quoteId,
          packs: supply.packs,
          totalCentimos: supply.goodsCentimos + supply.deliveryCentimos,
          answerBy: supply.state === "asked" ? (supply.answerBy?.toISOString() ?? null) : null,
          invoiceId,
        },
      ]),
    );
  }
}
