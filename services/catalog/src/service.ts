import type { Jobs } from "@minka/queue/worker";
import { defineService } from "@minka/service/define-service";
import { readConfig } from "./config.ts";
import { ageOfferJob } from "./freshness/age-offers.ts";
import { askConfirmationJob } from "./freshness/ask-confirmation.ts";
import { catalogImportJob, priceListRoutes } from "./imports/import-routes.ts";
import { expireOfferJob } from "./offers/expire-offer.ts";
import { mountOffers } from "./offers/offers-routes.ts";
import { personalDataRoutes } from "./personal-data/personal-data-routes.ts";
import { placeRoutes } from "./places/place-routes.ts";
import { endRestJob } from "./providers/end-rest.ts";
import { mountProviders } from "./providers/provider-routes.ts";
import { complaintReactions } from "./reactions/complaint-reactions.ts";
import { consentReactions } from "./reactions/consent-reactions.ts";
import { silenceReactions } from "./reactions/silence-reactions.ts";
import { findingRoutes } from "./search/finding-routes.ts";
import { listProviderJob } from "./search/list-unlisted-providers.ts";
import { stockRoutes } from "./stock/stock-routes.ts";

export { loadProviders } from "./providers/load-providers.ts";
export type { ProviderRow } from "./providers/load-providers.ts";
// For measuring without a socket between.
export { findCandidates } from "./candidates/find-candidates.ts";
export { offerLister } from "./search/list-offers.ts";
export { copyMarket } from "./offers/copy-market.ts";
export type { MarketProvider } from "./offers/copy-market.ts";

export const catalog = defineService({
  name: "catalog",
  migrations: new URL("../migrations/", import.meta.url),
  start(kit) {
    const { freshness } = readConfig(kit.environment);
    return {
      routes(app) {
        findingRoutes(app, kit, freshness);
        mountProviders(app, kit);
        personalDataRoutes(app, kit);
        mountOffers(app, kit);
        priceListRoutes(app, kit);
        stockRoutes(app, kit);
        placeRoutes(app, kit);
      },
      handlers: [...consentReactions(kit), ...complaintReactions(kit), ...silenceReactions(kit)],
      jobs: {
        "expire-offer": expireOfferJob(kit),
        "age-offer": ageOfferJob(kit, freshness),
        "ask-confirmation": askConfirmationJob(kit, freshness),
        "end-rest": endRestJob(kit),
        "list-provider": listProviderJob(kit),
        "run-import": catalogImportJob(kit),
      } satisfies Omit<Jobs<"catalog">, "handle-delivery">,
    };
  },
});
