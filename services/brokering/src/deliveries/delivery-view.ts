import type { PoolDelivery } from "@minka/contracts/pool-deliveries";
import type { Actor } from "@minka/contracts/actor";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { addDays, limaDay } from "@minka/domain/lima-time";
import type { Caller } from "@minka/http/caller";
import { and, asc, eq, inArray, sql, type SQL } from "@minka/database/query";
import { refuseUnlessProvider } from "../authority.ts";
import { findPool } from "../pools/lock-pool.ts";
import { isOrganizer } from "../organizers/organizer.ts";
import { poolInvoices, poolSupplies } from "../pools/pool-awards-tables.ts";
import { poolQuotes } from "../pools/pool-quotes-tables.ts";
import { poolPoints } from "../pools/pools-tables.ts";
import { poolClaims, poolDeliveries, poolReceipts, type PoolDeliveryRow } from "./deliveries-tables.ts";

/** Deliveries with who brings them where, by point and part. */
export async function viewDeliveries(queries: Queries, which: SQL | undefined): Promise<PoolDelivery[]> {
  const rows = await queries
    .select({
      row: poolDeliveries,
      providerId: poolInvoices.providerId,
      providerName: poolQuotes.providerName,
      pointName: poolPoints.name,
      districtCode: poolPoints.districtCode,
      openClaims: sql<number>`(
        select count(*)::int from ${poolClaims} c join ${poolReceipts} r on r.id = c.receipt_id
         where r.delivery_id = ${poolDeliveries.id} and c.state = 'open')`,
    })
    .from(poolDeliveries)
    .innerJoin(poolInvoices, eq(poolInvoices.id, poolDeliveries.invoiceId))
    .innerJoin(poolQuotes, eq(poolQuotes.id, poolInvoices.quoteId))
    .innerJoin(poolPoints, eq(poolPoints.id, poolDeliveries.pointId))
    .where(which)
    .orderBy(asc(poolPoints.name), asc(poolPoints.id), asc(poolDeliveries.part), asc(poolDeliveries.id));
  return rows.map(({ row, ...rest }) => ({
    id: row.id,
    poolId: row.poolId,
    pointId: row.pointId,
    part: row.part,
    packs: row.packs,
    day: row.day,
    state: row.state,
    broughtAt: row.broughtAt?.toISOString() ?? null,
    ...rest,
  }));
}

export async function viewDelivery(queries: Queries, deliveryId: string): Promise<PoolDelivery> {
  const [view] = await viewDeliveries(queries, eq(poolDeliveries.id, deliveryId));
  if (!view) throw noSuchDelivery();
  return view;
}

/** `no-such-delivery` (404). */
export async function findDelivery(queries: Queries, deliveryId: string): Promise<PoolDeliveryRow> {
  const [row] = await queries.select().from(poolDeliveries).where(eq(poolDeliveries.id, deliveryId));
  if (!row) throw noSuchDelivery();
  return row;
}

/** The supplier of an invoice, with the contact person it named. */
export async function supplierOf(queries: Queries, invoiceId: string) {
  const [row] = await queries
    .select({ invoice: poolInvoices, supply: poolSupplies, quote: poolQuotes })
    .from(poolInvoices)
    .innerJoin(
      poolSupplies,
      and(eq(poolSupplies.awardId, poolInvoices.awardId), eq(poolSupplies.quoteId, poolInvoices.quoteId)),
    )
    .innerJoin(poolQuotes, eq(poolQuotes.id, poolInvoices.quoteId))
    .where(eq(poolInvoices.id, invoiceId));
  if (!row) throw noSuchDelivery();
  return row;
}

/** Whether what is brought is sold by the organizer itself, which then has no say in how much came. */
export async function isOrganizersOwn(
  queries: Queries,
  deliveryId: string,
  { organizerId }: { organizerId: string },
): Promise<boolean> {
  const { invoiceId } = await findDelivery(queries, deliveryId);
  const { invoice } = await supplierOf(queries, invoiceId);
  return invoice.providerId === organizerId;
}

type Asking = { readonly actor: Actor; readonly trace: string };

/** Throws `not-your-delivery` (403) for who is neither of the organizer nor of the supplier. Never in a transaction. */
export async function refuseUnlessEither(
  { read, call }: { read: Queries; call: Caller },
  asking: Asking,
  { poolId, invoiceId }: PoolDeliveryRow,
): Promise<void> {
  if (await isOrganizer(call, asking, await findPool(read, poolId))) return;
  const { invoice } = await supplierOf(read, invoiceId);
  try {
    await refuseUnlessProvider(call, asking, invoice.providerId);
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "forbidden") throw error;
    throw new DomainError("forbidden", "not-your-delivery", "You neither bring this nor have it brought.");
  }
}

/** How far ahead a day may be. */
const furthestDays = 180;

/** `day-wrong` (422) for one that is over or far off. */
export function refuseWrongDay(day: string, now: Date): void {
  const today = limaDay(now);
  if (day >= today && day <= addDays(today, furthestDays)) return;
  throw new DomainError("invalid", "day-wrong", "Nothing is brought on that day.", {
    errors: [{ path: "body.day", message: `is from today on, within ${furthestDays} days` }],
  });
}

/** Deliveries of a pool, of one supplier where it is given. */
export const ofPool = (poolId: string, providerId?: string): SQL | undefined =>
  and(
    eq(poolDeliveries.poolId, poolId),
    providerId === undefined ? undefined : inArray(poolInvoices.providerId, [providerId]),
  );

const noSuchDelivery = () => new DomainError("not-found", "no-such-delivery", "There is no such delivery.");
