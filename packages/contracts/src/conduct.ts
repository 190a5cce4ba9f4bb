import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { instantText } from "./common.ts";

/** Versions of the code of conduct, the one in force last. */
export const conductVersions = ["v1"] as const;
export type ConductVersion = (typeof conductVersions)[number];

/** The one that is accepted today. */
export const currentConduct: ConductVersion = "v1";

export const conductVersion = z.enum(conductVersions);

/** Which code a provider accepted, and when. */
export const acceptedConduct = z.object({ version: conductVersion, acceptedAt: instantText });

export const acceptConduct = endpoint({
  service: "catalog",
  method: "POST",
  path: "/api/catalog/providers/:providerId/conduct",
  summary:
    "A provider's manager accepts the code of conduct, without which nobody verifies it: respect, no harm, no money asked on the side, check in and out of visits. An operator to whom they said it writes it down, and then cannot verify.",
  access: ["operator", "person"],
  params: z.object({ providerId: z.uuid() }),
  body: z.object({ version: conductVersion }),
  answer: z.object({ providerId: z.uuid(), conduct: acceptedConduct }),
});

export const conductEndpoints = [acceptConduct];
