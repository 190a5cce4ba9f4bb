import { actorLabel } from "@minka/contracts/actor";
import type { Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import { eq } from "@minka/database/query";
import { attentionItems, audit } from "../tables.ts";

/** The whole phone behind an item; who looked is kept. Throws `attention-not-found` (404). */
export async function readContact(
  { db, clock }: { db: Database; clock: Clock },
  { actor, trace }: CallContext,
  { itemId }: { itemId: string },
): Promise<{ phone: string }> {
  return db.transaction(async (tx) => {
    const [item] = await tx
      .select({ phone: attentionItems.phone })
      .from(attentionItems)
      .where(eq(attentionItems.id, itemId));
    if (!item) throw new DomainError("not-found", "attention-not-found", "There is no such item.");
    await tx.insert(audit).values({
      id: newId(),
      at: clock(),
      actor: actorLabel(actor),
      action: "read-attention-contact",
      subject: itemId,
      trace,
    });
    return item;
  });
}
