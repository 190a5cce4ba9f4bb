import {
  engagementAgreed,
  engagementDone,
  engagementInDoubt,
  engagementMissed,
  listLapsed,
  matchAsked,
  matchPassedOn,
  outcomeDue,
  requestCancelled,
  requestHandedOver,
  requestMatched,
} from "@minka/contracts/events";
import { readablePhone } from "@minka/domain/phone";
import { describeNeed, renderText } from "@minka/language/texts";
import { on, type EventHandler } from "@minka/service/define-service";
import { raiseAboutRequest } from "../attention/raise-attention.ts";
import { listQuestion } from "../conversations/answer-choice.ts";
import { afterVisitHours, providerOf, ratingQuestion } from "../conversations/answer-visit.ts";
import { lockConversation } from "../conversations/conversation-lease.ts";
import { closePromptsAbout, closeVisitPrompt } from "../conversations/prompts.ts";
import { lapseOffer } from "../conversations/take-back-questions.ts";
import {
  findMatch,
  listedMatches,
  placeName,
  sayMatchDeadline,
  sayOffer,
  sayVisit,
  sayVisitInSentence,
  sayWhere,
  shortName,
  visitText,
} from "../conversations/say-match.ts";
import { hoursFrom } from "../conversations/turn.ts";
import { ask, readNews, tell, tellEach, type NewsKit } from "./tell.ts";

/** Reasons of matching that mean that there never was anybody to ask. */
const nobodyFound: readonly string[] = ["nobody-offers-this", "nobody-reaches-there", "other-topics-only"];

function handedOverText(reason: string) {
  if (nobodyFound.includes(reason)) return "handed_over_nobody";
  return reason === "list-refused" ? "handed_over_refused" : "handed_over_all_asked";
}

/**
 * What happens to a request, told to the people it concerns. Each handler reads how things stand now, so
 * news that comes late or out of order says nothing that is no longer true.
 */
