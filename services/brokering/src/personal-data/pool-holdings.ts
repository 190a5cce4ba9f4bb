import { theirRows, type Holding } from "@minka/database/holdings";
import { eq, or, sql } from "@minka/database/query";
import type { PgTable } from "@minka/database/table";
import {
  poolApprovalAsks,
  poolAwardOrders,
  poolAwards,
  poolInvoices,
  poolSupplies,
} from "../pools/pool-awards-tables.ts";
import { poolOrders } from "../pools/pool-orders-tables.ts";
import { poolQuotes } from "../pools/pool-quotes-tables.ts";
import { poolPoints, pools, poolSuppliers } from "../pools/pools-tables.ts";

/**
 * What brokering holds on people because of joint purchases. Rows stay when somebody is erased: what was ordered and
 * paid is the others' account too, and the id names nobody any more. What is open ends, and names go: see `leavePools`.
 */
export const poolHoldings: readonly Holding[] = [
  {
    table: poolOrders,
    of: ({ personId }) => eq(poolOrders.personId, personId),
    show: {
      section: "poolOrders",
      columns: {
        id: poolOrders.id,
        pool: sql`(select p.title from ${pools} p where p.id = pool_id)`,
        point: sql`(select pt.name from ${poolPoints} pt where pt.id = point_id)`,
        state: poolOrders.state,
        minimumPacks: poolOrders.minimumPacks,
        packs: poolOrders.packs,
        maximumPacks: poolOrders.maximumPacks,
        agreedPriceCentimos: poolOrders.agreedPriceCentimos,
        placedBy: poolOrders.placedBy,
        flags: poolOrders.flags,
        joinedAt: poolOrders.joinedAt,
        changedAt: poolOrders.changedAt,
        reasons: poolOrders.reasons,
        finalPacks: poolOrders.finalPacks,
        totalCentimos: poolOrders.totalCentimos,
      },
    },
    erase: "keep",
  },
  {
    // What they entered for others: when and in which pool, and nothing of whose it is.
    table: poolOrders,
    of: ({ personId }) => eq(poolOrders.placedBy, personId),
    show: {
      section: "poolOrdersEntered",
      columns: {
        id: poolOrders.id,
        pool: sql`(select p.title from ${pools} p where p.id = pool_id)`,
        joinedAt: poolOrders.joinedAt,
      },
    },
    erase: "keep",
  },
  {
    table: poolAwardOrders,
    of: ({ personId }) =>
      sql`${poolAwardOrders.orderId} in (select o.id from ${poolOrders} o where o.person_id = ${personId})`,
    show: {
      section: "poolAwards",
      columns: {
        orderId: poolAwardOrders.orderId,
        packs: poolAwardOrders.packs,
        goodsCentimos: poolAwardOrders.goodsCentimos,
        deliveryCentimos: poolAwardOrders.deliveryCentimos,
        feeCentimos: poolAwardOrders.feeCentimos,
        totalCentimos: poolAwardOrders.totalCentimos,
        reasons: poolAwardOrders.reasons,
      },
    },
    erase: "keep",
  },
  {
    table: poolAwards,
    of: ({ personId }) =>
      or(eq(poolAwards.approvedBy, personId), sql`${personId} = any(${poolAwards.makers})`),
    show: {
      section: "poolAwardsDecided",
      columns: {
        id: poolAwards.id,
        state: poolAwards.state,
        proposedAt: poolAwards.proposedAt,
        approvedAt: poolAwards.approvedAt,
      },
    },
    erase: "keep",
  },
  {
    table: pools,
    of: ({ personId }) => sql`${personId} = any(${pools.makers})`,
    show: {
      section: "poolsOpened",
      columns: {
        id: pools.id,
        organizer: pools.organizerName,
        title: pools.title,
        state: pools.state,
        openedAt: pools.openedAt,
      },
    },
    erase: "keep",
  },
  {
    table: poolSuppliers,
    of: ({ personId }) => eq(poolSuppliers.personId, personId),
    show: {
      section: "poolQuotesAsked",
      columns: {
        poolId: poolSuppliers.poolId,
        provider: poolSuppliers.providerName,
        invitedAt: poolSuppliers.invitedAt,
      },
    },
    erase: "keep",
  },
  {
    table: poolQuotes,
    of: ({ personId }) => eq(poolQuotes.personId, personId),
    show: {
      section: "poolQuotes",
      columns: {
        poolId: poolQuotes.poolId,
        provider: poolQuotes.providerName,
        version: poolQuotes.version,
        state: poolQuotes.state,
        tiers: poolQuotes.tiers,
        quotedAt: poolQuotes.quotedAt,
      },
    },
    erase: "keep",
  },
  {
    table: poolSupplies,
    of: ({ personId }) => eq(poolSupplies.personId, personId),
    show: {
      section: "poolSupplies",
      columns: {
        awardId: poolSupplies.awardId,
        state: poolSupplies.state,
        packs: poolSupplies.packs,
        goodsCentimos: poolSupplies.goodsCentimos,
        deliveryCentimos: poolSupplies.deliveryCentimos,
        declineReason: poolSupplies.declineReason,
        answeredAt: poolSupplies.answeredAt,
      },
    },
    erase: "keep",
  },
  theirRows(poolApprovalAsks, poolApprovalAsks.personId, "poolApprovalsAsked", {
    awardId: poolApprovalAsks.awardId,
    askedAt: poolApprovalAsks.askedAt,
  }),
];

/** Hold nothing on a person. */
export const impersonalPoolTables: readonly PgTable[] = [poolPoints, poolInvoices];
