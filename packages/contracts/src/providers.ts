import { lenderRegisters } from "@minka/domain/lender-registers";
import { z } from "zod";
import { phoneText } from "./auth.ts";
import { acceptedConduct, conductVersion } from "./conduct.ts";
import { areaCode, districtCode, instantText, limaDay, page, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { coverage } from "./offer-terms.ts";
import { providerDecision, providerStates, providerTransitions } from "./provider-decisions.ts";
import { agentProfile, certificate, grant, publicAgentProfile, staffMember } from "./provider-details.ts";

/** What a provider is in law: a person for themself, an organization of profiles, or a company. */
export const providerForms = ["person", "organization", "company"] as const;
export type ProviderForm = (typeof providerForms)[number];

/** What a provider does; one may do several. */
export const providerKinds = ["agent", "supplier", "lender", "buyer", "trainer"] as const;
export type ProviderKind = (typeof providerKinds)[number];

const providerId = z.object({ providerId: z.uuid() });
const name = z.string().trim().min(2).max(80);
const kindList = z
  .array(z.enum(providerKinds))
  .min(1)
  .max(providerKinds.length)
  .refine((kinds) => new Set(kinds).size === kinds.length, { message: "each kind once" });

const document = z.object({ type: z.enum(["dni", "ruc"]), number: z.string().max(11) });

const lenderRegister = z.object({
  register: z.enum(lenderRegisters),
  number: z.string().trim().min(3).max(60),
  name: z
    .string()
    .trim()
    .min(2)
    .max(80)
    .optional()
    .describe("Whose register it is, where it is neither of the SBS's"),
});

export type LenderEntry = z.output<typeof lenderRegister>;

const website = z.url({ protocol: /^https?$/, hostname: z.regexes.domain }).max(200);
const description = z.string().trim().min(1).max(600);

/** What can be corrected as long as the entry is a draft; afterwards it is what was verified. */
const identity = {
  name: name.describe("As it is shown"),
  legalName: name.nullable().optional().describe("As registered with SUNAT, where it differs"),
  document: document
    .nullable()
    .optional()
    .describe("A company's RUC; a person's DNI or RUC; an organization's RUC, where it has one"),
  organizationId: z
    .uuid()
    .nullable()
    .optional()
    .describe("Of profiles, where the provider is one of its organizations"),
  lenderRegister: lenderRegister
    .nullable()
    .optional()
    .describe("Where and under which number a lender is registered; demanded before it is submitted"),
};

/** What its managers may change at any time. */
const particulars = {
  districtCode: districtCode.describe("Where it is at home"),
  coverage: coverage.optional().describe("Where it works; its home region unless said"),
  phone: phoneText.nullable().optional().describe("For the public; asks go to the contact person's own"),
  showsPhone: z.boolean().optional().describe("Whether the public sees the phone; not unless said"),
  website: website.nullable().optional(),
  showsWebsite: z.boolean().optional().describe("Whether the public sees the website; it does unless said"),
  description: description.nullable().optional(),
};

export const registerProvider = endpoint({
  service: "catalog",
  method: "POST",
  path: "/api/catalog/providers",
  summary:
    "Register a provider as a draft with its contact person as manager: an operator for anybody, a signed-in person for themself, a company they run or an organization they manage.",
  access: ["operator", "person"],
  body: z.object({
    form: z.enum(providerForms),
    kinds: kindList,
    ...identity,
    ...particulars,
    personId: z
      .uuid()
      .optional()
      .describe(
        "The contact person, who gets asks by SMS; the caller unless said, and nobody else but for operators",
      ),
    acceptsConduct: conductVersion
      .optional()
      .describe("The code of conduct, where it is accepted at once; demanded before it is verified"),
  }),
  answer: z.object({ providerId: z.uuid(), state: z.enum(providerStates) }),
  status: 201,
});

export const correctProvider = endpoint({
  service: "catalog",
  method: "PUT",
  path: "/api/catalog/providers/:providerId",
  summary:
    "Correct what is given and leave the rest. Name, document, organization, register and the kind lender only while it is a draft.",
  access: ["operator", "person"],
  params: providerId,
  body: z.object({
    ...identity,
    name: identity.name.optional(),
    ...particulars,
    districtCode: particulars.districtCode.optional(),
    kinds: kindList.optional(),
    personId: z.uuid().optional().describe("The contact person: one of the staff"),
  }),
  answer: z.object({ providerId: z.uuid(), state: z.enum(providerStates) }),
});

/** What anybody may know of a verified provider: no person, no private document, no base point. */
export const publicProvider = z.object({
  id: z.uuid(),
  form: z.enum(providerForms),
  kinds: z.array(z.enum(providerKinds)),
  name: z.string(),
  legalName: z.string().nullable(),
  ruc: z
    .string()
    .nullable()
    .describe(
      "Of companies and organizations; a RUC that begins with 10 contains a person's DNI and stays private",
    ),
  organizationId: z.uuid().nullable(),
  lenderRegister: lenderRegister.nullable(),
  districtCode,
  coverage,
  phone: phoneText.nullable(),
  website: z.string().nullable(),
  description: z.string().nullable(),
  agent: publicAgentProfile.nullable(),
  certificates: z.array(certificate.omit({ number: true })),
  verifiedOn: limaDay.nullable(),
  confirmedOn: limaDay,
});

export const readProvider = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/providers/:providerId",
  summary: "A verified provider, as anybody may see it.",
  access: ["anyone"],
  params: providerId,
  answer: z.object({ provider: publicProvider }),
});

