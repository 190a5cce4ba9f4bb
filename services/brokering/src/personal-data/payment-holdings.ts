import { theirRows, type Holding } from "@minka/database/holdings";
import { or, eq, sql } from "@minka/database/query";
import type { PgTable } from "@minka/database/table";
import { poolClaims, poolCredits, poolDeliveries, poolReceipts } from "../deliveries/deliveries-tables.ts";
import { paymentAsks, payments } from "../payments/payments-tables.ts";
import { poolOrders } from "../pools/pool-orders-tables.ts";

const theirReceipts = (personId: string) => sql`(
  select r.id from ${poolReceipts} r join ${poolOrders} o on o.id = r.order_id where o.person_id = ${personId})`;

/**
 * What brokering holds on people because money and packs change hands. It is the other side's account too, and stays
 * without a name; what was asked of them goes.
 */
export const paymentHoldings: readonly Holding[] = [
  theirRows(paymentAsks, paymentAsks.personId, "paymentsAsked", {
    paymentId: paymentAsks.paymentId,
    askedAt: paymentAsks.askedAt,
  }),
  {
    table: payments,
    of: ({ personId }) =>
      or(
        eq(payments.payerId, personId),
        eq(payments.receiverId, personId),
        sql`${personId} = any(${payments.recordedBy})`,
      ),
    show: {
      section: "payments",
      columns: {
        id: payments.id,
        for: payments.subjectKind,
        payerId: payments.payerId,
        receiverId: payments.receiverId,
        amountCentimos: payments.amountCentimos,
        back: payments.back,
        deposit: payments.deposit,
        method: payments.method,
        operationNumber: payments.operationNumber,
        paidOn: payments.paidOn,
        state: payments.state,
        recordedAs: payments.recordedAs,
        recordedAt: payments.recordedAt,
        answeredAt: payments.answeredAt,
      },
    },
    erase: "keep",
  },
  {
    table: poolReceipts,
    of: ({ personId }) => sql`${poolReceipts.id} in ${theirReceipts(personId)}`,
    show: {
      section: "poolReceipts",
      columns: {
        id: poolReceipts.id,
        orderId: poolReceipts.orderId,
        packs: poolReceipts.packs,
        cameSound: poolReceipts.cameSound,
        state: poolReceipts.state,
        answeredAt: poolReceipts.answeredAt,
      },
    },
    erase: "keep",
  },
  {
    table: poolClaims,
    of: ({ personId }) => sql`${poolClaims.receiptId} in ${theirReceipts(personId)}`,
    show: {
      section: "poolClaims",
      columns: {
        receiptId: poolClaims.receiptId,
        reason: poolClaims.reason,
        packs: poolClaims.packs,
        state: poolClaims.state,
        raisedAt: poolClaims.raisedAt,
        answeredAt: poolClaims.answeredAt,
      },
    },
    erase: "keep",
  },
  {
    table: poolCredits,
    of: ({ personId }) =>
      sql`${poolCredits.orderId} in (select o.id from ${poolOrders} o where o.person_id = ${personId})`,
    show: {
      section: "poolCredits",
      columns: {
        orderId: poolCredits.orderId,
        goodsCentimos: poolCredits.goodsCentimos,
        deliveryCentimos: poolCredits.deliveryCentimos,
        feeCentimos: poolCredits.feeCentimos,
        at: poolCredits.at,
      },
    },
    erase: "keep",
  },
];

/** What a supplier brings where is about nobody. */
export const paymentImpersonal: readonly PgTable[] = [poolDeliveries];
