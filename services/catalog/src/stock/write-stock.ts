import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  addStockItem as addContract,
  writeStockMovement as writeContract,
} from "@minka/contracts/stock";
import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { addDays, limaDay, type LimaDay } from "@minka/domain/lima-time";
import { and, eq, isNull, sql } from "@minka/database/query";
import { readManagedOrganizations } from "../providers/provider-rights.ts";
import { recordAct } from "../providers/record-act.ts";
import type { Context, Services } from "../providers/register-provider.ts";
import { idempotencyKeys, offers } from "../tables.ts";
import { moveStock } from "./move-stock.ts";
import { itemView, itemUnknown, refuseUnlessBookkeeper, type StockRow } from "./stock-rights.ts";
import { stockItems, stockLines } from "./stock-tables.ts";

/** What was forgotten is written down later, and a year later nobody knows it any more. */
const lateDays = 366;

/**
 * Begins a page of a provider's book. Throws like `refuseUnlessBookkeeper`, `offer-unknown` (404) for none of its own,
 * `nothing-in-stock` (422) for one that is no goods, `stock-item-exists` (409) with its `itemId`.
 */
export async function addStockItem(
  { db, clock, call }: Services,
  context: Context,
  { params: { providerId }, body }: HandlerInput<typeof addContract>,
): Promise<HandlerAnswer<typeof addContract>> {
  const { actor, trace, claim } = context;
  const managed = await readManagedOrganizations({ call }, actor, trace);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      await refuseUnlessBookkeeper(tx, actor, providerId, managed, { writes: true });
      const at = clock();
      const offerId = "offerId" in body ? body.offerId : null;
      const name = "offerId" in body ? await readOfferName(tx, providerId, body.offerId) : body.name;
      const row = {
        id: newId(),
        providerId,
        offerId,
        name,
        packs: 0,
        valueCentimos: 0,
        lastOn: null,
        createdAt: at,
      };
      const added = await tx.insert(stockItems).values(row).onConflictDoNothing().returning();
      if (added.length === 0) throw await itemExists(tx, row);
      await recordAct(tx, context, { at, action: "add-stock-item", providerId, about: row.id });
      return { item: itemView(row) };
    }),
  );
}

async function readOfferName(tx: Transaction, providerId: string, offerId: string): Promise<string> {
  const [offer] = await tx
    .select({ kind: offers.kind, title: offers.title })
    .from(offers)
    .where(and(eq(offers.id, offerId), eq(offers.providerId, providerId)));
  if (!offer) throw new DomainError("not-found", "offer-unknown", "There is no such offer.");
  if ((offer.kind !== "input" && offer.kind !== "equipment") || offer.title === null)
    throw new DomainError("invalid", "nothing-in-stock", "Only goods are in stock.", {
      errors: [{ path: "body.offerId", message: "is no offer of inputs or equipment" }],
    });
  return offer.title;
}

async function itemExists(tx: Transaction, { providerId, offerId, name }: StockRow): Promise<DomainError> {
  const [same] = await tx
    .select({ id: stockItems.id })
    .from(stockItems)
    .where(
      and(
        eq(stockItems.providerId, providerId),
        offerId === null
          ? and(isNull(stockItems.offerId), sql`lower(${stockItems.name}) = lower(${name})`)
          : eq(stockItems.offerId, offerId),
      ),
    );
  return new DomainError("conflict", "stock-item-exists", "The book has a page for it.", {
    details: { itemId: same?.id ?? null },
  });
}

/**
 * Writes down what came or went. Throws like `refuseUnlessBookkeeper`, `stock-item-unknown` (404), `stock-short` (409)
 * with the `packs` on hand, `stock-day-out-of-range` (422).
 */
export async function writeStockMovement(
  { db, clock, call }: Services,
  context: Context,
  { params: { itemId }, body }: HandlerInput<typeof writeContract>,
): Promise<HandlerAnswer<typeof writeContract>> {
  const { actor, trace, claim } = context;
  refuseOutOfRange(body.day, limaDay(clock()));
  const managed = await readManagedOrganizations({ call }, actor, trace);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const item = await lockItem(tx, itemId);
      const { providerId } = item;
      await refuseUnlessBookkeeper(tx, actor, providerId, managed, { writes: true });
      const at = clock();
      const { kind, packs, day, reason = null } = body;
      const priceCentimos = "priceCentimos" in body ? body.priceCentimos : null;
      const moved = moveStock(item, { kind, packs, priceCentimos });
      if (!moved)
        throw new DomainError("conflict", "stock-short", "There are not so many packs.", {
          details: { packs: item.packs },
        });
      const { costCentimos, ...onHand } = moved;
      const lastOn = item.lastOn !== null && item.lastOn > day ? item.lastOn : day;
      await tx
        .update(stockItems)
        .set({ ...onHand, lastOn })
        .where(eq(stockItems.id, itemId));
      const line = {
        id: newId(),
        itemId,
        kind,
        packs,
        priceCentimos,
        costCentimos,
        day,
        reason,
        packsAfter: onHand.packs,
        writtenBy: actor.kind === "person" ? actor.personId : null,
        writtenAt: at,
      };
      await tx.insert(stockLines).values(line);
      await recordAct(tx, context, { at, action: `stock-${kind}`, providerId, about: itemId });
      return { movement: lineView(line), item: itemView({ ...item, ...onHand, lastOn }) };
    }),
  );
}

async function lockItem(tx: Transaction, itemId: string): Promise<StockRow> {
  const [item] = await tx.select().from(stockItems).where(eq(stockItems.id, itemId)).for("update");
  if (!item) throw itemUnknown();
  return item;
}

type Line = typeof stockLines.$inferSelect;

export function lineView({ itemId: _itemId, writtenAt, ...line }: Line) {
  return { ...line, writtenAt: writtenAt.toISOString() };
}

function refuseOutOfRange(day: LimaDay, today: LimaDay): void {
  if (day <= today && day >= addDays(today, -lateDays)) return;
  throw new DomainError("invalid", "stock-day-out-of-range", "Up to today, and within a year.", {
    errors: [{ path: "body.day", message: "lies ahead, or more than a year back" }],
  });
}
