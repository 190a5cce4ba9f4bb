import {
  changeOffer,
  editOffer,
  listOfferRecords,
  listProviderOffers,
  publishOffer,
  quoteOffer,
  readOffer,
  readOfferRecord,
  readOfferVersion,
} from "@minka/contracts/offers";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { changeOffer as change } from "./change-offer.ts";
import { editOffer as edit } from "./edit-offer.ts";
import { listOfferRecords as listRecords, listProviderOffers as listOf } from "./list-provider-offers.ts";
import { publishOffer as publish } from "./publish-offer.ts";
import { quoteOffer as quote } from "./quote-offer.ts";
import {
  readOffer as read,
  readOfferRecord as readRecord,
  readOfferVersion as readVersion,
} from "./read-offer.ts";

export function mountOffers(app: App, kit: ServiceKit): void {
  mountEndpoint(app, publishOffer, (input, context) => publish(kit, context, input));
  mountEndpoint(app, editOffer, (input, context) => edit(kit, context, input));
  mountEndpoint(app, changeOffer, (input, context) => change(kit, context, input));
  mountEndpoint(app, readOffer, (input) => read(kit, input));
  mountEndpoint(app, readOfferRecord, (input, context) => readRecord(kit, context, input));
  mountEndpoint(app, readOfferVersion, (input, context) => readVersion(kit, context, input));
  mountEndpoint(app, listProviderOffers, (input) => listOf(kit, input));
  mountEndpoint(app, listOfferRecords, (input, context) => listRecords(kit, context, input));
  mountEndpoint(app, quoteOffer, (input) => quote(kit, input));
}
