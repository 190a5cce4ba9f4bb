import { reviewAsked, reviewSettled } from "@minka/contracts/reviews";
import { describeNeed, said } from "@minka/language/texts";
import { on, type EventHandler } from "@minka/service/define-service";
import { raiseAboutRequest } from "../attention/raise-attention.ts";
import { readNews, tell, type NewsKit } from "./tell.ts";

/** Of a request that was handed over because of a review. */
const reviewReason = "review-asked";

const texts = {
  upheld: "review_upheld",
  "searched-anew": "review_searched_anew",
  "handed-over": "review_handed_over",
} as const;

/** Somebody wants a person to look at what was ranked for them: an operator hears of it, and they of what came of it. */
export function reviewNews(kit: NewsKit): EventHandler[] {
  return [
    on(reviewAsked, async ({ payload, trace, once }) => {
      const { request, requester } = await readNews(kit, payload.requestId, null, { trace });
      await once(async (tx) => {
        if (!requester) return;
        const about = { kind: "review_asked", requestId: request.id, phone: requester.phone } as const;
        await raiseAboutRequest(tx, { ...about, at: kit.clock() });
      });
    }),

    on(reviewSettled, async ({ payload, trace, once }) => {
      const { request, requester } = await readNews(kit, payload.requestId, null, { trace });
      await once(async (tx) => {
        // That it was handed over just now is news of its own.
        if (!requester || request.reason?.code === reviewReason) return;
        const need = (language: string) => describeNeed(request.need, language);
        await tell({ tx, at: kit.clock(), trace }, requester, said(texts[payload.outcome], { need }));
      });
    }),
  ];
}
