import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  listStock as listContract,
  listStockMovements as movementsContract,
  readStockMargins as marginsContract,
} from "@minka/contracts/stock";
import { DomainError } from "@minka/domain/errors";
import { addMonths, limaDay } from "@minka/domain/lima-time";
import { and, desc, eq, lt } from "@minka/database/query";
import type { PgColumn } from "@minka/database/table";
import { z } from "zod";
import { readManagedOrganizations } from "../providers/provider-rights.ts";
import type { Context, Services } from "../providers/register-provider.ts";
import { itemView, readItem, refuseUnlessBookkeeper } from "./stock-rights.ts";
import { stockItems, stockLines } from "./stock-tables.ts";
import { lineView } from "./write-stock.ts";

type Reading = Pick<Context, "actor" | "trace">;

/** Throws like `refuseUnlessBookkeeper`, and `cursor-wrong` (422). */
export async function listStock(
  { db, call }: Services,
  { actor, trace }: Reading,
  { params: { providerId }, query: { cursor, limit } }: HandlerInput<typeof listContract>,
): Promise<HandlerAnswer<typeof listContract>> {
  const managed = await readManagedOrganizations({ call }, actor, trace);
  await refuseUnlessBookkeeper(db.read, actor, providerId, managed, { writes: false });
  const rows = await db.read
    .select()
    .from(stockItems)
    .where(and(eq(stockItems.providerId, providerId), before(stockItems.id, cursor)))
    .orderBy(desc(stockItems.id))
    .limit(limit + 1);
  return { items: rows.slice(0, limit).map(itemView), next: nextOf(rows, limit) };
}

/** Throws like `refuseUnlessBookkeeper`, `stock-item-unknown` (404), `cursor-wrong` (422). */
export async function listStockMovements(
  { db, call }: Services,
  { actor, trace }: Reading,
  { params: { itemId }, query: { cursor, limit } }: HandlerInput<typeof movementsContract>,
): Promise<HandlerAnswer<typeof movementsContract>> {
  const managed = await readManagedOrganizations({ call }, actor, trace);
  const { providerId } = await readItem(db.read, itemId);
  await refuseUnlessBookkeeper(db.read, actor, providerId, managed, { writes: false });
  const rows = await db.read
    .select()
    .from(stockLines)
    .where(and(eq(stockLines.itemId, itemId), before(stockLines.id, cursor)))
    .orderBy(desc(stockLines.id))
    .limit(limit + 1);
  return { items: rows.slice(0, limit).map(lineView), next: nextOf(rows, limit) };
}

type Month = HandlerAnswer<typeof marginsContract>["months"][number];

/** By the day of the movement; what was sold cost what was on hand when it was written down. */
export async function readStockMargins(
  { db, clock, call }: Services,
  { actor, trace }: Reading,
  { params: { providerId }, query: { months } }: HandlerInput<typeof marginsContract>,
): Promise<HandlerAnswer<typeof marginsContract>> {
  const managed = await readManagedOrganizations({ call }, actor, trace);
  await refuseUnlessBookkeeper(db.read, actor, providerId, managed, { writes: false });
  const from = addMonths(`${limaDay(clock()).slice(0, 7)}-01`, 1 - months);
  const rows = await db.sql<Omit<Month, "marginCentimos">[]>`
    select to_char(m.day, 'YYYY-MM') as month,
           coalesce(sum(m.cost_centimos) filter (where m.kind = 'bought'), 0)::float8 as "boughtCentimos",
           coalesce(sum(m.packs::bigint * m.price_centimos) filter (where m.kind = 'sold'), 0)::float8
             as "soldCentimos",
           coalesce(sum(m.packs) filter (where m.kind = 'sold'), 0)::int as "soldPacks",
           coalesce(sum(m.cost_centimos) filter (where m.kind = 'sold'), 0)::float8 as "costOfSoldCentimos",
           coalesce(sum(m.cost_centimos) filter (where m.kind = 'lost'), 0)::float8 as "lostCentimos"
      from catalog.stock_movements m
      join catalog.stock_items i on i.id = m.item_id
     where i.provider_id = ${providerId} and m.day >= ${from}
     group by 1 order by 1 desc`;
  return {
    months: rows.map((row) => ({ ...row, marginCentimos: row.soldCentimos - row.costOfSoldCentimos })),
  };
}

/** Ids grow with time, so the last id of a page says where the next one begins. */
function nextOf(rows: readonly { id: string }[], limit: number): string | null {
  return rows.length > limit ? (rows[limit - 1]?.id ?? null) : null;
}

function before(id: PgColumn, cursor: string | undefined) {
  if (cursor === undefined) return undefined;
  if (!z.uuid().safeParse(cursor).success)
    throw new DomainError("invalid", "cursor-wrong", "This cursor was not given by this list.");
  return lt(id, cursor);
}
