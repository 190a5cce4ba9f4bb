import type { Intent } from "@minka/language/intents";
import { interpret } from "@minka/language/interpret";
import { renderText, word } from "@minka/language/texts";
import { hasJustSaid } from "./last-said.ts";
import { kindOfIntent } from "./same-need.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

/** Weight from which a phrase says what is wanted; below it a thing is only mentioned. */
const wanted = 3;
const mostNamed = 3;

/** Several needs in one message: which ones were understood, and please one by one. */
export function answerSeveral(turn: Turn): Outcome | null {
  if (turn.heard.intent !== "several") return null;
  const kinds = kindsIn(turn.heard.evidence);
  return kinds.length < 2 ? say("several") : say("several_named", { kinds: joined(kinds) });
}

function kindsIn(evidence: readonly { intent: Intent; weight: number }[]): string[] {
  const kinds = evidence.flatMap(({ intent, weight }) => {
    const kind = kindOfIntent[intent];
    return kind && weight >= wanted ? [word("kind", kind)] : [];
  });
  return [...new Set(kinds)].slice(0, mostNamed);
}

function joined(words: readonly string[]): string {
  return `${words.slice(0, -1).join(", ")} y ${words.at(-1)}`;
}

/** "Si" to "one by one": how to write the first. */
export async function answerAfterSeveral(turn: Turn): Promise<Outcome | null> {
  if (turn.prompt || interpret(turn.text, "confirming").intent !== "confirm") return null;
  const [opening = ""] = renderText("several").split(".");
  return (await hasJustSaid(turn, opening)) ? say("several_first") : null;
}
