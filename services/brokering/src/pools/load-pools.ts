import type { PoolProduct } from "@minka/contracts/pools";
import type { Database } from "@minka/database/connect";
import type { PackUnit } from "@minka/domain/vocabulary";
import { poolOrders } from "./pool-orders-tables.ts";
import { poolQuotes, type QuoteTier } from "./pool-quotes-tables.ts";
import { poolPoints, pools, poolSuppliers } from "./pools-tables.ts";

/** An open joint purchase of an organization that members and neighbours may join; ids are the loader's own. */
export type LoadedPool = {
  readonly id: string;
  readonly organizer: { readonly id: string; readonly name: string; readonly brokerId: string };
  readonly title: string;
  readonly product: PoolProduct;
  readonly pack: { readonly amount: number; readonly unit: PackUnit };
  readonly districts: readonly string[];
  readonly points: readonly { readonly id: string; readonly name: string; readonly districtCode: string }[];
  readonly deadline: Date;
  readonly minimumPacks: number;
  readonly suppliers: readonly {
    readonly quoteId: string;
    readonly providerId: string;
    readonly name: string;
    readonly personId: string;
    readonly tiers: readonly QuoteTier[];
    /** By the point's id. */
    readonly deliveryCentimos: Readonly<Record<string, number>>;
  }[];
  readonly orders: readonly {
    readonly id: string;
    readonly personId: string;
    readonly pointId: string;
    readonly packs: number;
    /** What they were told that a pack costs when they joined, céntimos. */
    readonly agreedPriceCentimos: number;
  }[];
};

const dayMs = 24 * 60 * 60 * 1000;
const trace = "load-pools";

/**
 * Brings in joint purchases that are under way, with open quotes, as a seed does: nobody is written to until
 * something happens in them. One whose id is known is left as it is.
 */
export async function loadPools(db: Database, rows: readonly LoadedPool[], at: Date): Promise<void> {
  for (const row of rows)
    await db.transaction(async (tx) => {
      const { organizer, pack, orders } = row;
      const packs = orders.reduce((sum, order) => sum + order.packs, 0);
      const inserted = await tx
        .insert(pools)
        .values({
          id: row.id,
          organizerKind: "organization",
          organizerId: organizer.id,
          organizerName: organizer.name,
          organizerIsGroup: false,
          makers: [organizer.brokerId],
          state: "open",
          title: row.title,
          product: row.product,
          packAmount: pack.amount,
          packUnit: pack.unit,
          districts: [...row.districts],
          joiners: "members_and_neighbours",
          deadline: row.deadline,
          nextAt: row.deadline,
          minimumPacks: row.minimumPacks,
          split: true,
          sealed: false,
          deliveryShared: "by_point",
          feeCentimosPerPack: 0,
          whenMissed: "smaller",
          extendDays: 7,
          confirmHours: 24,
          people: orders.length,
          packs,
          mostPacks: packs,
          suppliersInvitedAt: at,
          openedAt: at,
          trace,
        })
        .onConflictDoNothing()
        .returning({ id: pools.id });
      if (inserted.length === 0) return;
      await tx.insert(poolPoints).values(row.points.map((point) => ({ ...point, poolId: row.id })));
      for (const { quoteId, name, providerId, personId, tiers, deliveryCentimos } of row.suppliers) {
        const supplier = { poolId: row.id, providerId, providerName: name, personId };
        await tx.insert(poolSuppliers).values({ ...supplier, found: true, invitedAt: at });
        await tx.insert(poolQuotes).values({
          ...supplier,
          id: quoteId,
          version: 1,
          state: "standing",
          tiers: [...tiers],
          deliveryCentimos,
          casePacks: 1,
          stockPacks: null,
          validUntil: new Date(row.deadline.getTime() + 14 * dayMs),
          quotedAt: at,
        });
      }
      if (orders.length > 0)
        await tx.insert(poolOrders).values(
          orders.map((order) => ({
            ...order,
            poolId: row.id,
            state: "joined" as const,
            minimumPacks: order.packs,
            maximumPacks: order.packs,
            joinedAt: at,
            changedAt: at,
            trace,
          })),
        );
    });
}
