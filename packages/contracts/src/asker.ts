import { certificates, cropStates, crops, languages, loanRequirements } from "@minka/domain/vocabulary";
import { z } from "zod";
import { endpoint } from "./endpoint.ts";

/** Of a crop, or of all that the person grows where it is null. */
const certifiedCrop = z.object({ certificate: z.enum(certificates), crop: z.enum(crops).nullable() });

/**
 * What of an asker decides which offers could serve them. What is not known is in neither list: of `holds` and
 * `lacks` nothing may be guessed.
 */
export const askerConditions = z.object({
  sex: z.enum(["f", "m"]).nullable().default(null),
  language: z
    .enum(languages)
    .nullable()
    .default(null)
    .describe("Null unless the consent `language` is in force"),
  holds: z.array(z.enum(loanRequirements)).default([]),
  lacks: z.array(z.enum(loanRequirements)).default([]).describe("Known not to have"),
  certificates: z.array(certifiedCrop).max(100).default([]).describe("In force"),
  lacksCertificates: z
    .array(certifiedCrop)
    .max(100)
    .default([])
    .describe("Known not to be in force: run out, or the last harvest was not organic"),
  sells: z
    .array(z.object({ crop: z.enum(crops), state: z.enum(cropStates) }))
    .max(crops.length)
    .default([])
    .describe("In which state the last harvest of a crop was weighed, where it was one state"),
});
export type AskerConditions = z.output<typeof askerConditions>;

export const readAskerFacts = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/people/:personId/asker",
  summary:
    "What of a person decides which offers could serve them: what lenders and buyers ask for as far as it is known, organic crops, memberships.",
  access: ["service"],
  params: z.object({ personId: z.uuid() }),
  answer: askerConditions.extend({
    prefersWoman: z.boolean().default(false),
    organicCrops: z
      .array(z.enum(crops))
      .default([])
      .describe("Farmed organically: under a certificate that is in force, or so was a plot's last harvest"),
    organicOnly: z.boolean().default(false).describe("All that is known to be grown is"),
    organizationIds: z.array(z.uuid()).default([]).describe("Where they are an active member"),
  }),
});
export type AskerFacts = z.output<typeof readAskerFacts.answer>;

export const askerEndpoints = [readAskerFacts];
