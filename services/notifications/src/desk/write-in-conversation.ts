import type { Takeover } from "@minka/contracts/conversations";
import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import { renderText } from "@minka/language/texts";
import type { ServiceKit } from "@minka/service/define-service";
import type { Environment } from "@minka/service/settings";
import { and, desc, eq, isNotNull } from "@minka/database/query";
import { enqueueMessage } from "../sending/enqueue-message.ts";
import { isOptedOut } from "../sending/opt-outs.ts";
import { idempotencyKeys, inboundMessages, optOuts } from "../tables.ts";
import { operatorMessages, takeovers } from "./desk-tables.ts";
import { lockById, operatorOf, recordAct } from "./take-over.ts";
import { readOwnTakeover, settleLeft, takeoverMs, takeoverView } from "./taken-over.ts";

type Kit = Pick<ServiceKit, "db" | "clock" | "environment">;

/**
 * An operator's words in a conversation that they have in hand, which keeps it theirs for another half hour. Throws
 * like `readOwnTakeover`, and `opted-out` (409) where the last that was written is BAJA.
 */
export async function writeInConversation(
  { db, clock, environment }: Kit,
  { actor, trace, claim }: CallContext,
  { conversationId, text, seen }: { conversationId: string; text: string; seen?: string | undefined },
): Promise<{ messageId: string; takenOver: Takeover }> {
  const operatorId = operatorOf(actor);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const { phone } = await lockById(tx, conversationId);
      const at = clock();
      const takeover = await readOwnTakeover(tx, { phone, operatorId, at });
      await refuseAfterOptOut(tx, environment, phone);
      await settleLeft(tx, { phone, seen, at });
      const said = takeover.firstWroteAt ? text : renderText("operator_writes", { text });
      const messageId = await enqueueMessage(tx, { phone, text: said, at, trace, reply: true });
      await tx.insert(operatorMessages).values({ messageId, phone, operatorId });
      const [extended] = await tx
        .update(takeovers)
        .set({
          expiresAt: new Date(at.getTime() + takeoverMs),
          firstWroteAt: takeover.firstWroteAt ?? at,
        })
        .where(eq(takeovers.id, takeover.id))
        .returning();
      await recordAct(tx, { actor, at, trace }, "wrote-in-conversation", conversationId);
      return { messageId, takenOver: takeoverView(extended ?? takeover) };
    }),
  );
}

/** Who said BAJA is answered when they have written since, and not before. */
async function refuseAfterOptOut(tx: Transaction, environment: Environment, phone: string): Promise<void> {
  if (!(await isOptedOut(tx, environment, phone))) return;
  const [optOut] = await tx.select({ since: optOuts.since }).from(optOuts).where(eq(optOuts.phone, phone));
  const [last] = await tx
    .select({ at: inboundMessages.receivedAt })
    .from(inboundMessages)
    .where(and(eq(inboundMessages.phone, phone), isNotNull(inboundMessages.body)))
    .orderBy(desc(inboundMessages.sequence))
    .limit(1);
  if (last && (!optOut || last.at > optOut.since)) return;
  throw new DomainError("conflict", "opted-out", "They want no messages, and have not written since.");
}
