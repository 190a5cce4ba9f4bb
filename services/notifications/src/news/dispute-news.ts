import { disputeSettled, engagementDisputed, reworkAgreed, reworkAsked } from "@minka/contracts/disputes";
import { limaInstant } from "@minka/domain/lima-time";
import { readablePhone } from "@minka/domain/phone";
import { describeNeed, phrase, said, sayDeadline } from "@minka/language/texts";
import { on, type EventHandler } from "@minka/service/define-service";
import { settleAboutRequest } from "../attention/raise-attention.ts";
import { lockConversation } from "../conversations/conversation-lease.ts";
import { closePromptsAbout } from "../conversations/prompts.ts";
import { sayVisitInSentence, sayWhere, shortName } from "../conversations/say-match.ts";
import { ask, readNews, tell, tellEach, type NewsKit } from "./tell.ts";

/** Work that has to be done again, and what an operator has to decide. */
export function disputeNews(kit: NewsKit): EventHandler[] {
  return [
    on(reworkAsked, async ({ payload, trace, once }) => {
      const { request, requester, provider } = await readNews(kit, payload.requestId, payload.matchId, {
        trace,
      });
      const { engagement, until } = request;
      await once(async (tx) => {
        if (!provider || !until || engagement?.id !== payload.engagementId || engagement.state !== "rework")
          return;
        const at = kit.clock();
        const expiresAt = new Date(until);
        const { requestId, engagementId } = payload;
        await ask({ tx, at, trace }, provider, {
          subject: { kind: "rework", requestId, engagementId },
          text: said("rework_provider", {
            requester: (language) => shortName(requester?.name ?? phrase("who_asked", {}, language), 24),
            deadline: (language) => sayDeadline(expiresAt, at, language),
          }),
          expiresAt,
        });
      });
    }),

    on(reworkAgreed, async ({ payload, trace, once }) => {
      const { request, match, requester, provider } = await readNews(
        kit,
        payload.requestId,
        payload.matchId,
        { trace },
      );
      const { engagement } = request;
      await once(async (tx) => {
        if (!match || !requester || !provider || engagement?.id !== payload.engagementId) return;
        if (engagement.state !== "agreed") return;
        const at = kit.clock();
        const day = (language: string) => sayVisitInSentence(engagement, at, language);
        const comes = { provider: shortName(match.providerName), day, phone: readablePhone(provider.phone) };
        const expected = {
          requester: (language: string) => shortName(requester.name ?? phrase("who_asked", {}, language), 24),
          place: sayWhere(request),
          day,
          phone: readablePhone(requester.phone),
        };
        await tellEach(
          { tx, at, trace },
          [
            { to: requester, text: said("rework_agreed_requester", comes) },
            { to: provider, text: said("rework_agreed_provider", expected) },
          ],
          limaInstant(engagement.visitOn, 24),
        );
      });
    }),

    on(engagementDisputed, async ({ payload, trace, once }) => {
      const { request, requester, provider } = await readNews(kit, payload.requestId, payload.matchId, {
        trace,
      });
      await once(async (tx) => {
        const at = kit.clock();
        // In the order in which all tellings take phones. Who asked hears of it with `request.handed-over`.
        const phones = [requester?.phone, provider?.phone].filter((phone) => phone !== undefined);
        for (const phone of phones.toSorted()) {
          const { unansweredSince } = await lockConversation(tx, phone, trace);
          // A turn that is about to say so closes the question itself.
          if (!unansweredSince) await closePromptsAbout(tx, phone, request.id, { at, trace });
        }
        if (!provider || payload.by === "provider" || request.engagement?.state !== "disputed") return;
        const need = (language: string) => describeNeed(request.need, language);
        await tell({ tx, at, trace }, provider, said("disputed_provider", { need }));
      });
    }),

    on(disputeSettled, async ({ payload, trace, once }) => {
      const { request, match, requester, provider } = await readNews(
        kit,
        payload.requestId,
        payload.matchId,
        { trace },
      );
      const { outcome } = payload;
      await once(async (tx) => {
        const at = kit.clock();
        await settleAboutRequest(tx, { requestId: request.id, at });
        const need = (language: string) => describeNeed(request.need, language);
        if (outcome === "rework") {
          const { until } = request;
          if (!requester || !match || !until || request.engagement?.state !== "rework") return;
          const words = {
            provider: shortName(match.providerName),
            deadline: (language: string) => sayDeadline(new Date(until), at, language),
          };
          return tell({ tx, at, trace }, requester, said("rework_asked", words));
        }
        // Who is told of what follows is not told twice: of a visit called off both are, of one missed who asked is.
        const told = { done: [requester, provider], no_show: [provider], cancelled: [] }[outcome];
        const text = said(outcome === "done" ? "settled_done" : "settled_no_show", { need });
        await tellEach(
          { tx, at, trace },
          told.flatMap((to) => (to ? [{ to, text }] : [])),
        );
      });
    }),
  ];
}
