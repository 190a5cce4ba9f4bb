import { certificates, crops, inputProducts, languages, topics } from "@minka/domain/vocabulary";
import { z } from "zod";
import { limaDay, pointInPeru } from "./common.ts";
import { endpoint } from "./endpoint.ts";

const providerId = z.object({ providerId: z.uuid() });

/** `manager` decides on the provider itself; `staff` looks after its offers. */
export const staffRoles = ["manager", "staff"] as const;

export const staffMember = z.object({
  personId: z.uuid(),
  role: z.enum(staffRoles),
  since: limaDay,
  contact: z.boolean().describe("Who gets asks by SMS"),
});

/** How well an agent knows a topic: advanced farms get specialists. */
export const topicLevels = ["basic", "specialist"] as const;

const unique = <Item>(key: (item: Item) => unknown) => ({
  check: (items: readonly Item[]) => new Set(items.map(key)).size === items.length,
  message: { message: "each once" },
});
const onceATopic = unique(({ topic }: { topic: string }) => topic);
const onceAProduct = unique(
  ({ product, supplierId }: { product: string; supplierId: string }) => `${product} ${supplierId}`,
);
const onceAWord = unique((word: string) => word);

export const agentProfile = z.object({
  topics: z
    .array(z.object({ topic: z.enum(topics), level: z.enum(topicLevels) }))
    .min(1)
    .refine(onceATopic.check, onceATopic.message),
  crops: z.array(z.enum(crops)).min(1).refine(onceAWord.check, onceAWord.message),
  languages: z
    .array(z.enum(languages))
    .min(1)
    .refine(onceAWord.check, onceAWord.message)
    .describe("ISO 639-3, in which producers are spoken with"),
  /** Where the agent sets out from. Private: shown to nobody but the provider and operators. */
  base: pointInPeru,
  reachKm: z.number().min(1).max(500),
  monthlyCapacity: z
    .int()
    .min(1)
    .max(1_000)
    .describe("Producers a month: a community trainer's quota is 180 to 200"),
  /** Inputs resold in an own shop, each for a supplier of this catalog. */
  resells: z
    .array(z.object({ product: z.enum(inputProducts), supplierId: z.uuid() }))
    .max(40)
    .refine(onceAProduct.check, onceAProduct.message)
    .default([]),
});
export type AgentProfile = z.output<typeof agentProfile>;

/** Without the base point: where an agent lives is nobody's business. */
export const publicAgentProfile = agentProfile.omit({ base: true });

/** Of people (school of excellence, competence, degree), of how goods are handled, and those that move price. */
export const providerCertificates = [
  "school_of_excellence",
  "competence",
  "degree",
  "input_handling",
  "organic_handling",
  ...certificates,
  "other",
] as const;

const certificateFields = {
  kind: z.enum(providerCertificates),
  title: z
    .string()
    .trim()
    .min(3)
    .max(120)
    .nullable()
    .default(null)
    .describe("What it says; demanded for `other`"),
  issuer: z.string().trim().min(2).max(80),
  number: z.string().trim().min(1).max(60).nullable().default(null),
  issuedOn: limaDay,
  expiresOn: limaDay.nullable().default(null).describe("Null when it does not expire"),
};

export const certificate = z.object({
  id: z.uuid(),
  ...certificateFields,
  checked: z.boolean().describe("Whether an operator has seen it"),
  expired: z.boolean(),
});

export type Certificate = z.output<typeof certificate>;

export const grant = z.object({
  organizationId: z.uuid(),
  since: limaDay,
});

export const putAgentProfile = endpoint({
  service: "catalog",
  method: "PUT",
  path: "/api/catalog/providers/:providerId/agent-profile",
  summary: "What an agent knows, where they set out from and how far they go; replaces what was there.",
  access: ["operator", "person"],
  params: providerId,
  body: agentProfile,
  answer: z.object({ agent: agentProfile }),
});

export const addCertificate = endpoint({
  service: "catalog",
  method: "POST",
  path: "/api/catalog/providers/:providerId/certificates",
  summary: "Add a certificate; it is shown as unchecked until an operator has seen it.",
  access: ["operator", "person"],
  params: providerId,
  body: z
    .object(certificateFields)
    .refine(({ issuedOn, expiresOn }) => expiresOn === null || expiresOn > issuedOn, {
      path: ["expiresOn"],
      message: "comes after the day of issue",
    })
    .refine(({ kind, title }) => kind !== "other" || title !== null, {
      path: ["title"],
      message: "says what the certificate is",
    }),
  answer: z.object({ certificate }),
  status: 201,
});

const certificateId = providerId.extend({ certificateId: z.uuid() });

export const checkCertificate = endpoint({
  service: "catalog",
  method: "POST",
  path: "/api/catalog/providers/:providerId/certificates/:certificateId/check",
  summary: "An operator who did not add it has seen the certificate.",
  access: ["operator"],
  params: certificateId,
  answer: z.object({ certificate }),
});

export const removeCertificate = endpoint({
  service: "catalog",
  method: "DELETE",
  path: "/api/catalog/providers/:providerId/certificates/:certificateId",
  summary: "Remove a certificate.",
  access: ["operator", "person"],
  params: certificateId,
  answer: z.object({ removed: z.literal(true) }),
});

export const addStaff = endpoint({
  service: "catalog",
  method: "POST",
  path: "/api/catalog/providers/:providerId/staff",
  summary: "Make a person manager or staff of a provider; of one who is, the role changes.",
  access: ["operator", "person"],
  params: providerId,
  body: z.object({ personId: z.uuid(), role: z.enum(staffRoles) }),
  answer: z.object({ staff: z.array(staffMember) }),
  status: 201,
});

export const removeStaff = endpoint({
  service: "catalog",
  method: "DELETE",
  path: "/api/catalog/providers/:providerId/staff/:personId",
  summary:
    "End a person's part in a provider: a manager anybody's, each their own. The last manager and the contact person stay.",
  access: ["operator", "person"],
  params: providerId.extend({ personId: z.uuid() }),
  answer: z.object({ removed: z.literal(true) }),
});

export const grantOffers = endpoint({
  service: "catalog",
  method: "POST",
  path: "/api/catalog/providers/:providerId/grants",
  summary:
    "Let an organization's managers manage this provider's offers, and nothing else of its entry: given by a manager of the provider. A provider who is an agent is then the organization's agent: its managers keep the calendar and the caseload, and make and change plans with it, for the organization's members.",
  access: ["person"],
  params: providerId,
  body: z.object({ organizationId: z.uuid() }),
  answer: z.object({ grants: z.array(grant) }),
  status: 201,
});

export const withdrawGrant = endpoint({
  service: "catalog",
  method: "DELETE",
  path: "/api/catalog/providers/:providerId/grants/:organizationId",
  summary:
    "Withdraw a grant: a manager of the provider or of the organization, or an operator. An agent is the organization's no more.",
  access: ["operator", "person"],
  params: providerId.extend({ organizationId: z.uuid() }),
  answer: z.object({ removed: z.literal(true) }),
});

export const providerDetailEndpoints = [
  putAgentProfile,
  addCertificate,
  checkCertificate,
  removeCertificate,
  addStaff,
  removeStaff,
  grantOffers,
  withdrawGrant,
];
