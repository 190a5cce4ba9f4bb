import { matchWithdrawn, presenceOverdue, providerSilent, requestDispatched } from "@minka/contracts/events";
import type { Match } from "@minka/contracts/matches";
import { readPresence } from "@minka/contracts/presence";
import { contactCards } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import { describeNeed, said } from "@minka/language/texts";
import { on, type EventHandler } from "@minka/service/define-service";
import { raiseAttention } from "../attention/raise-attention.ts";
import { closePromptsAbout } from "../conversations/prompts.ts";
import { placeName, sayMatchDeadline } from "../conversations/say-match.ts";
import { readNews, tell, type NewsKit } from "./tell.ts";

/** Of a match that came to nothing. */
const tried: readonly Match["state"][] = ["declined", "silent"];

/** What happens on the way to a yes without a word of the people concerned, and when an agent is missed. */
export function dispatchNews(kit: NewsKit): EventHandler[] {
  return [
    on(requestDispatched, async ({ payload, trace, once }) => {
      const { request, requester } = await readNews(kit, payload.requestId, null, { trace });
      await once(async (tx) => {
        const asked = request.matches.filter(
          ({ id, state }) => payload.matchIds.includes(id) && state === "asked",
        );
        const [first] = asked;
        if (!requester || !first || request.state !== "asking") return;
        const at = kit.clock();
        const deadline = (language: string) => sayMatchDeadline(first, at, language);
        // Not the first three: they read that nobody could yet.
        const again = request.matches.some(({ state }) => tried.includes(state));
        const count = String(asked.length);
        const text =
          asked.length === 1
            ? said(again ? "dispatched_again_one" : "dispatched_one", { deadline })
            : said(again ? "dispatched_again_many" : "dispatched_many", { count, deadline });
        await tell({ tx, at, trace }, requester, text);
      });
    }),

    on(matchWithdrawn, async ({ payload, trace, once }) => {
      const { request, match, provider } = await readNews(kit, payload.requestId, payload.matchId, { trace });
      await once(async (tx) => {
        if (!match || !provider || match.state === "asked" || match.state === "accepted") return;
        const at = kit.clock();
        const words = {
          need: (language: string) => describeNeed(request.need, language),
          place: placeName(request.districtCode),
        };
        const key = payload.cause === "another-was-quicker" ? "ask_taken_by_other" : "ask_withdrawn";
        await tell({ tx, at, trace }, provider, said(key, words));
        await closePromptsAbout(tx, provider.phone, request.id, { at, trace });
      });
    }),

    on(presenceOverdue, async ({ payload: { presenceId }, trace, once }) => {
      const presence = await stillThere(kit, presenceId, trace);
      if (!presence) return;
      const body = { personIds: [presence.personId] };
      const { contacts } = await kit.call(contactCards, { body }, { trace });
      await once(async (tx) => {
        const [agent] = contacts;
        if (!agent) return;
        const about = { kind: "presence_overdue", phone: agent.phone, subject: presenceId } as const;
        const at = kit.clock();
        await raiseAttention(tx, { ...about, at });
        await tell({ tx, at, trace }, agent, said("presence_overdue"));
      });
    }),

    on(providerSilent, async ({ payload: { providerId, personId }, trace, once }) => {
      const { contacts } = await kit.call(contactCards, { body: { personIds: [personId] } }, { trace });
      await once(async (tx) => {
        const [to] = contacts;
        if (!to) return;
        const at = kit.clock();
        await tell({ tx, at, trace }, to, said("provider_silent"));
        await raiseAttention(tx, { kind: "provider_silent", phone: to.phone, subject: providerId, at });
      });
    }),
  ];
}

/** Null for who has left meanwhile, or is erased. */
async function stillThere(kit: NewsKit, presenceId: string, trace: string) {
  try {
    const { presence } = await kit.call(readPresence, { params: { presenceId } }, { trace });
    return presence.leftAt === null ? presence : null;
  } catch (error) {
    if (error instanceof DomainError && error.category === "not-found") return null;
    throw error;
  }
}
