import { authKeys, exchangeCode, requestCode } from "./auth.ts";
import { catalogEndpoints } from "./catalog.ts";
import { confirmationEndpoints } from "./confirmations.ts";
import type { Endpoint } from "./endpoint.ts";
import { matchingEndpoints } from "./matching.ts";
import { notificationsEndpoints } from "./notifications.ts";
import { profilesEndpoints } from "./profiles.ts";

/** Every endpoint of every service: what the API reference shows. */
export const allEndpoints = [
  requestCode,
  exchangeCode,
  authKeys,
  ...profilesEndpoints,
  ...catalogEndpoints,
  ...confirmationEndpoints,
  ...matchingEndpoints,
  ...notificationsEndpoints,
] as readonly Endpoint[];
