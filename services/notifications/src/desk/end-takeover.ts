import { nudgeAfterCommit, type Database, type Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { Clock } from "@minka/domain/clock";
import type { Job } from "@minka/queue/worker";
import { and, eq, exists, gte, inArray, isNotNull, isNull, lte, ne, or, sql } from "@minka/database/query";
import { lockConversation } from "../conversations/conversation-lease.ts";
import { contextOf, putNext } from "../conversations/prompts.ts";
import { audit, conversations, inboundMessages, outboundMessages, prompts } from "../tables.ts";
import { messagesLeft, takeovers } from "./desk-tables.ts";
import { graveKinds, isBareAnswer } from "./said-to-operator.ts";
import { forgetCall, readTakeover, type TakenOver } from "./taken-over.ts";

type Moment = { at: Date; trace: string };

/**
 * Gives a conversation back to Minka, which answers what the operator has left unanswered, in its order; returns how
 * many messages that is. The caller's transaction holds the conversation's row.
 */
export async function endTakeover(
  tx: Transaction,
  takeover: TakenOver,
  ending: "handed_back" | "lapsed",
  { at, trace }: Moment,
): Promise<number> {
  const { id, phone } = takeover;
  await tx.update(takeovers).set({ endedAt: at, ending }).where(eq(takeovers.id, id));
  const { messageIds, answering, toOperator } = await takeLeft(tx, takeover);
  // A bare answer that no operator has seen still waits for one.
  if (toOperator === 0) await forgetCall(tx, phone, at);
  // What they answer is the question that they had before them; said again it would be a later one.
  const resumed = answering && (await takeUpAgain(tx, takeover));
  if (!resumed) await putNext(tx, phone, { at, trace });
  if (messageIds.length === 0) return 0;
  await tx.update(inboundMessages).set({ handledAt: null }).where(inArray(inboundMessages.id, messageIds));
  if (resumed) await readAsAnswers(tx, takeover, messageIds);
  const [conversation] = await tx
    .update(conversations)
    .set({
      unansweredSince: sql`coalesce(${conversations.unansweredSince}, ${at.toISOString()}::timestamptz)`,
    })
    .where(eq(conversations.phone, phone))
    .returning({ id: conversations.id });
  if (conversation)
    nudgeAfterCommit(tx, {
      service: "notifications",
      job: "advance-conversation",
      id: conversation.id,
      trace,
    });
  return messageIds.length;
}

type Left = {
  /** What Minka answers. */
  readonly messageIds: readonly string[];
  /** Among it may be the answer to the question that rested. */
  readonly answering: boolean;
  /** How many answer what the operator has asked, and nothing of Minka's. */
  readonly toOperator: number;
};

/**
 * What was left unanswered. From the operator's first words on a SI or a number is said to them: Minka takes it for no
 * answer of its own, and puts its question again. Where much hangs on the SI, so is one that crossed those words.
 */
async function takeLeft(tx: Transaction, { phone, firstWroteAt, promptId }: TakenOver): Promise<Left> {
  const gone = await tx
    .delete(messagesLeft)
    .where(eq(messagesLeft.phone, phone))
    .returning({ messageId: messagesLeft.messageId });
  const ids = gone.map(({ messageId }) => messageId);
  if (firstWroteAt === null) return { messageIds: ids, answering: true, toOperator: 0 };
  if (ids.length === 0) return { messageIds: ids, answering: false, toOperator: 0 };
  const [prompt] = promptId ? await tx.select().from(prompts).where(eq(prompts.id, promptId)) : [];
  const isGrave = prompt !== undefined && graveKinds.includes(prompt.kind);
  const written = await tx
    .select({ id: inboundMessages.id, body: inboundMessages.body, at: inboundMessages.receivedAt })
    .from(inboundMessages)
    .where(inArray(inboundMessages.id, ids));
  const isEarly = ({ at }: { at: Date }) => at < firstWroteAt && !isGrave;
  const forMinka = written.filter((message) => isEarly(message) || !isBareAnswer(message.body ?? ""));
  return {
    messageIds: forMinka.map(({ id }) => id),
    answering: forMinka.some((one) => isEarly(one) && isBareAnswer(one.body ?? "", [contextOf(prompt)])),
    toOperator: written.length - forMinka.length,
  };
}

/** Opens the question that rested as it was, unless something else has come up to ask, which may be more pressing. */
async function takeUpAgain(tx: Transaction, { phone, promptId, since }: TakenOver): Promise<boolean> {
  if (!promptId) return false;
  const [other] = await tx
    .select({ id: prompts.id })
    .from(prompts)
    .where(
      and(
        eq(prompts.phone, phone),
        ne(prompts.id, promptId),
        or(eq(prompts.state, "open"), and(eq(prompts.state, "waiting"), gte(prompts.createdAt, since))),
      ),
    )
    .limit(1);
  if (other) return false;
  const opened = await tx
    .update(prompts)
    .set({ state: "open" })
    .where(and(eq(prompts.id, promptId), eq(prompts.state, "waiting")))
    .returning({ id: prompts.id });
  return opened.length > 0;
}

/** While it rested no message was noted as one that may answer the question: those are that its SMS came before. */
async function readAsAnswers(
  tx: Transaction,
  { promptId }: TakenOver,
  messageIds: readonly string[],
): Promise<void> {
  const leftFor = sql`coalesce(least(${outboundMessages.sentAt}, ${outboundMessages.sendingSince}), ${prompts.openedAt})`;
  const asked = tx
    .select({ one: sql`1` })
    .from(prompts)
    .leftJoin(outboundMessages, eq(outboundMessages.id, prompts.messageId))
    .where(
      and(
        eq(prompts.id, promptId ?? ""),
        or(isNull(outboundMessages.id), isNotNull(outboundMessages.sendingSince)),
        lte(leftFor, inboundMessages.receivedAt),
      ),
    );
  await tx
    .update(inboundMessages)
    .set({ questionId: promptId })
    .where(
      and(inArray(inboundMessages.id, [...messageIds]), isNull(inboundMessages.questionId), exists(asked)),
    );
}

/** An operator who has written nothing for half an hour has the conversation no longer. */
export function expireTakeoverJob({ db, clock }: { db: Database; clock: Clock }): Job {
  const over = (now: Date) => and(isNull(takeovers.endedAt), lte(takeovers.expiresAt, now));
  return {
    due: (limit) =>
      db.read
        .select({ id: takeovers.id, trace: takeovers.trace })
        .from(takeovers)
        .where(over(clock()))
        .limit(limit),
    async run(id, trace) {
      const at = clock();
      const [found] = await db.read
        .select({ phone: takeovers.phone })
        .from(takeovers)
        .where(and(eq(takeovers.id, id), over(at)));
      if (!found) return;
      await db.transaction(async (tx) => {
        const conversation = await lockConversation(tx, found.phone, trace);
        const takeover = await readTakeover(tx, found.phone);
        if (takeover?.id !== id || takeover.expiresAt > at) return;
        await endTakeover(tx, takeover, "lapsed", { at, trace });
        await tx.insert(audit).values({
          id: newId(),
          at,
          actor: "timer",
          action: "takeover-lapsed",
          subject: conversation.id,
          trace,
        });
      });
    },
  };
}
