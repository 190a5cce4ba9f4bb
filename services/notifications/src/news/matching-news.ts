import {
  engagementAgreed,
  engagementInDoubt,
  listLapsed,
  matchAsked,
  matchPassedOn,
  outcomeDue,
  requestCancelled,
  requestHandedOver,
  requestMatched,
} from "@minka/contracts/events";
import type { Match } from "@minka/contracts/matches";
import type { Transaction } from "@minka/database/connect";
import { limaInstant } from "@minka/domain/lima-time";
import { readablePhone } from "@minka/domain/phone";
import { describeNeed, phrase, renderText, said, type TextParameters } from "@minka/language/texts";
import { on, type EventHandler } from "@minka/service/define-service";
import { raiseAboutRequest, settleAboutRequest } from "../attention/raise-attention.ts";
import { listQuestion } from "../conversations/answer-choice.ts";
import { providerOf } from "../conversations/answer-visit.ts";
import { afterVisitHours } from "../conversations/rate-producer.ts";
import { lockConversation } from "../conversations/conversation-lease.ts";
import { closePromptsAbout } from "../conversations/prompts.ts";
import { closeQuotePrompt, lapseOffer, leaveOffer } from "../conversations/take-back-questions.ts";
import {
  findMatch,
  listedMatches,
  placeName,
  sayMatchDeadline,
  saySponsorChanged,
  sayWhere,
  shortName,
  visitText,
} from "../conversations/say-match.ts";
import { askQuestion, sayAgreed } from "../conversations/say-quote.ts";
import { hoursFrom } from "../conversations/turn.ts";
import { lostVisitNews } from "./lost-visit-news.ts";
import { tellPlannedVisit } from "./plan-news.ts";
import { ask, readNews, tell, tellEach, type Contact, type NewsKit } from "./tell.ts";

/** Reasons of matching that mean that there never was anybody to ask. */
const nobodyFound: readonly string[] = [
  "nobody-offers-this",
  "nobody-reaches-there",
  "other-topics-only",
  "conditions-not-met",
];

/** How long the question waits whether anybody may come, where no woman is near. */
const attendanceHours = 48;

/** What a person has to find out with both sides. */
const disputed: readonly string[] = ["disputed", "outcome-unknown", "rework-declined", "rework-unanswered"];

function handedOverText(reason: string) {
  if (disputed.includes(reason)) return "handed_over_disputed";
  if (reason === "review-asked") return "review_handed_over";
  if (nobodyFound.includes(reason)) return "handed_over_nobody";
  return reason === "list-refused" ? "handed_over_refused" : "handed_over_all_asked";
}

/** What of a no is said on: nothing that sounds like blame, on whom it is asked of least of all. */
function cannotFor(reason: Match["declineReason"]) {
  const told = reason === "far" || reason === "busy" || reason === "not_my_work";
  return told ? `cannot_${reason}` : "cannot";
}

