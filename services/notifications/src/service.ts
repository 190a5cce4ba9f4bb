import type { Jobs } from "@minka/queue/worker";
import { defineService } from "@minka/service/define-service";
import { bulletinRoutes } from "./bulletins/bulletin-routes.ts";
import { expandBulletinJob } from "./bulletins/expand-bulletin.ts";
import { conversationJobs } from "./conversations/conversation-jobs.ts";
import { deskRoutes } from "./desk/desk-routes.ts";
import { expireTakeoverJob } from "./desk/end-takeover.ts";
import { startMessaging } from "./messaging.ts";
import { forgetMisunderstoodJob } from "./misunderstood/forget-misunderstood.ts";
import { misunderstoodRoutes } from "./misunderstood/misunderstood-routes.ts";
import { ownMessagesRoutes } from "./own-messages/own-messages-routes.ts";
import { answeredNews } from "./news/answered-news.ts";
import { consentNews } from "./news/consent-news.ts";
import { brokeringNews } from "./news/brokering-news.ts";
import { confirmationNews } from "./news/confirmation-news.ts";
import { dispatchNews } from "./news/dispatch-news.ts";
import { disputeNews } from "./news/dispute-news.ts";
import { followUpNews } from "./news/follow-up-news.ts";
import { quoteNews } from "./news/quote-news.ts";
import { creditNews } from "./news/credit-news.ts";
import { paymentNews } from "./news/payment-news.ts";
import { deliveryNews } from "./news/delivery-news.ts";
import { lotNews } from "./news/lot-news.ts";
import { errandNews } from "./news/errand-news.ts";
import { membershipNews } from "./news/membership-news.ts";
import { matchingNews } from "./news/matching-news.ts";
import { planAgentNews } from "./news/plan-agent-news.ts";
import { planNews } from "./news/plan-news.ts";
import { reviewNews } from "./news/review-news.ts";
import { providerNews } from "./news/provider-news.ts";
import { wordNews } from "./news/word-news.ts";

/** SMS in and out, and what is said in them. */
export const notifications = defineService({
  name: "notifications",
  migrations: new URL("../migrations/", import.meta.url),
  start(kit) {
    const messaging = startMessaging(kit);
    const jobs = {
      ...messaging.jobs,
      ...conversationJobs(kit),
      "expire-takeover": expireTakeoverJob(kit),
      "expand-bulletin": expandBulletinJob(kit),
      "forget-misunderstood": forgetMisunderstoodJob(kit),
    } satisfies Omit<Jobs<"notifications">, "handle-delivery">;
    return {
      ...messaging,
      async routes(app) {
        await messaging.routes(app);
        deskRoutes(app, kit);
        misunderstoodRoutes(app, kit);
        bulletinRoutes(app, kit);
        ownMessagesRoutes(app, kit);
      },
      handlers: [
        ...matchingNews(kit),
        ...quoteNews(kit),
        ...followUpNews(kit),
        ...disputeNews(kit),
        ...reviewNews(kit),
        ...dispatchNews(kit),
        ...planAgentNews(kit),
        ...planNews(kit),
        ...brokeringNews(kit),
        ...confirmationNews(kit),
        ...membershipNews(kit),
        ...creditNews(kit),
        ...paymentNews(kit),
        ...deliveryNews(kit),
        ...lotNews(kit),
        ...errandNews(kit),
        ...providerNews(kit),
        ...consentNews(kit),
        ...wordNews(kit),
        ...answeredNews(kit),
      ],
      jobs,
    };
  },
});
