import { foldCase } from "@minka/language/fold";
import { newestOpen } from "./open-matters.ts";
import { findMatch, shortName } from "./say-match.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

const place = "([1-3]|uno|dos|tres|primer\\w*|segund\\w*|tercer\\w*|ultim\\w*|otr[oa])";
const another = new RegExp(
  [
    `^\\W*no\\W+((era|quiero|quise|mejor|a|al|el|la) )*${place}\\W*$`,
    `\\bmejor ((a|al|el|la) )*${place}\\b`,
    `\\bequivo[cq]`,
    `^\\W*(ese|esa) no\\b`,
    `\\bno (quiero )?(a |con )?(ese|esa)\\b`,
    `\\b(quiero|era|quise) ((a|al|el|la) )*${place}\\W*$`,
    `\\b(cambi\\w+|dame|deme) (de |a |al |por |el |la )*(otr[oa]|tecnic[oa]|[1-3])\\b`,
  ].join("|"),
);

/**
 * "No, el 2" when somebody has been asked already: they may be about to say yes, so nothing changes by itself, and who
 * changed their mind is told what would.
 */
export async function answerChangeOfChoice(turn: Turn): Promise<Outcome | null> {
  if (turn.prompt || !turn.person || turn.heard.intent !== "unknown") return null;
  if (!another.test(foldCase(turn.text.slice(0, 200)))) return null;
  const request = await newestOpen(turn);
  if (request?.state === "asking") {
    const asked = request.matches.find(({ state }) => state === "asked");
    return asked ? say("change_choice", { provider: shortName(asked.providerName) }) : null;
  }
  const agreed = request?.engagement && findMatch(request, request.engagement.matchId);
  return agreed && request.state === "agreed"
    ? say("change_choice_agreed", { provider: shortName(agreed.providerName) })
    : null;
}
