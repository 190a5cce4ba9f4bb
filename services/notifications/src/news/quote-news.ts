import { engagementMoved } from "@minka/contracts/follow-ups";
import { listedAgain, quoteClosed, quoteMade } from "@minka/contracts/quotes";
import { limaInstant } from "@minka/domain/lima-time";
import { readablePhone } from "@minka/domain/phone";
import { describeNeed, phrase, said } from "@minka/language/texts";
import { on, type EventHandler } from "@minka/service/define-service";
import { listQuestion } from "../conversations/answer-choice.ts";
import { closeQuotePrompt } from "../conversations/take-back-questions.ts";
import { lockConversation } from "../conversations/conversation-lease.ts";
import { listedMatches, sayVisitInSentence, shortName } from "../conversations/say-match.ts";
import { askQuestion, dayQuestion, quoteQuestion } from "../conversations/say-quote.ts";
import type { Question } from "../conversations/prompts.ts";
import { ask, readNews, tell, tellEach, type Contact, type NewsKit } from "./tell.ts";

type News = Awaited<ReturnType<typeof readNews>>;

/** What two propose to each other, before they agree and after. */
export function quoteNews(kit: NewsKit): EventHandler[] {
  return [
    on(quoteMade, async ({ payload, trace, once }) => {
      const news = await readNews(kit, payload.requestId, payload.matchId, { trace });
      await once(async (tx) => {
        if (news.match?.quote?.id !== payload.quoteId) return;
        const asked = payload.by === "provider" ? news.requester : news.provider;
        const at = kit.clock();
        const question = questionOf(news, at);
        if (asked && question) await ask({ tx, at, trace }, asked, question);
      });
    }),

    on(quoteClosed, async ({ payload, trace, once }) => {
      const { by, cause, agreed } = payload;
      const news = await readNews(kit, payload.requestId, payload.matchId, { trace });
      const { request, match, requester, provider } = news;
      await once(async (tx) => {
        const [proposer, other] = by === "provider" ? [provider, requester] : [requester, provider];
        // What the other side proposes instead says that it was refused; to the producer the next one does.
        const isAnswered = agreed ? match?.quote !== null || !request.engagement : by === "requester";
        if (!proposer || isAnswered) return;
        const at = kit.clock();
        const { engagement } = request;
        if (!agreed || !engagement) {
          const need = (language: string) => describeNeed(request.need, language);
          const key = cause === "refused" ? "quote_refused" : "quote_expired";
          return tell({ tx, at, trace }, proposer, said(key, { need }));
        }
        const key = cause === "refused" ? "day_refused" : "day_unanswered";
        const day = (language: string) => sayVisitInSentence(engagement, at, language);
        await tell({ tx, at, trace }, proposer, said(key, { ...cardOf(other), day }));
      });
    }),

    on(engagementMoved, async ({ payload, trace, once }) => {
      const { request, requester, provider } = await readNews(kit, payload.requestId, payload.matchId, {
        trace,
      });
      await once(async (tx) => {
        const { engagement } = request;
        if (
          !requester ||
          !provider ||
          engagement?.id !== payload.engagementId ||
          engagement.state !== "agreed"
        )
          return;
        const at = kit.clock();
        const day = (language: string) => sayVisitInSentence(engagement, at, language);
        const told = [
          { to: requester, text: said("day_moved", { ...cardOf(provider), day }) },
          { to: provider, text: said("day_moved", { ...cardOf(requester), day }) },
        ];
        await tellEach({ tx, at, trace }, told, limaInstant(engagement.visitOn, 24));
      });
    }),

    on(listedAgain, async ({ payload, trace, once }) => {
      const { request, requester } = await readNews(kit, payload.requestId, null, { trace });
      await once(async (tx) => {
        const matches = listedMatches(request);
        if (!requester || request.state !== "listed" || matches.length === 0) return;
        const at = kit.clock();
        await lockConversation(tx, requester.phone, trace);
        await closeQuotePrompt(tx, requester.phone, { requestId: request.id }, { at, trace });
        await ask({ tx, at, trace }, requester, listQuestion(request, matches, at));
      });
    }),
  ];
}

/** To the producer as a proposal, to the provider as the order in new words, of what is agreed as another day. */
function questionOf({ request, match, requester, provider }: News, now: Date): Question | null {
  const quote = match?.quote;
  if (!match || !quote) return null;
  if (match.state === "quoted") return quoteQuestion(request, match, quote, now);
  const { askExpiresAt } = match;
  if (match.state === "asked")
    return askExpiresAt ? askQuestion(request, { ...match, askExpiresAt }, now) : null;
  const other = quote.by === "provider" ? provider?.name : requester?.name;
  const { visitOn } = quote;
  return visitOn === null ? null : dayQuestion(request, { ...quote, visitOn }, other ?? null, now);
}

/** Who the other one is, whom both know since they agreed. */
function cardOf(contact: Contact | undefined) {
  return {
    other: (language: string) => shortName(contact?.name ?? phrase("other_person", {}, language)),
    phone: readablePhone(contact?.phone ?? ""),
  };
}
