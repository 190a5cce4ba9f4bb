import { catalogConfirmations } from "@minka/contracts/confirmations";
import {
  confirmOffer,
  explainCandidate,
  findCandidates,
  listOffers,
  listProviders,
  offersByDistrict,
} from "@minka/contracts/catalog";
import { readOfferCoverage } from "@minka/contracts/coverage";
import { listFreshness as freshnessContract } from "@minka/contracts/freshness";
import { limaDay } from "@minka/domain/lima-time";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { explainCandidate as explain } from "../candidates/explain-candidate.ts";
import { findCandidates as find } from "../candidates/find-candidates.ts";
import type { FreshnessDays } from "../config.ts";
import {
  answerOfferQuestion,
  confirmOffer as confirm,
  readOfferQuestion,
} from "../freshness/confirm-offer.ts";
import { countCoverage } from "../coverage/count-coverage.ts";
import { listFreshness } from "../freshness/list-freshness.ts";
import { countOffers } from "../offers/count-offers.ts";
import { answerConductQuestion, readConductQuestion } from "../providers/ask-conduct.ts";
import { readPrices } from "@minka/contracts/prices";
import { priceReader } from "../prices/read-prices.ts";
import { offerLister } from "./list-offers.ts";
import { providerLister } from "./list-providers.ts";

/** How offers are found, and kept worth finding. */
export function findingRoutes(app: App, kit: ServiceKit, days: FreshnessDays): void {
  const { db, clock } = kit;
  const pricesOf = priceReader(kit);
  const [listedOffers, listedProviders] = [offerLister(kit), providerLister(kit)];
  mountEndpoint(app, findCandidates, ({ body }) => find(db, body, limaDay(clock())));
  mountEndpoint(app, explainCandidate, ({ body }) => explain(db, body, limaDay(clock())));
  mountEndpoint(app, readPrices, ({ query }) => pricesOf(query));
  mountEndpoint(app, listOffers, ({ query }) => listedOffers(query));
  mountEndpoint(app, listProviders, ({ query }) => listedProviders(query));
  mountEndpoint(app, offersByDistrict, () => countOffers(db.read, clock));
  mountEndpoint(app, readOfferCoverage, ({ query }) => countCoverage(db, query));
  mountEndpoint(app, freshnessContract, ({ query }) => listFreshness(db.read, query));
  mountEndpoint(app, confirmOffer, (input, context) => confirm(kit, context, input));
  mountEndpoint(app, catalogConfirmations.read, async ({ params: { kind, id } }) => ({
    question: kind === "conduct" ? await readConductQuestion(db, id) : await readOfferQuestion(db, id, days),
  }));
  mountEndpoint(app, catalogConfirmations.answer, ({ params: { kind, id }, body }, context) =>
    (kind === "conduct" ? answerConductQuestion : answerOfferQuestion)(kit, context, { ...body, id }),
  );
}
