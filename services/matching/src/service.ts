import type { Jobs } from "@minka/queue/worker";
import { defineService } from "@minka/service/define-service";
import { consentReactions } from "./reactions/consent-reactions.ts";
import { errandReactions } from "./reactions/errand-reactions.ts";
import { providerReactions } from "./reactions/provider-reactions.ts";
import { askOutcomeJob } from "./engagements/ask-outcome.ts";
import { expireAskJob } from "./matches/expire-ask.ts";
import { expireListJob } from "./requests/expire-list.ts";
import { matchRequestJob } from "./requests/match-request.ts";
import { mountRoutes } from "./routes.ts";

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
      "ask-outcome": askOutcomeJob(kit),
    } satisfies Omit<Jobs<"matching">, "handle-delivery">,
  }),
});
