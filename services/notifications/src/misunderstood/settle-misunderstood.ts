import type { Database, Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import { eq } from "@minka/database/query";
import { recordAct } from "../desk/take-over.ts";
import { idempotencyKeys, inboundMessages } from "../tables.ts";
import { checkLabel, type GivenSlots } from "./labels.ts";
import { misunderstoodMessages } from "./misunderstood-tables.ts";

type Kit = { db: Database; clock: Clock };

/**
 * An operator says what a message meant. Nothing follows from it for who wrote it. One that turns out to be a call for
 * help is forgotten here and where it is kept. Throws `misunderstood-not-found` (404), `misunderstood-blanked` (409)
 * and `label-wrong` (422).
 */
export async function correct(
  { db, clock }: Kit,
  { actor, trace, claim }: CallContext,
  { misunderstoodId, ...label }: { misunderstoodId: string; intent: string; slots: GivenSlots },
): Promise<{ id: string }> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const { messageId, text } = await lockKept(tx, misunderstoodId);
      if (text === null || messageId === null)
        throw new DomainError("conflict", "misunderstood-blanked", "The message is not kept any more.");
      const { intent, slots } = checkLabel(text, label);
      const at = clock();
      if (intent === "safety_help") {
        await tx.delete(misunderstoodMessages).where(eq(misunderstoodMessages.id, misunderstoodId));
        await tx
          .update(inboundMessages)
          .set({ body: null, redactAt: at })
          .where(eq(inboundMessages.id, messageId));
      } else {
        await tx
          .update(misunderstoodMessages)
          .set({ state: "corrected", intent, slots })
          .where(eq(misunderstoodMessages.id, misunderstoodId));
      }
      await recordAct(tx, { actor, at, trace }, "corrected-misunderstood", misunderstoodId);
      return { id: misunderstoodId };
    }),
  );
}

/** There is nothing to learn from it. Throws `misunderstood-not-found` (404). */
export async function dismiss(
  { db, clock }: Kit,
  { actor, trace, claim }: CallContext,
  { misunderstoodId }: { misunderstoodId: string },
): Promise<{ id: string }> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      await lockKept(tx, misunderstoodId);
      await tx
        .update(misunderstoodMessages)
        .set({ state: "dismissed", intent: null, slots: null })
        .where(eq(misunderstoodMessages.id, misunderstoodId));
      const act = { actor, at: clock(), trace };
      await recordAct(tx, act, "dismissed-misunderstood", misunderstoodId);
      return { id: misunderstoodId };
    }),
  );
}

async function lockKept(tx: Transaction, misunderstoodId: string) {
  const [kept] = await tx
    .select({ messageId: misunderstoodMessages.messageId })
    .from(misunderstoodMessages)
    .where(eq(misunderstoodMessages.id, misunderstoodId))
    .for("update");
  if (!kept) throw new DomainError("not-found", "misunderstood-not-found", "There is no such message.");
  if (kept.messageId === null) return { messageId: null, text: null };
  const [message] = await tx
    .select({ text: inboundMessages.body })
    .from(inboundMessages)
    .where(eq(inboundMessages.id, kept.messageId));
  return { messageId: kept.messageId, text: message?.text ?? null };
}
