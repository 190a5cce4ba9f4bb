import type { Transaction } from "@minka/database/connect";
import { foldToGsm7 } from "@minka/language/gsm7";
import { renderLine } from "@minka/language/texts";
import { and, desc, eq, isNull } from "@minka/database/query";
import { stopBulletinsTo } from "../bulletins/expand-bulletin.ts";
import { leaveToOperator } from "../desk/answer-taken-over.ts";
import { forgetMisunderstood, keepMisunderstood } from "../misunderstood/keep-misunderstood.ts";
import { raiseAttention, settleAbout, type AttentionKind } from "../attention/raise-attention.ts";
import { enqueueMessage } from "../sending/enqueue-message.ts";
import { forgetOptOut } from "../sending/opt-outs.ts";
import { releaseHeld } from "../speakers/hold-message.ts";
import { keepLeadUp } from "../speakers/keep-lead-up.ts";
import { threadOf } from "../speakers/thread-of.ts";
import { currentSpeaker } from "../speakers/who-speaks.ts";
import { attentionItems, conversations, inboundMessages, optOuts, outboundMessages } from "../tables.ts";
import { leaseEnd, lockHeld, type Conversation } from "./conversation-lease.ts";
import { blankSubjects, closePrompt, keepQuestionsFor, putNext, putQuestion, repeatOpen } from "./prompts.ts";
import { askedOnce } from "./same-question.ts";
import { newsCame } from "./take-back-questions.ts";
import { hoursFrom, type Outcome, type Turn } from "./turn.ts";

/**
 * A line that a watched phone should not find later is sent within this time or never. The process that took the call
 * for help and the one that answers it may be five minutes apart.
 */
const fleetingMs = 10 * 60_000;
/** A reply that cannot be delivered for a day answers nothing any more. */
const replyHours = 24;
/** How long, after each message, a shared phone is taken to be in the same hands. */
const speakerMs = 30 * 60_000;

/** Writes all that a turn decided, with its messages, in one transaction, if the lease is still ours. */
export async function writeOutcome(
  turn: Turn,
  held: Conversation,
  outcome: Outcome,
  puzzledBefore: number,
): Promise<void> {
  const { phone, now: at, trace, messageId } = turn;
  await turn.kit.db.transaction(async (tx) => {
    const conversation = await lockHeld(tx, held);
    const personId = threadOf(turn, outcome);
    // Handed back since it was looked at: it is answered after all.
    if (outcome.left && !(await leaveToOperator(tx, turn, outcome))) return;
    await tx
      .update(inboundMessages)
      .set({
        handledAt: at,
        personId,
        // A private word is kept nowhere.
        ...(turn.saidWord ? { body: turn.text } : {}),
        ...(outcome.conceal ? { body: null, redactAt: at } : {}),
        ...(outcome.fleeting ? { body: null, safety: false, redactAt: at } : {}),
      })
      .where(eq(inboundMessages.id, messageId));
    if (outcome.registers) await keepLeadUp(tx, { phone, personId: outcome.registers }, at);
    if (outcome.concealBefore) {
      await tx
        .update(inboundMessages)
        .set({ body: null })
        .where(eq(inboundMessages.id, outcome.concealBefore));
    }
    const before = outcome.speaker !== null && turn.shared ? turn.person?.id : undefined;
    const speaker = outcome.speaker ?? before;
    const takesOver = speaker !== undefined && speaker !== currentSpeaker(conversation, turn.writtenAt);
    const speaking = speaker
      ? { speakerPersonId: speaker, speakerUntil: new Date(turn.writtenAt.getTime() + speakerMs) }
      : // At a shared phone it is nobody, until somebody says who they are.
        turn.shared && { speakerPersonId: null, speakerUntil: null };
    await tx
      .update(conversations)
      .set({
        ...speaking,
        puzzled: outcome.puzzled ? puzzledBefore + 1 : 0,
        puzzledAt: outcome.puzzled ? turn.writtenAt : null,
        // For the next message.
        leaseUntil: leaseEnd,
      })
      .where(eq(conversations.id, conversation.id));

    if (outcome.optIn) await forgetOptOut(tx, turn.kit.environment, phone);
    for (const line of outcome.say ?? []) {
      const text = renderLine(line, turn.language);
      if (await saysNothingElse(tx, phone, { text, at })) continue;
      const expiresAt = hoursFrom(at, replyHours);
      await enqueueMessage(tx, { phone, text, at, trace, expiresAt, reply: true, personId });
    }
    if (outcome.secret) {
      const expiresAt = hoursFrom(at, replyHours);
      const text = outcome.secret;
      await enqueueMessage(tx, { phone, text, at, trace, expiresAt, reply: true, ephemeral: true });
    }
    if (outcome.optOut) {
      await tx.insert(optOuts).values({ phone, since: at }).onConflictDoNothing();
      await waitForClaims(tx, phone);
    }
    if (outcome.noBulletins && turn.person) await stopBulletinsTo(tx, turn.person.id, at);
    // Minutes from when it was asked for: later, somebody else may be holding the phone.
    const fleetingUntil = new Date(turn.writtenAt.getTime() + fleetingMs);
    if (outcome.fleeting && fleetingUntil > at) {
      await enqueueMessage(tx, {
        phone,
        fleeting: { key: outcome.fleeting, language: turn.language },
        at,
        trace,
        expiresAt: fleetingUntil,
        reply: true,
      });
    }
    if (outcome.attention && !(await alreadyWaits(tx, phone, outcome.attention))) {
      const { attention: kind, attentionSubject: subject = null } = outcome;
      await raiseAttention(tx, { kind, phone, messageId, subject, at });
    }

    if (outcome.answersAttention) await settleAbout(tx, { subject: outcome.answersAttention, at });

    await keepMisunderstood(tx, turn, outcome);
    if (outcome.forget) await blankWhatWasWritten(tx, phone);
    const mayPutNext = !outcome.newsFirst || (await newsCame(tx, turn.prompt));
    if (outcome.settles) await closePrompt(tx, outcome.settles, "answered");
    if (outcome.answered && turn.prompt) await closePrompt(tx, turn.prompt, "answered");
    const joinedBy = outcome.joins ? turn.person?.id : undefined;
    if (joinedBy) await keepQuestionsFor(tx, phone, async () => joinedBy);
    if (speaker && takesOver) await releaseHeld(tx, { phone, personId: speaker }, { at, trace });
    const next = { at, trace, threadOf: personId };
    if (outcome.ask) {
      // What is more pressing, and has waited for this answer, goes before it.
      if (outcome.answered && askedOnce(outcome.ask.subject)) await putNext(tx, phone, next);
      const askedOf = turn.shared ? (speaker ?? null) : null;
      await putQuestion(tx, phone, { personId: askedOf, ...outcome.ask }, next, turn.language);
    } else if ((outcome.answered && mayPutNext) || takesOver) await putNext(tx, phone, next);
    // What was asked while they wanted no messages has never reached them.
    else if (outcome.optIn) await repeatOpen(tx, phone, next);
  });
}

