import { engagementMissed } from "@minka/contracts/events";
import { engagementCalledOff } from "@minka/contracts/follow-ups";
import type { Side } from "@minka/contracts/quotes";
import type { Transaction } from "@minka/database/connect";
import { said } from "@minka/language/texts";
import { on, type EventHandler } from "@minka/service/define-service";
import { lockConversation } from "../conversations/conversation-lease.ts";
import { closeVisitPrompt } from "../conversations/prompts.ts";
import { findMatch, sayMatchDeadline, sayMissed, shortName } from "../conversations/say-match.ts";
import { readNews, tell, type NewsKit } from "./tell.ts";

type Lost = {
  payload: { requestId: string; engagementId: string; matchId: string; nextMatchId: string | null };
  trace: string;
  once: (work: (tx: Transaction) => Promise<void>) => Promise<void>;
};

/** A visit that was agreed does not take place: told to who asked, and to the provider who is said not to have come. */
export function lostVisitNews(kit: NewsKit): EventHandler[] {
  return [
    on(engagementMissed, (lost) => tellLost(kit, lost, lost.payload.reportedBy)),
    on(engagementCalledOff, (lost) => tellLost(kit, lost, "provider")),
  ];
}

async function tellLost(
  kit: NewsKit,
  { payload, trace, once }: Lost,
  reportedBy: Side | null,
): Promise<void> {
  const { request, match, requester, provider } = await readNews(kit, payload.requestId, payload.matchId, {
    trace,
  });
  const next = payload.nextMatchId ? findMatch(request, payload.nextMatchId) : undefined;
  // What an operator decides is told to the provider as a decision.
  const blamed = reportedBy === "requester" ? provider : undefined;
  await once(async (tx) => {
    const at = kit.clock();
    const moment = { at, trace };
    // In the order in which all tellings take phones.
    const phones = [requester, blamed].flatMap((contact) => (contact ? [contact.phone] : []));
    for (const phone of new Set(phones.toSorted())) {
      // Whether they came is settled; a turn that is about to say so closes the question itself.
      const { unansweredSince } = await lockConversation(tx, phone, trace);
      if (!unansweredSince) await closeVisitPrompt(tx, phone, payload, moment);
    }
    if (blamed) await tell({ tx, ...moment }, blamed, sayMissed(request, requester?.name, payload.matchId));
    if (!requester) return;
    const name = shortName(match?.providerName ?? "");
    const text =
      next?.state === "asked"
        ? said("missed_next", {
            provider: name,
            next: shortName(next.providerName),
            deadline: (language) => sayMatchDeadline(next, at, language),
          })
        : said("missed_searching", { provider: name });
    await tell({ tx, ...moment }, requester, text);
  });
}
