import { connectDatabase } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { apportion } from "@minka/domain/apportion";
import { timerAct } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { orderPool } from "../src/pools/order-pool.ts";
import { poolAwardOrders, poolAwards, poolInvoices, poolSupplies } from "../src/pools/pool-awards-tables.ts";
import { poolOrders } from "../src/pools/pool-orders-tables.ts";
import { poolQuotes } from "../src/pools/pool-quotes-tables.ts";
import { poolPoints, pools, type PoolRow } from "../src/pools/pools-tables.ts";
import { tocache } from "./fake-world.ts";
import type { BrokeringRun } from "./brokering-run.ts";

type Wanted = {
  /** Packs of each member. */
  members: readonly number[];
  /** What each supplier brings, at its own price; together as many packs as members get. */
  suppliers: readonly { packs: number; priceCentimos: number; deliveryCentimos: number }[];
  feeCentimosPerPack?: number;
  /** `asking_members`: nothing is ordered yet. */
  state?: "ordered" | "asking_members";
  title?: string;
  over?: Partial<PoolRow>;
};

/** A cooperative's purchase at one point: everybody has agreed, and it is ordered. */
export async function orderedPool(run: BrokeringRun, wanted: Wanted) {
  const { members, suppliers, feeCentimosPerPack = 0, state = "ordered", title = "Urea 46%" } = wanted;
  const cooperative = run.world.cooperative(members.length);
  const providers = suppliers.map((_, index) => run.world.provider(["supplier"], `Agroinsumos ${index + 1}`));
  const at = run.clock();
  const act = timerAct(at, "test-trace");
  const [poolId, pointId, awardId] = [newId(), newId(), newId()];
  const packs = sum(members);
  const goods = sum(suppliers.map((each) => each.packs * each.priceCentimos));
  const delivery = sum(suppliers.map((each) => each.deliveryCentimos));
  const goodsOf = apportion(goods, members);
  const deliveryOf = apportion(delivery, members);
  const lines = members.map((each, index) => ({
    orderId: newId(),
    personId: cooperative.members[index] ?? "",
    packs: each,
    goodsCentimos: goodsOf[index] ?? 0,
    deliveryCentimos: deliveryOf[index] ?? 0,
    feeCentimos: each * feeCentimosPerPack,
    totalCentimos: (goodsOf[index] ?? 0) + (deliveryOf[index] ?? 0) + each * feeCentimosPerPack,
  }));
  const quoted = suppliers.map((each, index) => ({ ...each, quoteId: newId(), provider: providers[index] }));
  const db = connectDatabase({ url: run.database.url("brokering"), name: "test-pool", maxConnections: 1 });
  try {
    await db.transaction(async (tx) => {
      const [pool] = await tx
        .insert(pools)
        .values({
          id: poolId,
          organizerKind: "organization",
          organizerId: cooperative.id,
          organizerName: "Cooperativa Cacao Alto",
          organizerIsGroup: false,
          makers: [cooperative.broker],
          state: "asking_members",
          title,
          product: "urea",
          packAmount: 50,
          packUnit: "kg",
          districts: [tocache],
          joiners: "members",
          deadline: at,
          minimumPacks: 1,
          split: true,
          sealed: true,
          deliveryShared: "by_point",
          feeCentimosPerPack,
          whenMissed: "smaller",
          extendDays: 7,
          confirmHours: 24,
          people: members.length,
          packs,
          mostPacks: packs,
          awardId,
          openedAt: at,
          suppliersInvitedAt: at,
          trace: act.trace,
          ...wanted.over,
        })
        .returning();
      await tx
        .insert(poolPoints)
        .values({ id: pointId, poolId, name: "Local comunal", districtCode: tocache });
      await tx.insert(poolOrders).values(
        lines.map(({ orderId, personId, packs: each }) => ({
          id: orderId,
          poolId,
          personId,
          pointId,
          state: "confirmed" as const,
          minimumPacks: each,
          packs: each,
          maximumPacks: each,
          joinedAt: at,
          changedAt: at,
          trace: act.trace,
        })),
      );
      const [award] = await tx
        .insert(poolAwards)
        .values({
          id: awardId,
          poolId,
          number: 1,
          state: "approved",
          cause: "deadline",
          packs,
          goodsCentimos: goods,
          deliveryCentimos: delivery,
          feeCentimos: packs * feeCentimosPerPack,
          totalCentimos: goods + delivery + packs * feeCentimosPerPack,
          toleranceUsed: false,
          makers: [cooperative.broker],
          proposedAt: at,
        })
        .returning();
      for (const { quoteId, provider, packs: each, priceCentimos, deliveryCentimos } of quoted) {
        const supplier = { providerId: provider?.id ?? "", personId: provider?.owner ?? "" };
        await tx.insert(poolQuotes).values({
          ...supplier,
          id: quoteId,
          poolId,
          providerName: run.world.providers.get(supplier.providerId)?.name ?? "",
          version: 1,
          state: "standing",
          tiers: [{ minimumPacks: 1, priceCentimos }],
          deliveryCentimos: { [pointId]: deliveryCentimos },
          casePacks: 1,
          validUntil: at,
          quotedAt: at,
        });
        await tx.insert(poolSupplies).values({
          ...supplier,
          id: newId(),
          awardId,
          quoteId,
          state: "confirmed",
          packs: each,
          tierPriceCentimos: priceCentimos,
          goodsCentimos: each * priceCentimos,
          deliveryCentimos,
          points: { [pointId]: each },
        });
      }
      await tx
        .insert(poolAwardOrders)
        .values(lines.map(({ personId: _personId, ...line }) => ({ ...line, awardId, reasons: [] })));
      if (state === "ordered" && pool && award) await orderPool(tx, act, { pool, award });
    });
  } finally {
    await db.close();
  }
  const invoices = await run.owner.read
    .select({
      id: poolInvoices.id,
      providerId: poolInvoices.providerId,
      totalCentimos: poolInvoices.totalCentimos,
    })
    .from(poolInvoices)
    .where(eq(poolInvoices.poolId, poolId));
  await run.settle();
  return { poolId, pointId, cooperative, providers, orders: lines, invoices };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
