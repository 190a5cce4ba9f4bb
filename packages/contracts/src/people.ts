import { isDni } from "@minka/domain/identity-documents";
import { isPersonName } from "@minka/domain/person-name";
import { sizeClasses } from "@minka/domain/size-class";
import {
  certificates,
  consentChannels,
  consentPurposes,
  cropStates,
  crops,
  languages,
  wallets,
  type ConsentPurpose,
} from "@minka/domain/vocabulary";
import { z } from "zod";
import { phoneText } from "./auth.ts";
import { districtCode, instantText, page, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";

const personId = z.object({ personId: z.uuid() });

const personName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine(isPersonName, "a name has at least one letter")
  .describe("With at least one letter");
const dniText = z
  .string()
  .refine(isDni, "a DNI has eight digits; leading zeros count")
  .meta({ pattern: "^\\d{8}$", description: "DNI, eight digits as text" });
const hour = z.int().min(0).max(23);
const contactHours = z
  .object({ from: hour, to: hour })
  .describe("Whole hours in Lima between which the person likes to be called, `from` before `to`");
const locality = z.string().trim().min(1).max(60).describe("Name of the hamlet, as its people say it");

/** What a person may correct of themself; what is left out stays, null takes it away. */
export const personFields = {
  name: personName.optional(),
  districtCode: districtCode.optional(),
  dni: dniText.nullable().optional(),
  sex: z.enum(["f", "m"]).nullable().optional(),
  birthYear: z
    .int()
    .min(1900)
    .max(2100)
    .nullable()
    .optional()
    .describe("422 `birth-year-too-late` for who would not turn 12 this year"),
  language: z
    .enum(languages)
    .nullable()
    .optional()
    .describe("Mother tongue, ISO 639-3; refused unless the consent `language` is in force"),
  locality: locality.nullable().optional(),
  contactHours: contactHours.nullable().optional(),
  wallets: z.array(z.enum(wallets)).max(wallets.length).optional().describe("Replaces those known before"),
  prefersWoman: z
    .boolean()
    .optional()
    .describe("Wants to be attended by a woman: whoever visits or teaches is looked for among women"),
};

const growing = z.object({
  crop: z.enum(crops),
  size: z
    .enum(sizeClasses)
    .nullable()
    .describe("Of coffee and cacao alone, and of those only where a harvest or the class itself is known"),
  /** What the class was derived from; null where it came with an import. */
  basis: z
    .object({
      year: z.int(),
      kg: z.number().describe("Kilograms of that season, in `state`"),
      state: z.enum(cropStates),
      conversions: z
        .array(z.object({ name: z.string(), factor: z.number() }))
        .describe("Factors by which weights in another state were converted"),
    })
    .nullable(),
});

export const readProfile = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/people/:personId/profile",
  summary: "Everything a person has said of themself, but for plots, seasons and the consent ledger.",
  access: ["person", "operator"],
  params: personId,
  answer: z.object({
    profile: z.object({
      id: z.uuid(),
      state: z.enum(["active", "invited"]),
      name: z.string().nullable(),
      dni: z.string().nullable(),
      sex: z.enum(["f", "m"]).nullable(),
      birthYear: z.int().nullable(),
      language: z.enum(languages).nullable(),
      districtCode: districtCode.nullable(),
      locality: z.string().nullable(),
      contactHours: contactHours.nullable(),
      wallets: z.array(z.enum(wallets)),
      prefersWoman: z.boolean().default(false),
      phones: z.array(phoneText),
      consents: z.array(z.enum(consentPurposes)).describe("Purposes agreed to and not withdrawn"),
      crops: z.array(growing),
      withheld: z
        .boolean()
        .describe(
          "Their phone is shared and they have no private word, so that others of the house could sign in for them: DNI, year of birth and wallets are left out, known or not",
        ),
      registeredAt: instantText,
      updatedAt: instantText,
    }),
  }),
});

const consent = z.object({
  id: z.uuid(),
  purpose: z.enum(consentPurposes),
  version: z.string().describe("Of the wording that was agreed to"),
  channel: z.enum(consentChannels),
  witness: z.string().nullable().describe("Name of who heard it, where it was spoken"),
  givenAt: instantText,
  withdrawal: z
    .object({
      channel: z
        .enum(consentChannels)
        .nullable()
        .describe("Null where nobody said it: the person was erased"),
      witness: z.string().nullable(),
      at: instantText,
    })
    .nullable(),
});

