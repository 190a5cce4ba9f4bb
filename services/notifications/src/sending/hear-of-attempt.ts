import type { Transaction } from "@minka/database/connect";
import { and, eq } from "@minka/database/query";
import type { Refusal } from "../gateways/gateway.ts";
import { outboundMessages } from "../tables.ts";
import type { Attempt } from "./choose-gateway.ts";
import { acceptMessage, finishAttempt, refuseMessage, type OutboundMessage } from "./finish-attempt.ts";
import { recordGatewayOptOut } from "./opt-outs.ts";
import {
  nextLook,
  tellsMoreOfAttempt,
  tellsMoreOfMessage,
  type AttemptOutcome,
} from "./outbound-lifecycle.ts";
import { firstRedactionMs } from "./redact-message.ts";
import { outboundAttempts } from "./sending-tables.ts";

/** What somebody has to say about one attempt: the gateway's answer, its report afterwards, a look at its list. */
export type AttemptNews = {
  readonly messageId: string;
  readonly attempt: number;
} & (
  | { readonly outcome: "accepted" | "delivered"; readonly externalId: string }
  | { readonly outcome: "unknown"; readonly error: string }
  | {
      readonly outcome: "refused" | "failed" | "undelivered";
      readonly externalId?: string;
      readonly refusal: (message: { attempt: number; phone: string }) => Refusal;
    }
);

export type Heard = {
  readonly message: OutboundMessage;
  readonly made: Attempt;
  readonly refusal: Refusal | null;
};

/**
 * Writes what is heard of an attempt. News come in any order, repeated, about attempts long past, and before the
 * gateway's own answer: what tells no more than is known changes nothing. Returns null then.
 */
export async function hearOfAttempt(tx: Transaction, news: AttemptNews, at: Date): Promise<Heard | null> {
  const { messageId, attempt, outcome } = news;
  const [message] = await tx
    .select()
    .from(outboundMessages)
    .where(eq(outboundMessages.id, messageId))
    .for("update");
  if (!message) return null;
  const which = and(eq(outboundAttempts.messageId, messageId), eq(outboundAttempts.number, attempt));
  const [made] = await tx.select().from(outboundAttempts).where(which);
  if (!made || !tellsMoreOfAttempt({ before: made.outcome, outcome })) return null;
  const refusal = "refusal" in news ? news.refusal({ attempt, phone: message.phone }) : null;
  const externalId = ("externalId" in news ? news.externalId : null) ?? made.externalId;
  await tx
    .update(outboundAttempts)
    .set({
      outcome,
      finishedAt: at,
      externalId,
      retry: refusal?.retry ?? null,
      error: refusal?.code ?? ("error" in news ? news.error : null),
    })
    .where(which);
  const { gateway } = made;
  // Whatever became of it: a copy lies there.
  if (message.ephemeral && externalId !== null && made.externalId === null) {
    const redactAt = new Date(at.getTime() + firstRedactionMs);
    await tx
      .update(outboundMessages)
      .set({ externalId, gateway, redactAt })
      .where(eq(outboundMessages.id, messageId));
  }
  if (refusal?.retry === "opted-out") await recordGatewayOptOut(tx, message, at);
  if (!tellsMoreOfMessage(message, { attempt, before: made.outcome, outcome }))
    return { message, made, refusal };
  switch (news.outcome) {
    case "accepted":
    case "delivered":
      await acceptMessage(tx, message, { externalId, gateway, at, state: stateOf(news.outcome) });
      break;
    case "unknown":
      await finishAttempt(tx, message, {
        state: "unknown",
        lastError: news.error,
        dueAt: nextLook(message.doubtSince ?? message.sendingSince ?? at, at),
      });
      break;
    default: {
      const final = news.outcome === "undelivered" ? "undelivered" : "failed";
      if (refusal) await refuseMessage(tx, message, { ...refusal, at, final, gateway, externalId });
    }
  }
  return { message, made, refusal };
}

function stateOf(outcome: Extract<AttemptOutcome, "accepted" | "delivered">): "sent" | "delivered" {
  return outcome === "delivered" ? "delivered" : "sent";
}
