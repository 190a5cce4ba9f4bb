import type { Page } from "../../visits/page.ts";
import { ownAccountPage, ownPaymentsPage } from "./own-payments-page.ts";
import {
  organizationAccountPage,
  organizationPaymentsPage,
  providerAccountPage,
  providerPaymentsPage,
} from "./party-payments-pages.ts";

/** What people, organizations and providers owe and paid each other. */
export const paymentPages: readonly Page[] = [
  ownPaymentsPage,
  ownAccountPage,
  organizationPaymentsPage,
  organizationAccountPage,
  providerPaymentsPage,
  providerAccountPage,
];
