import { foldToGsm7 } from "@minka/language/gsm7";
import { renderText } from "@minka/language/texts";
import { cancelOwnRequest } from "./cancel-own-request.ts";
import { decideOnce } from "./decide-once.ts";
import { lastSaid } from "./last-said.ts";
import { listedRequests, openRequests, sayRequests } from "./say-requests.ts";
import type { Outcome, Turn } from "./turn.ts";

const numbered = /^\W*(cancel\w*|anul\w*)?\s*((al?|el|la|pedido) )*([1-9])\W*$/i;

/**
 * The number after "¿cuál pedido anulamos?", or CANCELAR 2 after ESTADO: only while the list with these numbers is the
 * last thing that was said, so that a number never means another request than the one that was read.
 */
export async function answerWhichRequest(turn: Turn): Promise<Outcome | null> {
  const found = numbered.exec(turn.text);
  if (!found || !turn.person) return null;
  const isCommand = found[1] !== undefined;
  const decided = await decideOnce(turn, "request-numbered", async () => {
    const last = await lastSaid(turn);
    const isAsked = last.startsWith(opening(turn.language));
    if (!isAsked && !isCommand) return null;
    const requests = await openRequests(turn);
    const request = listedRequests(requests)[Number(found[4]) - 1];
    if (requests.length < 2 || !request) return null;
    const text = await sayRequests(turn, requests, isAsked ? "which_request" : "status_several");
    // Beyond "y 2 más" no number was read.
    const wasRead = foldToGsm7(text) === last && last.includes(`\n${found[4]} `);
    return wasRead ? { id: request.id } : null;
  });
  return decided && cancelOwnRequest(turn, decided.id);
}

function opening(language: string): string {
  const question = renderText("which_request", { options: "" }, language);
  return foldToGsm7(question).split("?")[0] ?? "";
}
