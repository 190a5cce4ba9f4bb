import { answerComplaint } from "./answer-complaint.ts";
import { readAddressee } from "./answer-errand.ts";
import { answerOrganizations } from "./answer-organizations.ts";
import { wantsErasure } from "./answer-own-data.ts";
import { answerPrice } from "./answer-price.ts";
import { answerSeveral } from "./answer-several.ts";
import { answerWaiting } from "./answer-status.ts";
import { womanWanted } from "./attendance-wish.ts";
import { isProvider } from "./is-provider.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

/** Words that work in every state: help, no more messages, messages again, a person, a complaint. */
export async function answerControl(turn: Turn): Promise<Outcome | null> {
  const { intent } = turn.heard;
  // "Que me atienda una mujer" asks for no operator, and PARA with a phone for no help.
  if ((intent === "human" || intent === "help") && saysForWhomOrByWhom(turn)) return null;
  switch (intent) {
    case "opt_out":
      // At a shared phone it is first asked whose data they are.
      return wantsErasure(turn.text) ? null : { ...say("opted_out"), optOut: true };
    case "opt_in":
      return { ...say("opted_in"), optIn: true };
    case "help":
      if (turn.prompt?.kind === "place") return say("help_place");
      return say((await isProvider(turn)) ? "help_provider" : "help");
    case "human":
      return { ...say("human"), attention: "human_wanted" };
    case "complain":
      return answerComplaint(turn);
    default:
      return null;
  }
}

function saysForWhomOrByWhom(turn: Turn): boolean {
  return readAddressee(turn.text) !== null || womanWanted(turn) !== null;
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
      return answerPrice(turn);
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

/** "SI", "NO" or a number, to a question that is not there. */
function answersNothing({ text, asking }: Turn): boolean {
  return !asking && /^\W*(s[ií]+|no+|\d{1,2})\W*$/i.test(text);
}

/** A puzzled reply at most three times in a row; the third promises a person, and after it Minka is silent. */
export function answerPuzzle(puzzledBefore: number, turn?: Turn): Outcome {
  if (puzzledBefore < 2 && turn && answersNothing(turn)) return { ...say("no_question_open"), puzzled: true };
  if (puzzledBefore < 2) return { ...say("not_understood"), puzzled: true };
  if (puzzledBefore === 2)
    return { ...say("not_understood_person"), puzzled: true, attention: "not_understood" };
  return { puzzled: true };
}
