import { refuseWordless } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { Debt, listDebts as contract } from "@minka/contracts/payments";
import type { Queries } from "@minka/database/connect";
import type { Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { and, asc, eq, inArray, isNotNull } from "@minka/database/query";
import { refuseUnlessThemself } from "../authority.ts";
import { repayInOrder } from "../credits/repay-in-order.ts";
import { owing } from "../credits/credit-lifecycle.ts";
import { credits, instalments, type CreditRow } from "../credits/credits-tables.ts";
import { creditOfOrder } from "../deliveries/credits-given.ts";
import { poolOrders } from "../pools/pool-orders-tables.ts";
import { pools } from "../pools/pools-tables.ts";
import { nothingPaid, paidOfEach } from "./paid.ts";

/**
 * What a person owes now, also what they wrote down that they paid and nobody has confirmed; of credits nothing to who
 * acts for them. `not-yours`, `word-needed` (403).
 */
export async function listDebts(
  { db }: Pick<ServiceKit, "db">,
  { actor }: Context,
  { params: { personId } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  refuseUnlessThemself(actor, personId);
  refuseWordless(actor, personId);
  const acting = actor.kind === "person" && actor.through !== undefined;
  const [orders, loans] = await Promise.all([
    orderDebts(db.read, personId),
    acting ? [] : creditDebts(db.read, personId),
  ]);
  const debts = [...orders, ...loans];
  return { debts: debts.filter(({ owedCentimos, waitingCentimos }) => owedCentimos + waitingCentimos > 0) };
}

async function orderDebts(queries: Queries, personId: string): Promise<Debt[]> {
  const rows = await queries
    .select({ order: poolOrders, pool: pools })
    .from(poolOrders)
    .innerJoin(pools, eq(pools.id, poolOrders.poolId))
    .where(and(eq(poolOrders.personId, personId), eq(poolOrders.state, "final")))
    .orderBy(asc(poolOrders.id));
  const paid = await paidOfEach(
    queries,
    "pool-order",
    rows.map(({ order }) => order.id),
  );
  return Promise.all(
    rows.map(async ({ order, pool }): Promise<Debt> => {
      const { confirmed, back, waiting } = paid.get(order.id) ?? nothingPaid;
      const due = (order.totalCentimos ?? 0) - (await creditOfOrder(queries, order.id));
      return {
        subject: { kind: "pool-order", id: order.id },
        receiver: { party: { kind: pool.organizerKind, id: pool.organizerId }, name: pool.organizerName },
        title: pool.title,
        owedCentimos: Math.max(0, due - (confirmed - back) - waiting),
        waitingCentimos: waiting,
        next: null,
      };
    }),
  );
}

async function creditDebts(queries: Queries, personId: string): Promise<Debt[]> {
  const rows = await queries
    .select()
    .from(credits)
    .where(
      and(eq(credits.personId, personId), inArray(credits.state, [...owing]), isNotNull(credits.lenderId)),
    )
    .orderBy(asc(credits.id));
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const [due, paid] = await Promise.all([
    queries
      .select()
      .from(instalments)
      .where(inArray(instalments.creditId, ids))
      .orderBy(asc(instalments.creditId), asc(instalments.number)),
    paidOfEach(queries, "credit-instalment", ids),
  ]);
  return rows.flatMap((row) =>
    creditDebt(row, {
      instalments: due.filter(({ creditId }) => creditId === row.id),
      waiting: paid.get(row.id)?.waiting ?? 0,
    }),
  );
}

function creditDebt(
  { id, lenderId, lenderName }: CreditRow,
  given: { instalments: readonly (typeof instalments.$inferSelect)[]; waiting: number },
): Debt[] {
  if (lenderId === null) return [];
  const left = repayInOrder(given.instalments, given.waiting).filter(
    ({ totalCentimos, paidCentimos }) => paidCentimos < totalCentimos,
  );
  const [next] = left;
  return [
    {
      subject: { kind: "credit-instalment", id },
      receiver: { party: { kind: "provider", id: lenderId }, name: lenderName },
      title: null,
      owedCentimos: left.reduce((sum, each) => sum + each.totalCentimos - each.paidCentimos, 0),
      waitingCentimos: given.waiting,
      next: next ? { dueOn: next.dueOn, centimos: next.totalCentimos - next.paidCentimos } : null,
    },
  ];
}
