import { listSharers } from "@minka/contracts/shared-phones";
import { DomainError } from "@minka/domain/errors";
import { interpret } from "@minka/language/interpret";
import { languageTag } from "@minka/language/texts";
import { answerMessage } from "./answer-message.ts";
import {
  countFailure,
  LeaseLost,
  longestRestMs,
  nextMessage,
  releaseIfAnswered,
  releaseFailed,
  restMs,
  takeLease,
  type Held,
  type InboundMessage,
} from "./conversation-lease.ts";
import { whoSpeaks, type Speaking } from "../speakers/who-speaks.ts";
import { isOptedOut } from "../sending/opt-outs.ts";
import { contextOf, keepQuestionsFor, openPrompt, type Prompt } from "./prompts.ts";
import { say, type ConversationKit, type Outcome, type Turn } from "./turn.ts";
import { writeOutcome } from "./write-outcome.ts";

/**
 * Failures of our own after which a message is left to a person: errors, and turns that took too long or ended
 * their process. Another service being away is none.
 */
const mostAttempts = 5;
const longestWaitMs = 12 * 60 * 60 * 1000;
/** After this long a person who was not understood starts afresh. */
const puzzleMs = 2 * 60 * 60 * 1000;

/**
 * Answers everything that a phone has written and nobody has answered, in order of arrival. One process at
 * a time holds a phone; calls to other services happen between transactions; a crash at any point leaves
 * the message unanswered, and the next holder repeats its commands under the same keys. A message that can
 * never be answered is left to a person, so that it does not silence the phone.
 */
export async function advanceConversation(kit: ConversationKit, id: string): Promise<void> {
  let held = await takeLease(kit.db, id, kit.clock());
  if (!held) return;
  let message: InboundMessage | undefined;
  try {
    do {
      message = await nextMessage(kit.db, held.phone);
      if (message && held.abandoned) {
        await countFailure(kit.db.read, message);
        message = { ...message, attempts: message.attempts + 1 };
        held = { ...held, abandoned: false };
      }
      while (message) {
        await answerOne(kit, held, message);
        message = await nextMessage(kit.db, held.phone);
      }
    } while (!(await releaseIfAnswered(kit.db, held)));
  } catch (error) {
    if (error instanceof LeaseLost) return;
    const now = kit.clock().getTime();
    // As long again as it has waited.
    const waitedMs = now - (message?.receivedAt.getTime() ?? now);
    const restsUntil = new Date(now + Math.min(Math.max(restMs, waitedMs), longestRestMs));
    await releaseFailed(kit.db, held, { failed: isAway(error) ? undefined : message, restsUntil });
    throw error;
  }
}

async function answerOne(kit: ConversationKit, held: Held, message: InboundMessage): Promise<void> {
  const puzzledBefore = isRecent(held.puzzledAt, message.receivedAt) ? held.puzzled : 0;
  const { turn, outcome } = await decide(kit, held, message, puzzledBefore);
  await writeOutcome(turn, held, outcome, puzzledBefore);
  held.puzzled = outcome.puzzled ? puzzledBefore + 1 : 0;
  held.puzzledAt = outcome.puzzled ? message.receivedAt : null;
}

async function decide(
  kit: ConversationKit,
  held: Held,
  message: InboundMessage,
  puzzledBefore: number,
): Promise<{ turn: Turn; outcome: Outcome }> {
  const { safety, trace } = message;
  let turn: Turn | undefined;
  try {
    // Nobody else is to read a call for help.
    if (message.attempts >= mostAttempts && !safety) throw new Error("answering it has failed too often");
    turn = await beginTurn(kit, held, message);
    return { turn, outcome: await answerMessage(turn, { safety, puzzledBefore }) };
  } catch (error) {
    if (!isHopeless(error, message, kit.clock())) throw error;
    kit.log.error({ err: error, trace, message: message.id }, "message left to a person");
    turn ??= await turnOf(kit, message, nobody(message), undefined);
    return { turn, outcome: { ...say("left_to_person"), attention: "not_understood" } };
  }
}

function isRecent(at: Date | null, now: Date): boolean {
  return at !== null && now.getTime() - at.getTime() < puzzleMs;
}

/** Another service cannot answer now. */
function isAway(error: unknown): boolean {
  return error instanceof DomainError && ["unavailable", "too-many"].includes(error.category);
}

/** Whether answering would fail again however often it is tried. */
function isHopeless(error: unknown, message: InboundMessage, now: Date): boolean {
  if (now.getTime() - message.receivedAt.getTime() > longestWaitMs) return true;
  if (error instanceof DomainError) return !isAway(error);
  return message.attempts >= mostAttempts;
}

function nobody({ body }: InboundMessage): Speaking {
  const unknown = { person: null, shared: false, phoneKnown: false };
  return { ...unknown, text: body ?? "", saidWord: false, knownByWord: false, blocked: false };
}

async function beginTurn(kit: ConversationKit, held: Held, message: InboundMessage): Promise<Turn> {
  const { phone, trace } = message;
  // Whoever speaks of violence is answered whether or not the other services are there.
  const speaking = message.safety ? nobody(message) : await whoSpeaks(kit, held, message);
  if (speaking.shared) {
    // Whoever was there first is who was asked before the others came.
    await keepQuestionsFor(kit.db.read, phone, async () => {
      const { people } = await kit.call(listSharers, { body: { phone } }, { trace });
      return people[0]?.personId;
    });
  }
  const open = await openPrompt(kit.db, phone);
  // What another of the phone's people was asked is not theirs to answer, nor to see.
  const theirs = open?.personId === null || open?.personId === speaking.person?.id ? open : undefined;
  return turnOf(kit, message, speaking, theirs);
}

async function turnOf(
  kit: ConversationKit,
  message: InboundMessage,
  speaking: Speaking,
  asking: Prompt | undefined,
): Promise<Turn> {
  const { id, phone, trace } = message;
  // An answer is only an answer to a question that had left for the phone when it came, and had not lapsed.
  const prompt =
    asking?.id === message.questionId && asking.expiresAt > message.receivedAt ? asking : undefined;
  return {
    kit,
    phone,
    messageId: id,
    writtenAt: message.receivedAt,
    now: kit.clock(),
    trace,
    heard: interpret(speaking.text, contextOf(prompt)),
    prompt,
    asking,
    language: languageTag(speaking.person?.language),
    ...speaking,
    optedOut: await isOptedOut(kit.db.read, kit.environment, phone),
    step: (name) => ({ trace, idempotencyKey: `${id}:${name}` }),
  };
}