export const listConsents = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/people/:personId/consents",
  summary: "The ledger of what a person agreed to and withdrew, the latest entry first.",
  access: ["service", "person", "operator"],
  params: personId,
  query: z.object({
    ...pageQuery,
    purpose: z.enum(consentPurposes).optional(),
    inForce: z.enum(["true", "false"]).optional().describe("`true`: only those not withdrawn"),
  }),
  answer: page(consent),
});

/**
 * What others of a shared phone must not settle in somebody's name, since it ends their credit, orders and visits or
 * shows a lender what they harvest: `word-needed` (403). Agreeing to be served stays open, as asking for it is.
 */
export const settledBehindWord: Readonly<Record<"given" | "withdrawn", readonly ConsentPurpose[]>> = {
  given: ["lender_sharing"],
  withdrawn: ["service", "lender_sharing"],
};

/** How an act on a consent reached Minka; who may name which channel is the use case's to say. */
const told = {
  channel: z
    .enum(["sms", "web", "api", "spoken"])
    .optional()
    .describe("`web` or `api` (default) by the person, `sms` or `web` by a service, `spoken` by an operator"),
  witness: z.string().trim().min(3).max(80).optional().describe("Name of who heard it; needed where spoken"),
  at: instantText.optional().describe("When it was said, where a service or an operator passes it on"),
};

export const giveConsent = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/people/:personId/consents",
  summary:
    "Agree to one purpose. Only the person does; an operator may record what was spoken before a witness.",
  access: ["service", "person", "operator"],
  params: personId,
  body: z.object({ purpose: z.enum(consentPurposes), version: z.string().trim().min(1).max(40), ...told }),
  answer: z.object({ consent }),
  status: 201,
});

export const withdrawConsent = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/people/:personId/consents/:purpose/withdrawal",
  summary: "Withdraw one purpose: closes every consent to it that is in force, and answers those.",
  access: ["service", "person", "operator"],
  params: personId.extend({ purpose: z.enum(consentPurposes) }),
  body: z.object(told),
  answer: z.object({ withdrawn: z.array(consent) }),
});

const certificateFields = {
  certificate: z.enum(certificates),
  crop: z.enum(crops).nullable().default(null),
  issuer: z.string().trim().min(2).max(80),
  number: z.string().trim().min(1).max(40),
  expiresOn: z.iso.date().describe("Last day on which it holds, in Lima"),
};
const certificate = z.object({
  ...certificateFields,
  id: z.uuid(),
  crop: z.enum(crops).nullable(),
  expired: z.boolean(),
});

export const listCertificates = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/people/:personId/certificates",
  summary: "Certificates of a person's production, the latest entered first.",
  access: ["person", "operator"],
  params: personId,
  query: z.object(pageQuery),
  answer: page(certificate),
});

export const addCertificate = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/people/:personId/certificates",
  summary: "Enter a certificate with its issuer, number and last day.",
  access: ["person", "operator"],
  params: personId,
  body: z.object(certificateFields),
  answer: z.object({ certificate }),
  status: 201,
});

const certificateId = personId.extend({ certificateId: z.uuid() });

export const changeCertificate = endpoint({
  service: "profiles",
  method: "PUT",
  path: "/api/profiles/people/:personId/certificates/:certificateId",
  summary: "Correct or renew a certificate; the whole of it is sent.",
  access: ["person", "operator"],
  params: certificateId,
  body: z.object(certificateFields),
  answer: z.object({ certificate }),
});

export const removeCertificate = endpoint({
  service: "profiles",
  method: "DELETE",
  path: "/api/profiles/people/:personId/certificates/:certificateId",
  summary: "Take a certificate away.",
  access: ["person", "operator"],
  params: certificateId,
  answer: z.object({ certificateId: z.uuid() }),
});

export const peopleEndpoints = [
  readProfile,
  listConsents,
  giveConsent,
  withdrawConsent,
  listCertificates,
  addCertificate,
  changeCertificate,
  removeCertificate,
];
