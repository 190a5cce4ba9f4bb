import { engagementDone } from "@minka/contracts/events";
import { helpAsked, outcomeUnanswered, reminderDue } from "@minka/contracts/follow-ups";
import type { Side } from "@minka/contracts/quotes";
import { ratingsPublished } from "@minka/contracts/ratings";
import type { Transaction } from "@minka/database/connect";
import { limaDay, limaInstant } from "@minka/domain/lima-time";
import { readablePhone } from "@minka/domain/phone";
import { phrase, said } from "@minka/language/texts";
import { on, type EventHandler } from "@minka/service/define-service";
import { providerOf, ratingQuestion } from "../conversations/answer-visit.ts";
import { afterVisitHours, rateProducerQuestion } from "../conversations/rate-producer.ts";
import { sayWhere, shortName, visitText } from "../conversations/say-match.ts";
import { proposalWords } from "../conversations/say-plan.ts";
import { hoursFrom } from "../conversations/turn.ts";
import { idempotencyKeys } from "../tables.ts";
import { readPlanned } from "./plan-news.ts";
import { ask, readNews, tell, tellEach, type NewsKit } from "./tell.ts";

/** What follows an agreement by itself: a reminder, who is asked how it was, and whether it helped. */
export function followUpNews(kit: NewsKit): EventHandler[] {
  return [
    on(reminderDue, async ({ payload, trace, once }) => {
      const { request, requester, provider } = await readNews(kit, payload.requestId, payload.matchId, {
        trace,
      });
      const { engagement } = request;
      const planned = payload.planVisitId ? await readPlanned(kit, payload.planVisitId, trace) : null;
      await once(async (tx) => {
        const at = kit.clock();
        if (!requester || !provider || engagement?.id !== payload.engagementId) return;
        // Told on the day itself it would remind of nothing.
        if (engagement.state !== "agreed" || limaDay(at) >= engagement.visitOn) return;
        if (planned) {
          const words = { ...proposalWords(planned, at), phone: readablePhone(provider.phone) };
          const reminder = said("plan_visit_reminder", words);
          return tell({ tx, at, trace }, requester, reminder, limaInstant(engagement.visitOn, 24));
        }
        const expected = {
          requester: (language: string) => shortName(requester.name ?? phrase("who_asked", {}, language), 24),
          place: sayWhere(request),
          phone: readablePhone(requester.phone),
        };
        const comes = { provider: providerOf(request, engagement), phone: readablePhone(provider.phone) };
        await tellEach(
          { tx, at, trace },
          [
            { to: requester, text: said(visitText(request, "reminder_requester", payload.matchId), comes) },
            { to: provider, text: said(visitText(request, "reminder_provider", payload.matchId), expected) },
          ],
          limaInstant(engagement.visitOn, 24),
        );
      });
    }),

    on(outcomeUnanswered, async ({ payload, trace, once }) => {
      const { request, requester, provider } = await readNews(kit, payload.requestId, payload.matchId, {
        trace,
      });
      const { engagement } = request;
      await once(async (tx) => {
        if (!provider || engagement?.id !== payload.engagementId || engagement.state !== "agreed") return;
        const at = kit.clock();
        const { requestId, engagementId } = payload;
        await ask({ tx, at, trace }, provider, {
          subject: { kind: "outcome", requestId, engagementId, by: "provider" },
          text: said(visitText(request, "outcome_provider", payload.matchId), {
            requester: (language) => shortName(requester?.name ?? phrase("who_asked", {}, language), 24),
          }),
          expiresAt: hoursFrom(at, afterVisitHours),
        });
      });
    }),

    on(engagementDone, async ({ payload, trace, once }) => {
      const { engagement } = (await readNews(kit, payload.requestId, null, { trace })).request;
      const matchId = engagement?.matchId ?? null;
      const { request, requester, provider } = await readNews(kit, payload.requestId, matchId, { trace });
      await once(async (tx) => {
        if (!engagement || engagement.state !== "done") return;
        const at = kit.clock();
        const hasRated = (side: Side) => engagement.ratings.some(({ by }) => by === side);
        // Who reported it is answered, and asked, in the conversation itself.
        if (payload.reportedBy === "provider") {
          if (!requester || hasRated("requester")) return;
          const key = "rating_provider_says_done";
          await ask({ tx, at, trace }, requester, ratingQuestion(request, engagement, at, key));
        } else if (provider && !hasRated("provider"))
          await ask({ tx, at, trace }, provider, rateProducerQuestion(payload, requester?.name ?? null, at));
      });
    }),

    on(ratingsPublished, async ({ payload, trace, once }) => {
      const { engagement } = (await readNews(kit, payload.requestId, null, { trace })).request;
      const matchId = engagement?.matchId ?? null;
      const { provider } = await readNews(kit, payload.requestId, matchId, { trace });
      await once(async (tx) => {
        if (!provider || engagement?.id !== payload.engagementId || engagement.score === null) return;
        const at = kit.clock();
        if (!(await isFirstToday(tx, engagement.providerId, at))) return;
        await tell({ tx, at, trace }, provider, said("ratings_published", { score: engagement.score }));
      });
    }),

    on(helpAsked, async ({ payload, trace, once }) => {
      const { request, requester } = await readNews(kit, payload.requestId, null, { trace });
      const { engagement } = request;
      await once(async (tx) => {
        if (!requester || engagement?.id !== payload.engagementId) return;
        if (engagement.state !== "done" || engagement.helped !== null) return;
        const at = kit.clock();
        const { requestId, engagementId } = payload;
        await ask({ tx, at, trace }, requester, {
          subject: { kind: "help", requestId, engagementId },
          text: said(visitText(request, "help_asked", engagement.matchId), {
            provider: providerOf(request, engagement),
          }),
          expiresAt: hoursFrom(at, afterVisitHours),
        });
      });
    }),
  ];
}

/** Somebody who serves many is told of one rating a day: the others are where they are all to be seen. */
async function isFirstToday(tx: Transaction, providerId: string, at: Date): Promise<boolean> {
  const scope = `rating-told:${providerId}:${limaDay(at)}`;
  const added = await tx
    .insert(idempotencyKeys)
    .values({ scope, bodyHash: "", answer: null, createdAt: at })
    .onConflictDoNothing()
    .returning({ scope: idempotencyKeys.scope });
  return added.length > 0;
}
