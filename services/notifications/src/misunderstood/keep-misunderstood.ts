import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { readCourtesy } from "@minka/language/read-courtesy";
import { eq } from "@minka/database/query";
import { contextOf, type Prompt } from "../conversations/prompts.ts";
import type { Outcome, Turn } from "../conversations/turn.ts";
import { setsWord } from "../speakers/answer-speaker.ts";
import { misunderstoodMessages } from "./misunderstood-tables.ts";

/** Questions whose answer may be a private word, rightly typed or not. */
const askForWord: readonly Prompt["kind"][] = ["speaker", "newcomer"];

/**
 * Remembers that a message was not understood, for an operator to say what it meant. Its text stays where it is. What
 * may be a private word, and what somebody wrote who wants no messages or is not to be kept, is not remembered.
 */
export async function keepMisunderstood(tx: Transaction, turn: Turn, outcome: Outcome): Promise<void> {
  const { heard, prompt, phone, messageId, writtenAt } = turn;
  if (heard.intent !== "unknown" || !outcome.puzzled || turn.text.trim() === "") return;
  // "Gracias" answers no question, but nobody has to say what it meant.
  if (readCourtesy(turn.text) !== null) return;
  if (outcome.forget || outcome.conceal || turn.optedOut) return;
  const mayBeWord =
    turn.saidWord ||
    setsWord(turn.text) ||
    (turn.shared && !turn.person) ||
    (prompt !== undefined && askForWord.includes(prompt.kind));
  if (mayBeWord) return;
  await tx
    .insert(misunderstoodMessages)
    .values({ id: newId(), messageId, phone, at: writtenAt, context: contextOf(prompt), state: "open" })
    .onConflictDoNothing();
}

/** They do not agree that anything of theirs is kept. */
export async function forgetMisunderstood(tx: Transaction, phone: string): Promise<void> {
  await tx.delete(misunderstoodMessages).where(eq(misunderstoodMessages.phone, phone));
}
