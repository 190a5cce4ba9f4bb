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
import { consentNews } from "./news/consent-news.ts";
import { confirmationNews } from "./news/confirmation-news.ts";
import { errandNews } from "./news/errand-news.ts";
import { membershipNews } from "./news/membership-news.ts";
import { matchingNews } from "./news/matching-news.ts";
import { providerNews } from "./news/provider-news.ts";

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
      },
      handlers: [
        ...matchingNews(kit),
        ...confirmationNews(kit),
        ...membershipNews(kit),
        ...errandNews(kit),
        ...providerNews(kit),
        ...consentNews(kit),
      ],
      jobs,
    };
  },
});
