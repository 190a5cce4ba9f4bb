import { lenderRegisters } from "@minka/domain/lender-registers";
import { z } from "zod";
import { phoneText } from "./auth.ts";
import { districtCode, instantText, limaDay, page, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { coverage } from "./offer-terms.ts";
import { agentProfile, certificate, grant, publicAgentProfile, staffMember } from "./provider-details.ts";

/** What a provider is in law: a person for themself, an organization of profiles, or a company. */
export const providerForms = ["person", "organization", "company"] as const;
export type ProviderForm = (typeof providerForms)[number];

/** What a provider does; one may do several. */
export const providerKinds = ["agent", "supplier", "lender", "buyer", "trainer"] as const;
export type ProviderKind = (typeof providerKinds)[number];

/** `held`: somebody complained, and nobody finds it until an operator has decided. */
export const providerStates = ["draft", "submitted", "verified", "held", "suspended", "closed"] as const;
export type ProviderState = (typeof providerStates)[number];

/** What can be done with a provider's entry as a whole; a refused one answers 409 with those that are `allowed`. */
export const providerTransitions = [
  "submit",
  "verify",
  "reject",
  "revise",
  "hold",
  "release",
  "suspend",
  "reinstate",
  "close",
  "expel",
] as const;
export type ProviderTransition = (typeof providerTransitions)[number];

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

/** A step in the life of a provider's entry: who took it, when and why. */
export const providerDecision = z.object({
  id: z.uuid(),
  transition: z.enum(providerTransitions),
  from: z.enum(providerStates),
  to: z.enum(providerStates),
  by: z.string().describe("person:<id>, both where one acted in another's name"),
  at: instantText,
  reason: z.string().nullable().describe("For a verification: the evidence. Null where none was asked for"),
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
    "Providers by state, those that have waited longest in it first: what an operator has to decide on.",
  access: ["operator"],
  query: z.object({ state: z.enum(providerStates).optional(), ...pageQuery }),
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

const stepAnswer = z.object({ providerId: z.uuid(), state: z.enum(providerStates) });
const reason = z.string().trim().min(3).max(200);

export const submitProvider = endpoint({
  service: "catalog",
  method: "POST",
  path: "/api/catalog/providers/:providerId/submission",
  summary: "Hand a draft in to be verified: a manager, or the operator who entered it.",
  access: ["operator", "person"],
  params: providerId,
  answer: stepAnswer,
});

export const verifyProvider = endpoint({
  service: "catalog",
  method: "POST",
  path: "/api/catalog/providers/:providerId/verification",
  summary:
    "An operator who neither registered nor submitted it states that the provider is who it says; only then are its offers found.",
  access: ["operator"],
  params: providerId,
  body: z.object({ evidence: reason }),
  answer: stepAnswer,
});

const reasonedStep = (step: string, summary: string, access: readonly ("operator" | "person")[]) =>
  endpoint({
    service: "catalog",
    method: "POST",
    path: `/api/catalog/providers/:providerId/${step}`,
    summary,
    access,
    params: providerId,
    body: z.object({ reason: reason.describe("The provider's contact person is told") }),
    answer: stepAnswer,
  });

export const rejectProvider = reasonedStep(
  "rejection",
  "An operator gives a submitted provider back to be corrected.",
  ["operator"],
);
export const reviseProvider = reasonedStep(
  "revision",
  "Take a submitted or verified provider back to draft to correct what was verified; its offers are not found meanwhile.",
  ["operator", "person"],
);
export const suspendProvider = reasonedStep(
  "suspension",
  "An operator takes a verified or held provider's offers out of every list until it is reinstated.",
  ["operator"],
);
export const reinstateProvider = reasonedStep(
  "reinstatement",
  "An operator lets the offers of a suspended provider, or of one held for a complaint, be found again.",
  ["operator"],
);
export const closeProvider = reasonedStep(
  "closure",
  "End a provider for good: a manager their own, an operator any; a suspended or held one only an operator.",
  ["operator", "person"],
);

export const readProviderDecision = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/provider-decisions/:decisionId",
  summary: "A decision on a provider with whom to tell about it.",
  access: ["service"],
  params: z.object({ decisionId: z.uuid() }),
  answer: z.object({
    decision: providerDecision.extend({
      providerId: z.uuid(),
      providerName: z.string(),
      personId: z.uuid().describe("The contact person"),
      state: z.enum(providerStates).describe("As it is now: news that is no longer true is not told"),
    }),
  }),
});

export const providerEndpoints = [
  registerProvider,
  correctProvider,
  readProvider,
  readProviderRecord,
  listProviderRecords,
  listOwnProviders,
  submitProvider,
  verifyProvider,
  rejectProvider,
  reviseProvider,
  suspendProvider,
  reinstateProvider,
  closeProvider,
  readProviderDecision,
];
