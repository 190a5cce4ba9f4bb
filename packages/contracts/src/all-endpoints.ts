import { actingEndpoints } from "./acting.ts";
import { authEndpoints } from "./auth.ts";
import { catalogEndpoints } from "./catalog.ts";
import { confirmationEndpoints } from "./confirmations.ts";
import type { Endpoint } from "./endpoint.ts";
import { importEndpoints } from "./imports.ts";
import { matchingEndpoints } from "./matching.ts";
import { membershipsEndpoints } from "./memberships.ts";
import { notificationsEndpoints } from "./notifications.ts";
import { offersEndpoints } from "./offers.ts";
import { organizationsEndpoints } from "./organizations.ts";
import { operatorEndpoints } from "./operators.ts";
import { peopleEndpoints } from "./people.ts";
import { placesEndpoints } from "./places.ts";
import { plotsEndpoints } from "./plots.ts";
import { profilesEndpoints } from "./profiles.ts";
import { providerDetailEndpoints } from "./provider-details.ts";
import { providerEndpoints } from "./providers.ts";
import { sharedPhonesEndpoints } from "./shared-phones.ts";
import { personalDataEndpoints } from "./personal-data.ts";

/** Every endpoint of every service: what the API reference shows. */
export const allEndpoints = [
  ...authEndpoints,
  ...operatorEndpoints,
  ...actingEndpoints,
  ...profilesEndpoints,
  ...peopleEndpoints,
  ...placesEndpoints,
  ...plotsEndpoints,
  ...organizationsEndpoints,
  ...membershipsEndpoints,
  ...sharedPhonesEndpoints,
  ...catalogEndpoints,
  ...offersEndpoints,
  ...providerEndpoints,
  ...providerDetailEndpoints,
  ...confirmationEndpoints,
  ...importEndpoints,
  ...matchingEndpoints,
  ...notificationsEndpoints,
  ...personalDataEndpoints,
] as readonly Endpoint[];
