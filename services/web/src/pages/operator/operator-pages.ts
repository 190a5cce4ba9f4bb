import type { FileRoute, Page } from "../../visits/page.ts";
import { attentionFile, attentionPage } from "./attention.ts";
import { auditFile, auditPage } from "./audit-page.ts";
import { bulletinDeskPage } from "./bulletin-page.ts";
import { bulletinsFile, bulletinsListPage, newBulletinPage } from "./bulletins-page.ts";
import { complaintPage } from "./complaint-page.ts";
import { complaintsFile, complaintsListPage } from "./complaints-page.ts";
import { conversationPage } from "./conversation-page.ts";
import { conversationsFile, conversationsListPage } from "./conversations-page.ts";
import { costsFile, costsPage } from "./costs-page.ts";
import { coverageFile, coveragePage } from "./coverage-page.ts";
import { explanationPage } from "./explanation-page.ts";
import { freshnessFile, freshnessPage } from "./freshness-page.ts";
import { misunderstoodFile, misunderstoodPage } from "./misunderstood-page.ts";
import { newSponsorshipPage } from "./new-sponsorship-page.ts";
import { newWeightsPage } from "./new-weights-page.ts";
import { operatorsPage } from "./operators-page.ts";
import { organizationDeskPage, organizationsFile, organizationsListPage } from "./organizations-page.ts";
import { presencePage } from "./presence-page.ts";
import { providerDeskPage } from "./provider-page.ts";
import { providersFile, providersListPage } from "./providers-page.ts";
import { outcomesPage, reportPage, reportsFile, reportsListPage } from "./reports-page.ts";
import { requestDeskPage } from "./request-page.ts";
import { requestsFile, requestsListPage } from "./requests-page.ts";
import { reviewsFile, reviewsPage } from "./reviews-page.ts";
import { sponsorshipFile, sponsorshipPage } from "./sponsorship-page.ts";
import { sponsorshipsFile, sponsorshipsListPage } from "./sponsorships-page.ts";
import { parkedPage, systemPage } from "./system-page.ts";
import { textsFile, textsPage } from "./texts-page.ts";
import { todayPage } from "./today-page.ts";
import { weightsPage } from "./weights-page.ts";

/** The desk of who operates Minka: what waits for a person, and what one has to look into. */
export const operatorPages: readonly Page[] = [
  todayPage,
  attentionPage,
  requestsListPage,
  reviewsPage,
  requestDeskPage,
  explanationPage,
  providersListPage,
  providerDeskPage,
  freshnessPage,
  complaintsListPage,
  presencePage,
  complaintPage,
  conversationsListPage,
  conversationPage,
  misunderstoodPage,
  coveragePage,
  sponsorshipsListPage,
  newSponsorshipPage,
  sponsorshipPage,
  costsPage,
  weightsPage,
  newWeightsPage,
  textsPage,
  operatorsPage,
  systemPage,
  parkedPage,
  auditPage,
  organizationsListPage,
  organizationDeskPage,
  bulletinsListPage,
  newBulletinPage,
  bulletinDeskPage,
  outcomesPage,
  reportsListPage,
  reportPage,
];

/** Each list as a file, by the filters of its address. */
export const operatorFiles: readonly FileRoute[] = [
  attentionFile,
  requestsFile,
  reviewsFile,
  providersFile,
  freshnessFile,
  complaintsFile,
  conversationsFile,
  misunderstoodFile,
  coverageFile,
  sponsorshipsFile,
  sponsorshipFile,
  costsFile,
  textsFile,
  auditFile,
  organizationsFile,
  bulletinsFile,
  reportsFile,
];
