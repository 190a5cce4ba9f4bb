import { actorLabel } from "@minka/contracts/actor";
import type { Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import { eq } from "@minka/database/query";
import { attentionItems, audit, idempotencyKeys } from "../tables.ts";

/**
 * An operator has dealt with an item. Throws `attention-not-found` (404) and, for one that somebody else was
 * quicker with, `attention-resolved` (409).
 */
export async function resolveItem(
  { db, clock }: { db: Database; clock: Clock },
  { actor, trace, claim }: CallContext,
  { itemId, note }: { itemId: string; note?: string | undefined },
): Promise<{ id: string }> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const [item] = await tx
        .select({ resolvedAt: attentionItems.resolvedAt })
        .from(attentionItems)
        .where(eq(attentionItems.id, itemId))
        .for("update");
      if (!item) throw new DomainError("not-found", "attention-not-found", "There is no such item.");
      if (item.resolvedAt) {
        throw new DomainError("conflict", "attention-resolved", "Somebody has dealt with it already.");
      }
      const at = clock();
      await tx
        .update(attentionItems)
        .set({ resolvedAt: at, resolvedBy: actorLabel(actor), note: note ?? null })
        .where(eq(attentionItems.id, itemId));
      await tx.insert(audit).values({
        id: newId(),
        at,
        actor: actorLabel(actor),
        action: "resolved-attention",
        subject: itemId,
        trace,
      });
      return { id: itemId };
    }),
  );
}
