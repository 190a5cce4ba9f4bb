import { z } from "zod";
import { instantText } from "./common.ts";
import { endpoint } from "./endpoint.ts";

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

const providerId = z.object({ providerId: z.uuid() });
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

export const providerDecisionEndpoints = [
  submitProvider,
  verifyProvider,
  rejectProvider,
  reviseProvider,
  suspendProvider,
  reinstateProvider,
  closeProvider,
  readProviderDecision,
];
