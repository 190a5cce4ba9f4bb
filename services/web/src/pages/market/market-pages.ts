import type { Page } from "../../visits/page.ts";
import { bySmsPage } from "../by-sms/by-sms-page.ts";
import { openPurchasesPage } from "../joint-purchases/open-purchases-page.ts";
import { organizationPage } from "../organizations/organization-page.ts";
import { organizationsPage } from "../organizations/organizations-page.ts";
import { pricesPage } from "../prices/prices-page.ts";
import { offerPage } from "./offer-page.ts";
import { offersPage } from "./offers-page.ts";
import { providerPage } from "./provider-page.ts";
import { trainingPage } from "./training-page.ts";

/** What anybody may see, signed in or not. */
export const marketPages: readonly Page[] = [
  offersPage,
  offerPage,
  providerPage,
  trainingPage,
  pricesPage,
  bySmsPage,
  openPurchasesPage,
  organizationsPage,
  organizationPage,
];