/** What a provider has agreed to is told before they are asked about anything else. */
async function askNext(
  tx: Transaction,
  { phone, withdrawn }: Contact,
  matchId: string,
  moment: { at: Date; trace: string },
): Promise<void> {
  if (withdrawn) return;
  await leaveOffer(tx, await lockConversation(tx, phone, moment.trace), matchId, moment);
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
        await settleAboutRequest(tx, { requestId: request.id, at });
        await ask({ tx, at, trace }, requester, listQuestion(request, matches, at));
      });
    }),

    on(requestHandedOver, async ({ payload, trace, once }) => {
      const { request, requester } = await readNews(kit, payload.requestId, null, { trace });
      await once(async (tx) => {
        if (!requester || request.state !== "with_operator") return;
        const about = { kind: "request_handed_over", requestId: request.id, phone: requester.phone } as const;
        const at = kit.clock();
        await raiseAboutRequest(tx, { ...about, at });
        // What becomes of a planned visit is told of the visit.
        if (request.reason?.code === "plan-dropped") return;
        const words = {
          need: (language: string) => describeNeed(request.need, language),
          place: placeName(request.districtCode),
        };
        if (request.reason?.code === "no-woman-near") {
          await ask({ tx, at, trace }, requester, {
            subject: { kind: "attendance", requestId: request.id },
            text: said("no_woman_near", words),
            expiresAt: hoursFrom(at, attendanceHours),
          });
          return;
        }
        const text = said(handedOverText(request.reason?.code ?? ""), words);
        await tell({ tx, at, trace }, requester, text);
      });
    }),

    on(matchAsked, async ({ payload, trace, once }) => {
      const { request, match, requester, provider } = await readNews(
        kit,
        payload.requestId,
        payload.matchId,
        { trace },
      );
      await once(async (tx) => {
        if (!match || !provider || match.state !== "asked" || !match.askExpiresAt) return;
        const at = kit.clock();
        if (payload.sponsorChanged && requester) {
          // In the order in which all tellings take phones.
          for (const phone of [requester.phone, provider.phone].toSorted())
            await lockConversation(tx, phone, trace);
          await tell({ tx, at, trace }, requester, (language) =>
            saySponsorChanged(match, request.need.kind, language),
          );
        }
        const { askExpiresAt } = match;
        await ask({ tx, at, trace }, provider, askQuestion(request, { ...match, askExpiresAt }, at));
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
        if (requester) {
          // A price that nobody can accept any more.
          await lockConversation(tx, requester.phone, trace);
          const about = { requestId: request.id, matchId: payload.matchId };
          await closeQuotePrompt(tx, requester.phone, about, { at: kit.clock(), trace });
        }
        // Of an urgent request others are still asked, or the next three, which is told in one message.
        const goesOn = (payload.stillAsked ?? 0) > 0 || (request.need.urgency === "urgent" && next);
        if (goesOn) return;
        // Where nobody is left, the news that a person takes over says all there is.
        if (!match || !requester || request.state === "with_operator") return;
        const at = kit.clock();
        const provider = shortName(match.providerName);
        // Why a provider is no longer there is nobody else's affair.
        const cause = payload.cause === "left" ? "declined" : payload.cause;
        const cannot = (language: string) => phrase(cannotFor(match.declineReason), {}, language);
        const text =
          next?.state === "asked"
            ? said(`passed_on_${cause}`, {
                provider,
                cannot,
                next: shortName(next.providerName),
                deadline: (language) => sayMatchDeadline(next, at, language),
              })
            : request.need.urgency === "urgent"
              ? said("urgent_wider")
              : said(`searching_wider_${cause}`, { provider, cannot });
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
      const { planVisitId } = payload;
      if (planVisitId) {
        const providerPersonId = match?.providerPersonId;
        return tellPlannedVisit(kit, { planVisitId, providerPersonId, trace }, once);
      }
      const { engagement } = request;
      await once(async (tx) => {
        const at = kit.clock();
        if (!match || !requester || !provider || engagement?.id !== payload.engagementId) {
          if (provider) await askNext(tx, provider, payload.matchId, { at, trace });
          return;
        }
        const place = sayWhere(request);
        const name = (language: string) => shortName(requester.name ?? phrase("who_asked", {}, language), 24);
        const agreed = { provider: shortName(match.providerName), phone: readablePhone(provider.phone) };
        const expected = { requester: name, place, phone: readablePhone(requester.phone) };
        const say = (key: "agreed_requester" | "agreed_provider", words: TextParameters, most: number) => {
          const text = visitText(request, key, match.id);
          return (language: string) =>
            sayAgreed(request, { now: at, language, most }, (day) =>
              renderText(text, { ...words, day }, language),
            );
        };
        // Who is out of coverage until the morning of the visit still wants to know who comes.
        const visitIsOver = limaInstant(engagement.visitOn, 24);
        await tellEach(
          { tx, at, trace },
          [
            { to: requester, text: say("agreed_requester", agreed, 1) },
            { to: provider, text: say("agreed_provider", expected, 2) },
          ],
          visitIsOver,
        );
        await askNext(tx, provider, payload.matchId, { at, trace });
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
          text: said(visitText(request, "outcome", engagement.matchId), {
            provider: providerOf(request, engagement),
          }),
          expiresAt: hoursFrom(at, afterVisitHours),
        });
      });
    }),

    ...lostVisitNews(kit),

    on(requestCancelled, async ({ payload, trace, once }) => {
      const { request, requester, provider } = await readNews(kit, payload.requestId, payload.matchId, {
        trace,
      });
      await once(async (tx) => {
        const at = kit.clock();
        const words = {
          need: (language: string) => describeNeed(request.need, language),
          place: placeName(request.districtCode),
        };
        const told = [
          ...(requester ? [{ to: requester, text: said("cancelled_requester", words) }] : []),
          ...(provider ? [{ to: provider, text: said("cancelled_provider", words) }] : []),
        ];
        await tellEach({ tx, at, trace }, told);
        for (const { to } of told) await closePromptsAbout(tx, to.phone, request.id, { at, trace });
      });
    }),

    on(listLapsed, async ({ payload, trace, once }) => {
      const { request, requester } = await readNews(kit, payload.requestId, null, { trace });
      await once(async (tx) => {
        if (!requester || request.state !== "lapsed") return;
        await tell({ tx, at: kit.clock(), trace }, requester, said("list_lapsed"));
      });
    }),
  ];
}