/**
 * What is being taken for the gateway at this moment has looked for an opt-out before this one could be seen: it is on
 * its way when this commits, and the reply waits for it. All others see the opt-out.
 */
async function waitForClaims(tx: Transaction, phone: string): Promise<void> {
  await tx
    .select({ id: outboundMessages.id })
    .from(outboundMessages)
    .where(
      and(
        eq(outboundMessages.phone, phone),
        eq(outboundMessages.state, "queued"),
        eq(outboundMessages.reply, false),
      ),
    )
    .orderBy(outboundMessages.sequence)
    .for("update");
}

/** The same words so often within so long are two machines that answer each other. */
const mostRepeats = 5;
const repeatMs = 10 * 60_000;

/** Whether the phone has lately been sent nothing but this text. */
async function saysNothingElse(
  tx: Transaction,
  phone: string,
  { text, at }: { text: string; at: Date },
): Promise<boolean> {
  const last = await tx
    .select({ body: outboundMessages.body, createdAt: outboundMessages.createdAt })
    .from(outboundMessages)
    .where(eq(outboundMessages.phone, phone))
    .orderBy(desc(outboundMessages.sequence))
    .limit(mostRepeats);
  const body = foldToGsm7(text);
  const since = at.getTime() - repeatMs;
  return (
    last.length === mostRepeats &&
    last.every((message) => message.body === body && message.createdAt.getTime() > since)
  );
}

/** A second call for a person adds nothing to the one that waits; a second complaint does. */
async function alreadyWaits(tx: Transaction, phone: string, kind: AttentionKind): Promise<boolean> {
  if (kind === "complaint") return false;
  const [waiting] = await tx
    .select({ id: attentionItems.id })
    .from(attentionItems)
    .where(
      and(eq(attentionItems.phone, phone), eq(attentionItems.kind, kind), isNull(attentionItems.resolvedAt)),
    )
    .limit(1);
  return waiting !== undefined;
}

async function blankWhatWasWritten(tx: Transaction, phone: string): Promise<void> {
  await tx.update(inboundMessages).set({ body: null }).where(eq(inboundMessages.phone, phone));
  await blankSubjects(tx, phone);
  await forgetMisunderstood(tx, phone);
}