export function matchingNews(kit: NewsKit): EventHandler[] {
  return [
    on(requestMatched, async ({ payload, trace, once }) => {
      const { request, requester } = await readNews(kit, payload.requestId, null, { trace });
      await once(async (tx) => {
        const matches = listedMatches(request);
        if (
          !requester ||
          request.state !== "listed" ||
          request.round !== payload.round ||
          matches.length === 0
        )
          return;
        const at = kit.clock();
        await ask({ tx, at, trace }, requester, listQuestion(request, matches, at));
      });
    }),

    on(requestHandedOver, async ({ payload, trace, once }) => {
      const { request, requester } = await readNews(kit, payload.requestId, null, { trace });
      await once(async (tx) => {
        if (!requester || request.state !== "with_operator") return;
        const about = { kind: "request_handed_over", requestId: request.id, phone: requester.phone } as const;
        await raiseAboutRequest(tx, { ...about, at: kit.clock() });
        const text = renderText(handedOverText(request.reason?.code ?? ""), {
          need: describeNeed(request.need),
          place: placeName(request.districtCode),
        });
        await tell({ tx, at: kit.clock(), trace }, requester, text);
      });
    }),

    on(matchAsked, async ({ payload, trace, once }) => {
      const { request, match, provider } = await readNews(kit, payload.requestId, payload.matchId, { trace });
      await once(async (tx) => {
        if (!match || !provider || match.state !== "asked" || !match.askExpiresAt) return;
        const at = kit.clock();
        await ask({ tx, at, trace }, provider, {
          subject: { kind: "offer", requestId: request.id, matchId: match.id },
          text: sayOffer(request, match, at),
          expiresAt: new Date(match.askExpiresAt),
        });
      });
    }),

    on(matchPassedOn, async ({ payload, trace, once }) => {
      const {
        request,
        match,
        requester,
        provider: asked,
      } = await readNews(kit, payload.requestId, payload.matchId, { trace });
      const next = payload.nextMatchId ? findMatch(request, payload.nextMatchId) : undefined;
      await once(async (tx) => {
        if (payload.cause === "left" && asked) {
          // In the order in which all tellings take phones.
          const phones = [asked.phone, ...(requester ? [requester.phone] : [])].toSorted();
          for (const phone of phones) await lockConversation(tx, phone, trace);
          await lapseOffer(tx, asked.phone, payload.matchId, { at: kit.clock(), trace });
        }
        // Where nobody is left, the news that a person takes over says all there is.
        if (!match || !requester || request.state === "with_operator") return;
        const at = kit.clock();
        const provider = shortName(match.providerName);
        // Why a provider is no longer there is nobody else's affair.
        const cause = payload.cause === "left" ? "declined" : payload.cause;
        const text =
          next?.state === "asked"
            ? renderText(`passed_on_${cause}`, {
                provider,
                next: shortName(next.providerName),
                deadline: sayMatchDeadline(next, at),
              })
            : renderText(`searching_wider_${cause}`, { provider });
        await tell({ tx, at, trace }, requester, text);
      });
    }),

    on(engagementAgreed, async ({ payload, trace, once }) => {
      const { request, match, requester, provider } = await readNews(
        kit,
        payload.requestId,
        payload.matchId,
        { trace },
      );
      const { engagement } = request;
      await once(async (tx) => {
        if (!match || !requester || !provider || engagement?.id !== payload.engagementId) return;
        const at = kit.clock();
        // A visit is a label and its day; the other texts are sentences.
        const day = (request.need.kind === "assistance" ? sayVisit : sayVisitInSentence)(engagement, at);
        const place = sayWhere(request);
        const name = shortName(requester.name ?? "la persona que pidió", 24);
        const agreed = { provider: shortName(match.providerName), day, phone: readablePhone(provider.phone) };
        const expected = { requester: name, place, day, phone: readablePhone(requester.phone) };
        await tellEach({ tx, at, trace }, [
          { to: requester, text: renderText(visitText(request.need, "agreed_requester"), agreed) },
          { to: provider, text: renderText(visitText(request.need, "agreed_provider"), expected) },
        ]);
      });
    }),

    on(engagementInDoubt, async ({ payload, trace, once }) => {
      const { request, requester, provider } = await readNews(kit, payload.requestId, payload.matchId, {
        trace,
      });
      await once(async (tx) => {
        const phone = (requester ?? provider)?.phone;
        const { engagement } = request;
        if (!phone || engagement?.id !== payload.engagementId || engagement.state !== "agreed") return;
        const about = { kind: "visit_in_doubt", requestId: request.id, phone } as const;
        await raiseAboutRequest(tx, { ...about, at: kit.clock() });
      });
    }),

    on(outcomeDue, async ({ payload, trace, once }) => {
      const { request, requester } = await readNews(kit, payload.requestId, null, { trace });
      const { engagement } = request;
      await once(async (tx) => {
        if (!requester || engagement?.id !== payload.engagementId || engagement.state !== "agreed") return;
        const at = kit.clock();
        await ask({ tx, at, trace }, requester, {
          subject: { kind: "outcome", requestId: request.id, engagementId: engagement.id },
          text: renderText(visitText(request.need, "outcome"), { provider: providerOf(request, engagement) }),
          expiresAt: hoursFrom(at, afterVisitHours),
        });
      });
    }),

    on(engagementDone, async ({ payload, trace, once }) => {
      const { request, requester } = await readNews(kit, payload.requestId, null, { trace });
      const { engagement } = request;
      await once(async (tx) => {
        // The producer's own report is answered in the conversation itself.
        if (payload.reportedBy !== "provider" || !requester || !engagement || engagement.score !== null)
          return;
        const at = kit.clock();
        await ask(
          { tx, at, trace },
          requester,
          ratingQuestion(request, engagement, at, "rating_provider_says_done"),
        );
      });
    }),

    on(engagementMissed, async ({ payload, trace, once }) => {
      const { request, match, requester } = await readNews(kit, payload.requestId, payload.matchId, {
        trace,
      });
      const next = payload.nextMatchId ? findMatch(request, payload.nextMatchId) : undefined;
      await once(async (tx) => {
        if (!requester) return;
        const at = kit.clock();
        const provider = shortName(match?.providerName ?? "");
        // Whether they came is settled; a turn that is about to say so closes the question itself.
        const { unansweredSince } = await lockConversation(tx, requester.phone, trace);
        if (!unansweredSince) await closeVisitPrompt(tx, requester.phone, payload, { at, trace });
        const text =
          next?.state === "asked"
            ? renderText("missed_next", {
                provider,
                next: shortName(next.providerName),
                deadline: sayMatchDeadline(next, at),
              })
            : renderText("missed_searching", { provider });
        await tell({ tx, at, trace }, requester, text);
      });
    }),

    on(requestCancelled, async ({ payload, trace, once }) => {
      const { request, requester, provider } = await readNews(kit, payload.requestId, payload.matchId, {
        trace,
      });
      await once(async (tx) => {
        const at = kit.clock();
        const words = { need: describeNeed(request.need), place: placeName(request.districtCode) };
        const told = [
          ...(requester ? [{ to: requester, text: renderText("cancelled_requester", words) }] : []),
          ...(provider ? [{ to: provider, text: renderText("cancelled_provider", words) }] : []),
        ];
        await tellEach({ tx, at, trace }, told);
        for (const { to } of told) await closePromptsAbout(tx, to.phone, request.id, { at, trace });
      });
    }),

    on(listLapsed, async ({ payload, trace, once }) => {
      const { request, requester } = await readNews(kit, payload.requestId, null, { trace });
      await once(async (tx) => {
        if (!requester || request.state !== "lapsed") return;
        await tell({ tx, at: kit.clock(), trace }, requester, renderText("list_lapsed"));
      });
    }),
  ];
}
