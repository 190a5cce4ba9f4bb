import { actorLabel } from "@minka/contracts/actor";
import type { Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import { eq } from "@minka/database/query";
import { operatorMessages } from "../desk/desk-tables.ts";
import { enqueueMessage } from "../sending/enqueue-message.ts";
import { attentionItems, audit, idempotencyKeys } from "../tables.ts";
import type { AttentionKind } from "./raise-attention.ts";

/** The phone's owner wrote and waits for an answer, which reaches a phone that said BAJA too. */
const wroteFirst: readonly AttentionKind[] = ["not_understood", "human_wanted", "complaint"];

/** An operator's own words as an SMS to the phone behind an item. Throws `attention-not-found` (404). */
export async function replyToItem(
  { db, clock }: { db: Database; clock: Clock },
  { actor, trace, claim }: CallContext,
  { itemId, text }: { itemId: string; text: string },
): Promise<{ messageId: string }> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const [item] = await tx
        .select({ kind: attentionItems.kind, phone: attentionItems.phone })
        .from(attentionItems)
        .where(eq(attentionItems.id, itemId));
      if (!item) throw new DomainError("not-found", "attention-not-found", "There is no such item.");
      const at = clock();
      const reply = wroteFirst.includes(item.kind);
      const messageId = await enqueueMessage(tx, { phone: item.phone, text, at, trace, reply });
      if (actor.kind === "person")
        await tx
          .insert(operatorMessages)
          .values({ messageId, phone: item.phone, operatorId: actor.personId });
      await tx.insert(audit).values({
        id: newId(),
        at,
        actor: actorLabel(actor),
        action: "replied-to-attention",
        subject: itemId,
        trace,
      });
      return { messageId };
    }),
  );
}
