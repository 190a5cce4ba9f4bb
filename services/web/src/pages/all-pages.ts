import type { FileRoute, Page } from "../visits/page.ts";
import { designPage } from "./design/design-page.ts";
import { buyerLotFiles, buyerLotPages } from "./buyer-lots/buyer-lot-pages.ts";
import { creditPages } from "./credit/credit-pages.ts";
import { endorsementPages } from "./endorsements/endorsement-pages.ts";
import { harvestPages } from "./harvest/harvest-pages.ts";
import { lenderPages } from "./lender/lender-pages.ts";
import { lotFiles, lotPages } from "./lots/lot-pages.ts";
import { operatorCreditsPage } from "./operator-credits/operator-credits-page.ts";
import { fieldWorkPages } from "./field-work/field-work-pages.ts";
import { homePage } from "./home/home.ts";
import { marketPages } from "./market/market-pages.ts";
import { organizationDeskFiles, organizationDeskPages } from "./organization-desk/organization-desk-pages.ts";
import { ownDataFiles, ownDataPages } from "./own-data/own-data-pages.ts";
import { operatorFiles, operatorPages } from "./operator/operator-pages.ts";
import { paymentPages } from "./payments/payment-pages.ts";
import { providerFiles, providerPages } from "./provider/provider-pages.ts";
import { providerOfferFiles, providerOfferPages } from "./provider-offers/provider-offer-pages.ts";
import { planFiles, planPages } from "./plans/plan-pages.ts";
import { purchaseFiles, purchasePages } from "./purchases/purchase-pages.ts";
import { producerFiles, producerPages } from "./start/producer-pages.ts";
import { interruptedPage } from "./sign-in/interrupted-page.ts";
import { beginPage, codePage, enterPage, leavePage, othersPage } from "./sign-in/sign-in-pages.ts";

/** Every page that the frame is around. */
export const allPages: readonly Page[] = [
  homePage,
  ...organizationDeskPages,
  designPage,
  ...fieldWorkPages,
  ...planPages,
  ...creditPages,
  ...lenderPages,
  ...endorsementPages,
  ...lotPages,
  ...harvestPages,
  ...buyerLotPages,
  operatorCreditsPage,
  ...marketPages,
  ...ownDataPages,
  enterPage,
  codePage,
  interruptedPage,
  beginPage,
  leavePage,
  othersPage,
  ...producerPages,
  ...purchasePages,
  ...providerPages,
  ...providerOfferPages,
  ...paymentPages,
  ...operatorPages,
];

/** Files that pages link to. */
export const allFiles: readonly FileRoute[] = [
  ...organizationDeskFiles,
  ...lotFiles,
  ...buyerLotFiles,
  ...purchaseFiles,
  ...planFiles,
  ...ownDataFiles,
  ...producerFiles,
  ...providerFiles,
  ...operatorFiles,
  ...providerOfferFiles,
];
