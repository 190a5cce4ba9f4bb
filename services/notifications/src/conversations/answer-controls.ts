import { findOrganizations } from "@minka/contracts/profiles";
import { readablePhone } from "@minka/domain/phone";
import { renderText } from "@minka/language/texts";
import { answerSeveral } from "./answer-several.ts";
import { answerWaiting } from "./answer-status.ts";
import { fitSegments, placeName, shortName } from "./say-match.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

/** "Borren mis datos": no more messages, and a person sees to the rest. */
const wantsErasure = /(borr|elimin|olvid)\w*[^.]*\b(dato|numero|n[uú]mero|registro|informaci)/i;

/** Words that work in every state: help, no more messages, messages again, a person, a complaint. */
export function answerControl(turn: Turn): Outcome | null {
  switch (turn.heard.intent) {
    case "opt_out":
      return wantsErasure.test(turn.text)
        ? { ...say("opted_out_erase"), optOut: true, attention: "human_wanted" }
        : { ...say("opted_out"), optOut: true };
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

async function answerOrganizations(turn: Turn): Promise<Outcome> {
  const districtCode = turn.heard.slots.place ?? turn.person?.districtCode;
  if (!districtCode) return say("ask_place_again");
  const { crop } = turn.heard.slots;
  const query = { districtCode, ...(crop ? { crop } : {}) };
  const { organizations } = await turn.kit.call(findOrganizations, { query }, turn.step("organizations"));
  const place = placeName(districtCode);
  if (organizations.length === 0) return say("organizations_none", { place });
  const listed = (longestName: number) => {
    const lines = organizations.map(({ name, phone }) =>
      phone ? `${shortName(name, longestName)}, ${readablePhone(phone)}` : shortName(name, longestName),
    );
    return renderText("organizations", { place, options: lines.join("\n") });
  };
  return { say: [fitSegments(listed, [80, 60, 48, 40, 32, 24])] };
}

/** A puzzled reply at most three times in a row; the third promises a person, and after it Minka is silent. */
export function answerPuzzle(puzzledBefore: number): Outcome {
  if (puzzledBefore < 2) return { ...say("not_understood"), puzzled: true };
  if (puzzledBefore === 2)
    return { ...say("not_understood_person"), puzzled: true, attention: "not_understood" };
  return { puzzled: true };
}
