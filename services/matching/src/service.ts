import type { Jobs } from "@minka/queue/worker";
import { defineService } from "@minka/service/define-service";
import { consentReactions } from "./reactions/consent-reactions.ts";
import { errandReactions } from "./reactions/errand-reactions.ts";
import { providerReactions } from "./reactions/provider-reactions.ts";
import { followUpJob } from "./engagements/follow-up.ts";
import { expireAskJob } from "./matches/expire-ask.ts";
import { forgetPresenceJob, watchPresenceJob } from "./presence/presence-jobs.ts";
import { expireQuoteJob } from "./quotes/expire-quote.ts";
import { askAgentJob } from "./plans/ask-agent.ts";
import { askVisitJob } from "./plans/ask-visit.ts";
import { closePlanJob } from "./plans/close-plan.ts";
import { makePlanJob } from "./plans/compute-plan.ts";
import { tellDayJob } from "./plans/tell-day.ts";
import { publishRatingsJob } from "./ratings/publish-ratings.ts";
import { expireListJob } from "./requests/expire-list.ts";
import { matchRequestJob } from "./requests/match-request.ts";
import { mountRoutes } from "./routes.ts";
import { endSponsorshipJob } from "./sponsorships/end-sponsorship.ts";

export { loadStandings } from "./standings/load-standings.ts";
export type { StandingRow } from "./standings/load-standings.ts";

/** Brings who asks and who offers together: requests, matches, engagements, ratings. */
export const matching = defineService({
  name: "matching",
  migrations: new URL("../migrations/", import.meta.url),
  start: (kit) => ({
    routes: (app) => mountRoutes(app, kit),
    handlers: [...providerReactions(kit), ...consentReactions(kit), ...errandReactions(kit)],
    jobs: {
      "match-request": matchRequestJob(kit),
      "expire-list": expireListJob(kit),
      "expire-ask": expireAskJob(kit),
      "watch-presence": watchPresenceJob(kit),
      "forget-presence": forgetPresenceJob(kit),
      "end-sponsorship": endSponsorshipJob(kit),
      "expire-quote": expireQuoteJob(kit),
      "follow-up": followUpJob(kit),
      "publish-ratings": publishRatingsJob(kit),
      "make-plan": makePlanJob(kit),
      "ask-agent": askAgentJob(kit),
      "ask-visit": askVisitJob(kit),
      "tell-day": tellDayJob(kit),
      "close-plan": closePlanJob(kit),
    } satisfies Omit<Jobs<"matching">, "handle-delivery">,
  }),
});
