import { actingEndpoints } from "./acting.ts";
import { attendanceEndpoints } from "./attendance.ts";
import { audienceEndpoints } from "./audiences.ts";
import { asksEndpoints } from "./asks.ts";
import { authEndpoints } from "./auth.ts";
import { bulletinEndpoints } from "./bulletins.ts";
import { catalogEndpoints } from "./catalog.ts";
import { channelsEndpoints } from "./channels.ts";
import { complaintsEndpoints } from "./complaints.ts";
import { confirmationEndpoints } from "./confirmations.ts";
import { conversationEndpoints } from "./conversations.ts";
import type { Endpoint } from "./endpoint.ts";
import { errandEndpoints } from "./errands.ts";
import { importEndpoints } from "./imports.ts";
import { matchingEndpoints } from "./matching.ts";
import { membershipsEndpoints } from "./memberships.ts";
import { misunderstoodEndpoints } from "./misunderstood.ts";
import { notificationsEndpoints } from "./notifications.ts";
import { offersEndpoints } from "./offers.ts";
import { organizationsEndpoints } from "./organizations.ts";
import { operatorEndpoints } from "./operators.ts";
import { peopleEndpoints } from "./people.ts";
import { placesEndpoints } from "./places.ts";
import { plotsEndpoints } from "./plots.ts";
import { pricesEndpoints } from "./prices.ts";
import { profilesEndpoints } from "./profiles.ts";
import { providerDetailEndpoints } from "./provider-details.ts";
import { providerEndpoints } from "./providers.ts";
import { restsEndpoints } from "./rests.ts";
import { sharedPhonesEndpoints } from "./shared-phones.ts";
import { personalDataEndpoints } from "./personal-data.ts";

/** Every endpoint of every service: what the API reference shows. */
export const allEndpoints = [
  ...authEndpoints,
  ...operatorEndpoints,
  ...actingEndpoints,
  ...errandEndpoints,
  ...profilesEndpoints,
  ...peopleEndpoints,
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
  ...providerDetailEndpoints,
  ...restsEndpoints,
  ...confirmationEndpoints,
  ...importEndpoints,
  ...matchingEndpoints,
  ...asksEndpoints,
  ...complaintsEndpoints,
  ...attendanceEndpoints,
  ...notificationsEndpoints,
  ...channelsEndpoints,
  ...conversationEndpoints,
  ...misunderstoodEndpoints,
  ...bulletinEndpoints,
  ...personalDataEndpoints,
] as readonly Endpoint[];
