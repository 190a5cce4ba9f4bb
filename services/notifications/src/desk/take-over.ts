import { actorLabel, type Actor } from "@minka/contracts/actor";
import type { Takeover } from "@minka/contracts/conversations";
import type { Database, Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import { and, eq, notInArray } from "@minka/database/query";
import type { Conversation } from "../conversations/conversation-lease.ts";
import { audit, conversations, idempotencyKeys, prompts } from "../tables.ts";
import { takeovers } from "./desk-tables.ts";
import { endTakeover } from "./end-takeover.ts";
import { privateKinds } from "./private-answers.ts";
import { heldByAnother, readTakeover, takeoverMs, takeoverView } from "./taken-over.ts";

/**
 * One operator takes a conversation in hand; saying so again changes nothing. The open question rests. Throws
 * `conversation-not-found` (404) and, while another has it, `taken-over` (409) with who and until when.
 */
export async function takeOver(
  { db, clock }: { db: Database; clock: Clock },
  { actor, trace, claim }: CallContext,
  { conversationId }: { conversationId: string },
): Promise<{ takenOver: Takeover }> {
  const operatorId = operatorOf(actor);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const { phone } = await lockById(tx, conversationId);
      const at = clock();
      const held = await readTakeover(tx, phone);
      if (held && held.expiresAt > at) {
        if (held.operatorId !== operatorId) throw heldByAnother(held);
        return { takenOver: takeoverView(held) };
      }
      if (held) await endTakeover(tx, held, "lapsed", { at, trace });
      const [open] = await tx
        .update(prompts)
        .set({ state: "waiting" })
        .where(
          and(
            eq(prompts.phone, phone),
            eq(prompts.state, "open"),
            notInArray(prompts.kind, [...privateKinds]),
          ),
        )
        .returning({ id: prompts.id });
      const expiresAt = new Date(at.getTime() + takeoverMs);
      const [taken] = await tx
        .insert(takeovers)
        .values({ id: newId(), phone, operatorId, since: at, expiresAt, promptId: open?.id ?? null, trace })
        .returning();
      if (!taken) throw new Error("a takeover vanished while being written");
      await recordAct(tx, { actor, at, trace }, "took-over-conversation", conversationId);
      return { takenOver: takeoverView(taken) };
    }),
  );
}

/** Throws `conversation-not-found` (404). */
export async function lockById(tx: Transaction, conversationId: string): Promise<Conversation> {
  const [conversation] = await tx
    .select()
    .from(conversations)
    .where(eq(conversations.id, conversationId))
    .for("update");
  if (!conversation) throw noSuchConversation();
  return conversation;
}

export function noSuchConversation(): DomainError {
  return new DomainError("not-found", "conversation-not-found", "There is no such conversation.");
}

export function operatorOf(actor: Actor): string {
  if (actor.kind === "person" && actor.operator) return actor.personId;
  throw new DomainError("forbidden", "not-allowed", "You may not do this.");
}

export async function recordAct(
  tx: Transaction,
  { actor, at, trace }: { actor: Actor; at: Date; trace: string },
  action: string,
  subject: string,
): Promise<void> {
  await tx.insert(audit).values({ id: newId(), at, actor: actorLabel(actor), action, subject, trace });
}
