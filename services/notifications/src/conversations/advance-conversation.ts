import { identifyPhone } from "@minka/contracts/profiles";
import { interpret } from "@minka/language/interpret";
import { answerMessage } from "./answer-message.ts";
import {
  LeaseLost,
  nextMessage,
  releaseIfAnswered,
  releaseUntil,
  takeLease,
  type Conversation,
  type InboundMessage,
} from "./conversation-lease.ts";
import { isOptedOut } from "../sending/opt-outs.ts";
import { contextOf, openPrompt } from "./prompts.ts";
import type { ConversationKit, Turn } from "./turn.ts";
import { writeOutcome } from "./write-outcome.ts";

/** How long a conversation rests after a turn that failed, for instance because matching was down. */
const restMs = 5_000;

/**
 * Answers everything that a phone has written and nobody has answered, in order of arrival. One process at
 * a time holds a phone; calls to other services happen between transactions; a crash at any point leaves
 * the message unanswered, and the next holder repeats its commands under the same keys.
 */
export async function advanceConversation(kit: ConversationKit, id: string): Promise<void> {
  const held = await takeLease(kit.db, id, kit.clock());
  if (!held) return;
  try {
    do {
      let message = await nextMessage(kit.db, held.phone);
      while (message) {
        await answerOne(kit, held, message);
        message = await nextMessage(kit.db, held.phone);
      }
    } while (!(await releaseIfAnswered(kit.db, held)));
  } catch (error) {
    if (error instanceof LeaseLost) return;
    await releaseUntil(kit.db, held, new Date(kit.clock().getTime() + restMs));
    throw error;
  }
}

async function answerOne(kit: ConversationKit, held: Conversation, message: InboundMessage): Promise<void> {
  const { id, phone, trace } = message;
  const text = message.body ?? "";
  const open = await openPrompt(kit.db, phone);
  // An answer is only an answer to a question that had been put when it was written, and had not lapsed.
  const prompt =
    open?.openedAt && open.openedAt <= message.receivedAt && open.expiresAt > message.receivedAt
      ? open
      : undefined;
  // Whoever speaks of violence is answered whether or not the other services are there.
  const { person } = message.safety
    ? { person: null }
    : await kit.call(identifyPhone, { body: { phone } }, { trace });
  const turn: Turn = {
    kit,
    phone,
    messageId: id,
    text,
    now: kit.clock(),
    trace,
    heard: interpret(text, contextOf(prompt)),
    prompt,
    person,
    optedOut: await isOptedOut(kit.db.read, phone),
    step: (name) => ({ trace, idempotencyKey: `${id}:${name}` }),
  };
  const outcome = await answerMessage(turn, { safety: message.safety, puzzledBefore: held.puzzled });
  await writeOutcome(turn, held, outcome);
  held.puzzled = outcome.puzzled ? held.puzzled + 1 : 0;
}
