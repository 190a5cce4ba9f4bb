import { contexts, type Context, type Intent } from "@minka/language/intents";
import { interpret } from "@minka/language/interpret";
import type { PromptKind } from "../conversations/prompt-kinds.ts";

const answering: readonly Intent[] = ["confirm", "decline", "choose", "rate"];

/** Whether a text may be an answer and nothing else ("si", "2", "mañana no"): whose question it answers is not in it. */
export function isBareAnswer(text: string, waiting: readonly Context[] = contexts): boolean {
  return waiting.some((context) => answering.includes(interpret(text, context).intent));
}

/** What their SI leads to cannot be taken back, so it has to be said to Minka beyond doubt. */
export const graveKinds: readonly PromptKind[] = ["erasure", "offer", "consent"];
