import type { Jobs } from "@minka/queue/worker";
import { defineService } from "@minka/service/define-service";
import { conversationJobs } from "./conversations/conversation-jobs.ts";
import { startMessaging } from "./messaging.ts";
import { consentNews } from "./news/consent-news.ts";
import { confirmationNews } from "./news/confirmation-news.ts";
import { membershipNews } from "./news/membership-news.ts";
import { matchingNews } from "./news/matching-news.ts";
import { providerNews } from "./news/provider-news.ts";

/** SMS in and out, and what is said in them. */
export const notifications = defineService({
  name: "notifications",
  migrations: new URL("../migrations/", import.meta.url),
  start(kit) {
    const messaging = startMessaging(kit);
    const jobs = { ...messaging.jobs, ...conversationJobs(kit) } satisfies Omit<
      Jobs<"notifications">,
      "handle-delivery"
    >;
    return {
      ...messaging,
      handlers: [
        ...matchingNews(kit),
        ...confirmationNews(kit),
        ...membershipNews(kit),
        ...providerNews(kit),
        ...consentNews(kit),
      ],
      jobs,
    };
  },
});
