import { listSharers } from "@minka/contracts/shared-phones";
import { DomainError } from "@minka/domain/errors";
import { interpret } from "@minka/language/interpret";
import { answerMessage } from "./answer-message.ts";
import {
  LeaseLost,
  nextMessage,
  releaseIfAnswered,
  releaseFailed,
  takeLease,
  type Conversation,
  type InboundMessage,
} from "./conversation-lease.ts";
import { whoSpeaks } from "../speakers/who-speaks.ts";
import { isOptedOut } from "../sending/opt-outs.ts";
import { contextOf, keepQuestionsFor, openPrompt } from "./prompts.ts";
import { say, type ConversationKit, type Outcome, type Turn } from "./turn.ts";
import { writeOutcome } from "./write-outcome.ts";

/** How long a conversation rests after a turn that failed, and at most when it keeps failing. */
const restMs = 5_000;
const longestRestMs = 60_000;
/** Failures of our own after which a message is left to a person; another service being away is not one. */
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
  const held = await takeLease(kit.db, id, kit.clock());
  if (!held) return;
  let message: InboundMessage | undefined;
  try {
    do {
      message = await nextMessage(kit.db, held.phone);
      while (message) {
        await answerOne(kit, held, message);
        message = await nextMessage(kit.db, held.phone);
      }
    } while (!(await releaseIfAnswered(kit.db, held)));
  } catch (error) {
    if (error instanceof LeaseLost) return;
    const rest = Math.min(restMs * 2 ** (message?.attempts ?? 0), longestRestMs);
    const until = new Date(kit.clock().getTime() + rest);
    await releaseFailed(kit.db, held, { messageId: message?.id, until });
    throw error;
  }
}

async function answerOne(kit: ConversationKit, held: Conversation, message: InboundMessage): Promise<void> {
  const turn = await beginTurn(kit, held, message);
  const puzzledBefore = isRecent(held.puzzledAt, message.receivedAt) ? held.puzzled : 0;
  let outcome: Outcome;
  try {
    outcome = await answerMessage(turn, { safety: message.safety, puzzledBefore });
  } catch (error) {
    if (!isHopeless(error, message, turn.now)) throw error;
    kit.log.error({ err: error, trace: message.trace, message: message.id }, "message left to a person");
    outcome = { ...say("left_to_person"), attention: "not_understood" };
  }
  await writeOutcome(turn, held, outcome, puzzledBefore);
  held.puzzled = outcome.puzzled ? puzzledBefore + 1 : 0;
  held.puzzledAt = outcome.puzzled ? message.receivedAt : null;
}

function isRecent(at: Date | null, now: Date): boolean {
  return at !== null && now.getTime() - at.getTime() < puzzleMs;
}

/** Whether answering would fail again however often it is tried. */
function isHopeless(error: unknown, message: InboundMessage, now: Date): boolean {
  if (now.getTime() - message.receivedAt.getTime() > longestWaitMs) return true;
  if (!(error instanceof DomainError)) return message.attempts >= mostAttempts;
  return error.category !== "unavailable" && error.category !== "too-many";
}

function nobody({ body }: InboundMessage) {
  const unknown = { person: null, shared: false, phoneKnown: false };
  return { ...unknown, text: body ?? "", saidWord: false, blocked: false };
}

async function beginTurn(kit: ConversationKit, held: Conversation, message: InboundMessage): Promise<Turn> {
  const { id, phone, trace } = message;
  // Whoever speaks of violence is answered whether or not the other services are there.
  const { text, ...speaking } = message.safety ? nobody(message) : await whoSpeaks(kit, held, message);
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
  // An answer is only an answer to a question that had been put when it was written, and had not lapsed.
  const prompt =
    theirs?.openedAt && theirs.openedAt <= message.receivedAt && theirs.expiresAt > message.receivedAt
      ? theirs
      : undefined;
  return {
    kit,
    phone,
    messageId: id,
    text,
    writtenAt: message.receivedAt,
    now: kit.clock(),
    trace,
    heard: interpret(text, contextOf(prompt)),
    prompt,
    ...speaking,
    optedOut: await isOptedOut(kit.db.read, kit.environment, phone),
    step: (name) => ({ trace, idempotencyKey: `${id}:${name}` }),
  };
}
