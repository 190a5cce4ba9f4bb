import { interpret } from "@minka/language/interpret";
import { renderText } from "@minka/language/texts";
import { hasJustSaid } from "./last-said.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

/**
 * SI after a NO to the question of consent. With the NO went what they came for, so there is nothing to go
 * on with: they are asked to write it again, and are then asked for consent anew.
 */
export async function answerYesAfterNo(turn: Turn): Promise<Outcome | null> {
  if (turn.prompt || turn.person?.consented) return null;
  if (interpret(turn.text, "confirming").intent !== "confirm") return null;
  return (await hasJustSaid(turn, renderText("consent_refused", {}, turn.language)))
    ? say("consent_yes_after_no")
    : null;
}
