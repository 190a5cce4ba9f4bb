import type { FileRoute, Page } from "../../visits/page.ts";
import { newOfferPage } from "./new-offer-page.ts";
import { offerListPage } from "./offer-list-page.ts";
import { offerPage } from "./offer-page.ts";
import { importPage, priceListFile, priceListPage } from "./price-list-page.ts";

export const providerOfferPages: readonly Page[] = [
  offerListPage,
  newOfferPage,
  offerPage,
  priceListPage,
  importPage,
];

export const providerOfferFiles: readonly FileRoute[] = [priceListFile];
