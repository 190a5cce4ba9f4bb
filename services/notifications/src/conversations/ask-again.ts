import type { Prompt } from "./prompts.ts";
import type { PromptKind } from "./prompt-kinds.ts";
import { isPlanQuestion } from "./plan-questions.ts";
import { asksWhichVisit } from "./several-visits.ts";
import type { Outcome, Turn } from "./turn.ts";

/** Questions whose time runs: after something else was said they are put again, or nobody would answer them. */
const timed: readonly PromptKind[] = ["offer", "quote", "rework"];

/** What was done beside the open question, which stays open; nothing is said after a list whose number is waited for. */
export function thenAskAgain(turn: Turn, outcome: Outcome): Outcome {
  const { prompt, language } = turn;
  const stays = { ...outcome, answered: false };
  if (!prompt || !timed.includes(prompt.kind) || prompt.text === "") return stays;
  // What displaces it is followed by it anyway.
  if (outcome.ask || asksWhichVisit(outcome, language)) return stays;
  return { ...stays, say: [...(outcome.say ?? []), prompt.text] };
}

/** Questions of SI or NO that no day and no LISTO can answer. */
const withoutDay: readonly PromptKind[] = [
  "confirmation",
  "joining",
  "leaving",
  "help",
  "outcome",
  "attendance",
  "block",
  "sure",
];

/** Whether what is asked has nothing to do with any visit that its reader is to make. */
export function asksOtherMatter({ kind, subject }: Pick<Prompt, "kind" | "subject">): boolean {
  return withoutDay.includes(kind) && !isPlanQuestion(subject);
}
