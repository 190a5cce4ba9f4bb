import { actingEndpoints } from "./acting.ts";
import { attendanceEndpoints } from "./attendance.ts";
import { audienceEndpoints } from "./audiences.ts";
import { auditEndpoints } from "./audits.ts";
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
import { coverageEndpoints } from "./coverage.ts";
import type { Endpoint } from "./endpoint.ts";
import { creditDecisionEndpoints } from "./credit-decisions.ts";
import { creditStandingEndpoints } from "./credit-standings.ts";
import { creditEndpoints } from "./credits.ts";
import { decisionMakerEndpoints } from "./decision-makers.ts";
import { earningsEndpoints } from "./earnings.ts";
import { endorsementEndpoints } from "./endorsements.ts";
import { freshnessEndpoints } from "./freshness.ts";
import { groupGuaranteeEndpoints } from "./group-guarantees.ts";
import { visitsDoneEndpoints } from "./visits-done.ts";
import { demandEndpoints } from "./demand.ts";
import { disputeEndpoints } from "./disputes.ts";
import { errandEndpoints } from "./errands.ts";
import { explanationEndpoints } from "./explanations.ts";
import { farmFactsEndpoints } from "./farm-facts.ts";
import { fairnessEndpoints } from "./fairness.ts";
import { followUpEndpoints } from "./follow-ups.ts";
import { importEndpoints } from "./imports.ts";
import { invitationEndpoints } from "./invitations.ts";
import { lotCompositionEndpoints } from "./lot-compositions.ts";
import { lotContractEndpoints } from "./lot-contracts.ts";
import { lotPledgeEndpoints } from "./lot-pledges.ts";
import { lotSettlementEndpoints } from "./lot-settlements.ts";
import { lotsEndpoints } from "./lots.ts";
import { matchingEndpoints } from "./matching.ts";
import { membershipsEndpoints } from "./memberships.ts";
import { meetingEndpoints } from "./meetings.ts";
import { messageCostEndpoints } from "./message-costs.ts";
import { misunderstoodEndpoints } from "./misunderstood.ts";
import { notificationsEndpoints } from "./notifications.ts";
import { offersEndpoints } from "./offers.ts";
import { organizationsEndpoints } from "./organizations.ts";
import { operatorEndpoints } from "./operators.ts";
import { outcomeReportEndpoints } from "./outcome-reports.ts";
import { paymentEndpoints } from "./payments.ts";
import { peopleEndpoints } from "./people.ts";
import { placesEndpoints } from "./places.ts";
import { planVisitEndpoints } from "./plan-visits.ts";
import { planningSourceEndpoints } from "./planning-sources.ts";
import { planEndpoints } from "./plans.ts";
import { plotsEndpoints } from "./plots.ts";
import { poolAwardEndpoints } from "./pool-awards.ts";
import { poolDeliveryEndpoints } from "./pool-deliveries.ts";
import { poolOrderEndpoints } from "./pool-orders.ts";
import { poolQuoteEndpoints } from "./pool-quotes.ts";
import { poolReportEndpoints } from "./pool-reports.ts";
import { poolEndpoints } from "./pools.ts";
import { presenceEndpoints } from "./presence.ts";
import { pricesEndpoints } from "./prices.ts";
import { profilesEndpoints } from "./profiles.ts";
import { providerAskEndpoints } from "./provider-asks.ts";
import { providerDecisionEndpoints } from "./provider-decisions.ts";
import { providerDetailEndpoints } from "./provider-details.ts";
import { providerEndpoints } from "./providers.ts";
import { queueEndpoints } from "./queues.ts";
import { quoteEndpoints } from "./quotes.ts";
import { ratingEndpoints } from "./ratings.ts";
import { restsEndpoints } from "./rests.ts";
import { reviewsEndpoints } from "./reviews.ts";
import { sponsorshipsEndpoints } from "./sponsorships.ts";
import { sharedPhonesEndpoints } from "./shared-phones.ts";
import { personalDataEndpoints } from "./personal-data.ts";
import { traitsEndpoints } from "./traits.ts";
import { weightsEndpoints } from "./weights.ts";
import { monthLoadEndpoints } from "./month-loads.ts";
import { ownMessagesEndpoints } from "./own-messages.ts";
import { standingEndpoints } from "./standings.ts";
import { stockEndpoints } from "./stock.ts";

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
  ...farmFactsEndpoints,
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
  ...stockEndpoints,
  ...confirmationEndpoints,
  ...brokeringNewsEndpoints,
  ...creditEndpoints,
  ...creditDecisionEndpoints,
  ...creditStandingEndpoints,
  ...endorsementEndpoints,
  ...groupGuaranteeEndpoints,
  ...decisionMakerEndpoints,
  ...importEndpoints,
  ...matchingEndpoints,
  ...asksEndpoints,
  ...providerAskEndpoints,
  ...quoteEndpoints,
  ...ratingEndpoints,
  ...disputeEndpoints,
  ...followUpEndpoints,
  ...meetingEndpoints,
  ...complaintsEndpoints,
  ...sponsorshipsEndpoints,
  ...closuresEndpoints,
  ...presenceEndpoints,
  ...attendanceEndpoints,
  ...blocksEndpoints,
  ...explanationEndpoints,
  ...reviewsEndpoints,
  ...weightsEndpoints,
  ...standingEndpoints,
  ...monthLoadEndpoints,
  ...fairnessEndpoints,
  ...outcomeReportEndpoints,
  ...traitsEndpoints,
  ...visitsDoneEndpoints,
  ...caseloadEndpoints,
  ...earningsEndpoints,
  ...planEndpoints,
  ...planVisitEndpoints,
  ...planningSourceEndpoints,
  ...lotsEndpoints,
  ...lotPledgeEndpoints,
  ...lotCompositionEndpoints,
  ...lotContractEndpoints,
  ...lotSettlementEndpoints,
  ...notificationsEndpoints,
  ...ownMessagesEndpoints,
  ...channelsEndpoints,
  ...conversationEndpoints,
  ...misunderstoodEndpoints,
  ...bulletinEndpoints,
  ...invitationEndpoints,
  ...poolEndpoints,
  ...poolOrderEndpoints,
  ...poolQuoteEndpoints,
  ...poolAwardEndpoints,
  ...paymentEndpoints,
  ...poolDeliveryEndpoints,
  ...poolReportEndpoints,
  ...demandEndpoints,
  ...personalDataEndpoints,
  ...coverageEndpoints,
  ...freshnessEndpoints,
  ...messageCostEndpoints,
  ...auditEndpoints,
  ...queueEndpoints,
] as readonly Endpoint[];