export const providerRecord = z.object({
  ...publicProvider.omit({ ruc: true, agent: true, certificates: true, verifiedOn: true }).shape,
  state: z.enum(providerStates),
  allowed: z.array(z.enum(providerTransitions)).describe("What can be done next, and by the caller"),
  document: document.nullable(),
  personId: z.uuid(),
  showsPhone: z.boolean(),
  showsWebsite: z.boolean(),
  agent: agentProfile.nullable(),
  certificates: z.array(certificate),
  staff: z.array(staffMember),
  grants: z.array(grant),
  decisions: z.array(providerDecision).describe("The newest first"),
  conduct: acceptedConduct.nullable().default(null).describe("Null: not accepted yet"),
  createdAt: instantText,
  verifiedAt: instantText.nullable(),
});

export const readProviderRecord = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/providers/:providerId/record",
  summary:
    "All that is held on a provider, with its staff and the decisions on it: for its managers and operators.",
  access: ["operator", "person"],
  params: providerId,
  answer: z.object({ provider: providerRecord }),
});

export const listProviderRecords = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/provider-records",
  summary:
    "Providers by state, those that have waited longest in it first unless said: what an operator has to decide on.",
  access: ["operator"],
  query: z.object({
    state: z.enum(providerStates).optional(),
    kind: z.enum(providerKinds).optional(),
    area: areaCode.optional().describe("Where the provider is at home"),
    from: limaDay.optional().describe("In its state since this day or a later one"),
    until: limaDay.optional().describe("In its state since this day or an earlier one"),
    order: z.enum(["longest", "newest"]).default("longest"),
    ...pageQuery,
  }),
  answer: page(
    z.object({
      id: z.uuid(),
      form: z.enum(providerForms),
      kinds: z.array(z.enum(providerKinds)),
      name: z.string(),
      districtCode,
      state: z.enum(providerStates),
      /** Since when it has been in this state. */
      since: instantText,
    }),
  ),
});

export const listOwnProviders = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/people/:personId/providers",
  summary: "The providers that a person acts for, as staff or as manager of an organization: for themself.",
  access: ["person", "operator", "service"],
  params: z.object({ personId: z.uuid() }),
  answer: z.object({
    providers: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        kinds: z.array(z.enum(providerKinds)),
        state: z.enum(providerStates),
        as: z
          .enum(["manager", "staff", "granted"])
          .describe("`granted`: an organization that they manage may manage the offers, and nothing else"),
      }),
    ),
  }),
});

export const readProviderContact = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/providers/:providerId/contact",
  summary: "Who answers for a verified provider, and is asked in its name.",
  access: ["service"],
  params: providerId,
  answer: z.object({
    providerId: z.uuid(),
    name: z.string(),
    kinds: z.array(z.enum(providerKinds)),
    personId: z.uuid(),
  }),
});

export const providerEndpoints = [
  registerProvider,
  correctProvider,
  readProvider,
  readProviderRecord,
  listProviderRecords,
  listOwnProviders,
  readProviderContact,
];
