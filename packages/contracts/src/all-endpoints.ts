import { actingEndpoints } from "./acting.ts";
import { attendanceEndpoints } from "./attendance.ts";
import { audienceEndpoints } from "./audiences.ts";
import { askerEndpoints } from "./asker.ts";
import { asksEndpoints } from "./asks.ts";
import { authEndpoints } from "./auth.ts";
import { blocksEndpoints } from "./blocks.ts";
import { brokeringNewsEndpoints } from "./brokering-news.ts";
import { bulletinEndpoints } from "./bulletins.ts";
import { caseloadEndpoints } from "./caseloads.ts";
import { catalogEndpoints } from "./catalog.ts";
import { channelsEndpoints } from "./channels.ts";
import { closuresEndpoints } from "./closures.ts";
import { complaintsEndpoints } from "./complaints.ts";
import { conductEndpoints } from "./conduct.ts";
import { confirmationEndpoints } from "./confirmations.ts";
import { conversationEndpoints } from "./conversations.ts";
import type { Endpoint } from "./endpoint.ts";
import { disputeEndpoints } from "./disputes.ts";
import { errandEndpoints } from "./errands.ts";
import { explanationEndpoints } from "./explanations.ts";
import { fairnessEndpoints } from "./fairness.ts";
import { followUpEndpoints } from "./follow-ups.ts";
import { importEndpoints } from "./imports.ts";
import { matchingEndpoints } from "./matching.ts";
import { membershipsEndpoints } from "./memberships.ts";
import { misunderstoodEndpoints } from "./misunderstood.ts";
import { notificationsEndpoints } from "./notifications.ts";
import { offersEndpoints } from "./offers.ts";
import { organizationsEndpoints } from "./organizations.ts";
import { operatorEndpoints } from "./operators.ts";
import { outcomeReportEndpoints } from "./outcome-reports.ts";
import { peopleEndpoints } from "./people.ts";
import { placesEndpoints } from "./places.ts";
import { planVisitEndpoints } from "./plan-visits.ts";
import { planningSourceEndpoints } from "./planning-sources.ts";
import { planEndpoints } from "./plans.ts";
import { plotsEndpoints } from "./plots.ts";
import { presenceEndpoints } from "./presence.ts";
import { pricesEndpoints } from "./prices.ts";
import { profilesEndpoints } from "./profiles.ts";
import { providerDecisionEndpoints } from "./provider-decisions.ts";
import { providerDetailEndpoints } from "./provider-details.ts";
import { providerEndpoints } from "./providers.ts";
import { quoteEndpoints } from "./quotes.ts";
import { ratingEndpoints } from "./ratings.ts";
import { restsEndpoints } from "./rests.ts";
import { reviewsEndpoints } from "./reviews.ts";
import { sponsorshipsEndpoints } from "./sponsorships.ts";
import { sharedPhonesEndpoints } from "./shared-phones.ts";
import { personalDataEndpoints } from "./personal-data.ts";
import { traitsEndpoints } from "./traits.ts";
import { weightsEndpoints } from "./weights.ts";

/** Every endpoint of every service: what the API reference shows. */
export const allEndpoints = [
  ...authEndpoints,
  ...operatorEndpoints,
  ...actingEndpoints,
  ...errandEndpoints,
  ...profilesEndpoints,
  ...peopleEndpoints,
  ...askerEndpoints,
  ...audienceEndpoints,
  ...placesEndpoints,
  ...plotsEndpoints,
  ...organizationsEndpoints,
  ...membershipsEndpoints,
  ...sharedPhonesEndpoints,
  ...catalogEndpoints,
  ...pricesEndpoints,
  ...offersEndpoints,
  ...providerEndpoints,
  ...providerDecisionEndpoints,
  ...providerDetailEndpoints,
  ...conductEndpoints,
  ...restsEndpoints,
  ...confirmationEndpoints,
  ...brokeringNewsEndpoints,
  ...importEndpoints,
  ...matchingEndpoints,
  ...asksEndpoints,
  ...quoteEndpoints,
  ...ratingEndpoints,
  ...disputeEndpoints,
  ...followUpEndpoints,
  ...complaintsEndpoints,
  ...sponsorshipsEndpoints,
  ...closuresEndpoints,
  ...presenceEndpoints,
  ...attendanceEndpoints,
  ...blocksEndpoints,
  ...explanationEndpoints,
  ...reviewsEndpoints,
  ...weightsEndpoints,
  ...fairnessEndpoints,
  ...outcomeReportEndpoints,
  ...traitsEndpoints,
  ...caseloadEndpoints,
  ...planEndpoints,
  ...planVisitEndpoints,
  ...planningSourceEndpoints,
  ...notificationsEndpoints,
  ...channelsEndpoints,
  ...conversationEndpoints,
  ...misunderstoodEndpoints,
  ...bulletinEndpoints,
  ...personalDataEndpoints,
] as readonly Endpoint[];
