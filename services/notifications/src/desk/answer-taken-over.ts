import { answerControl } from "../conversations/answer-controls.ts";
import type { Transaction } from "@minka/database/connect";
import { wantsErasure } from "../conversations/answer-own-data.ts";
import type { Outcome, Turn } from "../conversations/turn.ts";
import { setsWord } from "../speakers/answer-speaker.ts";
import { messagesLeft } from "./desk-tables.ts";
import { mayBePrivateWord, privateKinds } from "./private-answers.ts";
import { readTakeover } from "./taken-over.ts";

/**
 * While an operator has the conversation in hand Minka answers nothing by itself. What always works does: calls for
 * help go before this, BAJA and ALTA; and private words are nobody's to read.
 */
export async function answerTakenOver(turn: Turn): Promise<Outcome | null> {
  if (!(await readTakeover(turn.kit.db.read, turn.phone))) return null;
  const { intent } = turn.heard;
  if (intent === "opt_in" || (intent === "opt_out" && !wantsErasure(turn.text))) return answerControl(turn);
  if (setsWord(turn.text) || answersInPrivate(turn)) return null;
  if (turn.saidWord && turn.text.trim() === "") return turn.person ? { speaker: turn.person.id } : {};
  return { left: true, attention: "wrote_to_operator" };
}

/** What may be the answer to a private question; whoever has lost their word can still tell the operator so. */
function answersInPrivate({ prompt, person, text }: Turn): boolean {
  if (!prompt || !privateKinds.includes(prompt.kind)) return false;
  return (
    prompt.kind === "newcomer" || person !== null || mayBePrivateWord(text) || /^\s*\d\s*\.?\s*$/.test(text)
  );
}

/** Marks a message as the operator's to answer; false when they have handed the conversation back meanwhile. */
export async function leaveToOperator(
  tx: Transaction,
  { phone, messageId, writtenAt }: Turn,
  { leftBefore = messageId }: Outcome,
) {
  if (!(await readTakeover(tx, phone))) return false;
  await tx.insert(messagesLeft).values({ messageId: leftBefore, phone, at: writtenAt }).onConflictDoNothing();
  return true;
}
