import { answerOrganizations } from "./answer-organizations.ts";
import { wantsErasure } from "./answer-own-data.ts";
import { answerSeveral } from "./answer-several.ts";
import { answerWaiting } from "./answer-status.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

/** Words that work in every state: help, no more messages, messages again, a person, a complaint. */
export function answerControl(turn: Turn): Outcome | null {
  switch (turn.heard.intent) {
    case "opt_out":
      // At a shared phone it is first asked whose data they are.
      return wantsErasure(turn.text) ? null : { ...say("opted_out"), optOut: true };
    case "opt_in":
      return { ...say("opted_in"), optIn: true };
    case "help":
      if (turn.prompt?.kind === "place") return say("help_place");
      return turn.prompt?.kind === "offer" ? say("help_provider") : say("help");
    case "human":
      return { ...say("human"), attention: "human_wanted" };
    case "complain":
      return { ...say("complaint"), attention: "complaint" };
    default:
      return null;
  }
}

/** Who wants no messages is told twice how to come back, and then left in peace. */
export function answerOptedOut(turn: Turn): Outcome | null {
  return turn.optedOut ? { ...say("opted_out_reminder"), puzzled: true } : null;
}

/** Questions that need nothing but a reply. */
export async function answerQuestion(turn: Turn): Promise<Outcome | null> {
  switch (turn.heard.intent) {
    case "several":
      return answerSeveral(turn);
    case "ask_price":
      return say("price_unknown");
    case "join_pool":
      return say("join_pool_none");
    case "find_organization":
      return answerOrganizations(turn);
    case "report_done":
    case "report_no_show":
      return (await answerWaiting(turn)) ?? say("nothing_to_report");
    default:
      return null;
  }
}

/** A puzzled reply at most three times in a row; the third promises a person, and after it Minka is silent. */
export function answerPuzzle(puzzledBefore: number): Outcome {
  if (puzzledBefore < 2) return { ...say("not_understood"), puzzled: true };
  if (puzzledBefore === 2)
    return { ...say("not_understood_person"), puzzled: true, attention: "not_understood" };
  return { puzzled: true };
}
