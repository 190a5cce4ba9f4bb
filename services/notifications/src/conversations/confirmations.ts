import {
  brokeringConfirmations,
  catalogConfirmations,
  profilesConfirmations,
} from "@minka/contracts/confirmations";

/** The services that ask people for a yes or no. Their endpoints have one shape; only the kinds' names differ. */
export const askingServices = {
  profiles: profilesConfirmations,
  catalog: catalogConfirmations as unknown as typeof profilesConfirmations,
  brokering: brokeringConfirmations as unknown as typeof profilesConfirmations,
} as const;
export type AskingService = keyof typeof askingServices;
export type AskedKind = (typeof profilesConfirmations)["asked"]["payload"]["_output"]["kind"];
