import type { PoolReport } from "@minka/contracts/pool-reports";
import type { Queries } from "@minka/database/connect";
import type { Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { and, asc, eq, inArray, or } from "@minka/database/query";
import {
  creditedSum,
  creditsByInvoice,
  creditsByOrder,
  nothingCredited,
} from "../deliveries/credits-given.ts";
import { balance, nothingPaid, paidOfEach, type Paid } from "../payments/paid.ts";
import { namesOf } from "../payments/payment-parties.ts";
import { paymentView } from "../payments/payment-view.ts";
import { payments } from "../payments/payments-tables.ts";
import { findPool } from "../pools/lock-pool.ts";
import { poolInvoices } from "../pools/pool-awards-tables.ts";
import { poolOrders } from "../pools/pool-orders-tables.ts";
import { poolQuotes } from "../pools/pool-quotes-tables.ts";
import { refuseUnlessOrganizer } from "../organizers/organizer.ts";
import { poolPoints, type PoolRow } from "../pools/pools-tables.ts";
import { partsBySex } from "./parts-by-sex.ts";

/** `no-such-pool` (404), `not-your-organization`, `not-your-provider` (403). */
export async function readPoolReport(
  { db, call }: Pick<ServiceKit, "db" | "call">,
  context: Pick<Context, "actor" | "trace">,
  poolId: string,
): Promise<PoolReport> {
  const pool = await findPool(db.read, poolId);
  await refuseUnlessOrganizer(call, context, pool);
  const points = await db.read
    .select()
    .from(poolPoints)
    .where(eq(poolPoints.poolId, poolId))
    .orderBy(asc(poolPoints.name), asc(poolPoints.id));
  const withoutNames = await membersOf(db.read, pool, new Map(points.map(({ id, name }) => [id, name])));
  const personIds = withoutNames.map(({ personId }) => personId);
  const names = await namesOf(call, personIds, context.trace);
  const members = withoutNames.map((line) => ({ ...line, name: names.get(line.personId) ?? null }));
  const suppliers = await suppliersOf(db.read, pool);
  const ids = [...members.map(({ orderId }) => orderId), ...suppliers.map(({ invoiceId }) => invoiceId)];
  return {
    poolId,
    title: pool.title,
    state: pool.state,
    members: members.map(({ pointId: _point, feeCredit: _fee, ...line }) => line),
    points: points.map(({ id, name, districtCode }) => {
      const here = members.filter(({ pointId, packs }) => pointId === id && packs !== null);
      return {
        pointId: id,
        name,
        districtCode,
        members: here.length,
        packs: sum(here.map(({ packs }) => packs ?? 0)),
        dueCentimos: sum(here.map(({ dueCentimos }) => dueCentimos)),
      };
    }),
    suppliers,
    bySex: await partsBySex(call, members, context.trace),
    payments: await paymentsOf(db.read, ids),
    totals: {
      membersDueCentimos: sum(members.map(({ dueCentimos }) => dueCentimos)),
      suppliersDueCentimos: sum(suppliers.map(({ dueCentimos }) => dueCentimos)),
      feeCentimos: sum(members.map(({ feeCentimos, feeCredit }) => feeCentimos - feeCredit)),
      membersPaidCentimos: sum(members.map(({ paidCentimos }) => paidCentimos)),
      suppliersPaidCentimos: sum(suppliers.map(({ paidCentimos }) => paidCentimos)),
    },
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const net = ({ confirmed, back }: Paid) => Math.max(0, confirmed - back);

/** In the order in which they joined. */
async function membersOf(queries: Queries, { id: poolId }: PoolRow, points: ReadonlyMap<string, string>) {
  const rows = await queries
    .select()
    .from(poolOrders)
    .where(eq(poolOrders.poolId, poolId))
    .orderBy(asc(poolOrders.joinedAt), asc(poolOrders.id));
  const ids = rows.map(({ id }) => id);
  const paid = await paidOfEach(queries, "pool-order", ids);
  const credited = await creditsByOrder(queries, poolId);
  return rows.map((row) => {
    const credit = credited.get(row.id) ?? nothingCredited;
    const isFinal = row.state === "final";
    const dueCentimos = isFinal ? (row.totalCentimos ?? 0) - creditedSum(credit) : 0;
    const paidCentimos = net(paid.get(row.id) ?? nothingPaid);
    const takesDeposits = row.state === "joined" || row.state === "asked" || row.state === "confirmed";
    return {
      orderId: row.id,
      personId: row.personId,
      pointId: row.pointId,
      point: points.get(row.pointId) ?? "",
      state: row.state,
      wantedPacks: row.packs,
      packs: isFinal ? row.finalPacks : null,
      goodsCentimos: row.goodsCentimos ?? 0,
      deliveryCentimos: row.deliveryCentimos ?? 0,
      feeCentimos: row.feeCentimos ?? 0,
      creditCentimos: creditedSum(credit),
      feeCredit: credit.feeCentimos,
      dueCentimos,
      paidCentimos,
      ...balance({ dueCentimos, paidCentimos, takesDeposits }),
      reasons: row.reasons,
    };
  });
}

/** Who organizes and supplies owes itself nothing, and is owed by members. */
async function suppliersOf(queries: Queries, { id: poolId, organizerId }: PoolRow) {
  const rows = await queries
    .select({ invoice: poolInvoices, name: poolQuotes.providerName })
    .from(poolInvoices)
    .innerJoin(poolQuotes, eq(poolQuotes.id, poolInvoices.quoteId))
    .where(eq(poolInvoices.poolId, poolId))
    .orderBy(asc(poolQuotes.providerName), asc(poolInvoices.id));
  const ids = rows.map(({ invoice }) => invoice.id);
  const paid = await paidOfEach(queries, "pool-invoice", ids);
  const credited = await creditsByInvoice(queries, ids);
  return rows.map(({ invoice, name }) => {
    const { id, providerId, packs, goodsCentimos, deliveryCentimos, totalCentimos } = invoice;
    const creditCentimos = credited.get(id) ?? 0;
    const dueCentimos = totalCentimos - creditCentimos;
    const paidCentimos = net(paid.get(id) ?? nothingPaid);
    const owed =
      providerId === organizerId
        ? { owedCentimos: 0, backCentimos: 0 }
        : balance({ dueCentimos, paidCentimos });
    return {
      invoiceId: id,
      providerId,
      name,
      packs,
      goodsCentimos,
      deliveryCentimos,
      creditCentimos,
      dueCentimos,
      paidCentimos,
      ...owed,
    };
  });
}

async function paymentsOf(queries: Queries, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const kinds = or(eq(payments.subjectKind, "pool-order"), eq(payments.subjectKind, "pool-invoice"));
  const rows = await queries
    .select()
    .from(payments)
    .where(and(kinds, inArray(payments.subjectId, [...ids])))
    .orderBy(asc(payments.id));
  return rows.map(paymentView);
}
