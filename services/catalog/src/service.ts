import {
  findCandidates,
  listOffers,
  offersByDistrict,
  publishOffer,
  registerProvider,
  verifyProvider,
} from "@minka/contracts/catalog";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { defineService } from "@minka/service/define-service";
import { findCandidates as find } from "./candidates/find-candidates.ts";
import { countOffers } from "./offers/count-offers.ts";
import { listOffers as list } from "./offers/list-offers.ts";
import { publishOffer as publish } from "./offers/publish-offer.ts";
import { registerProvider as register } from "./providers/register-provider.ts";
import { verifyProvider as verify } from "./providers/verify-provider.ts";

export { loadProviders } from "./providers/load-providers.ts";
export type { ProviderRow } from "./providers/load-providers.ts";

export const catalog = defineService({
  name: "catalog",
  migrations: new URL("../migrations/", import.meta.url),
  start({ db, clock, call }) {
    return {
      routes(app) {
        mountEndpoint(app, findCandidates, ({ body }) => find(db, body));
        mountEndpoint(app, listOffers, ({ query }) => list(db.read, query));
        mountEndpoint(app, offersByDistrict, () => countOffers(db.read, clock));
        mountEndpoint(app, registerProvider, ({ body }, context) =>
          register({ db, clock, call }, context, body),
        );
        mountEndpoint(app, verifyProvider, (input, context) => verify({ db, clock }, context, input));
        mountEndpoint(app, publishOffer, (input, context) => publish({ db, clock }, context, input));
      },
    };
  },
});
