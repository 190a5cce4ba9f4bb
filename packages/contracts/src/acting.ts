import { z } from "zod";
import { phoneText } from "./auth.ts";
import { districtCode, instantText, page, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";

/** How a person agreed that somebody acts for them: by SMS, or aloud before a witness who is named. */
export const delegationChannels = ["sms", "spoken"] as const;

export const delegationStates = ["asked", "active", "withdrawn", "lapsed"] as const;

const personName = z.object({ personId: z.uuid(), name: z.string().nullable() });
const witness = z
  .string()
  .trim()
  .min(3)
  .max(80)
  .describe("Full name of somebody else who heard it: neither of the two themself");
const organizationId = z.uuid().describe("To act for this organization instead of for oneself");

export const delegation = z.object({
  id: z.uuid(),
  state: z
    .enum(delegationStates)
    .describe("asked: waits for the person's SI; lapsed: not agreed in time, or its year is over"),
  /** Null until they agreed: a question tells nobody whether there is somebody. */
  principal: personName.nullable(),
  /** The last three digits of the phone that was asked, while it waits. */
  askedPhone: z.string().nullable(),
  /** Who may act: a person, or whoever stands for the organization as delegate, broker or manager. */
  delegate: personName.nullable(),
  organization: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  askedAt: instantText,
  agreedAt: instantText.nullable(),
  channel: z.enum(delegationChannels).nullable(),
  witness: z.string().nullable(),
  expiresAt: instantText.describe("Of the question while it is asked, of the permission when it is agreed"),
  withdrawnAt: instantText.nullable(),
});
export type Delegation = z.output<typeof delegation>;

export const askToAct = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/delegations",
  summary:
    "Ask to act for a person, for oneself or for an organization one stands for. They are asked by SMS (SI or NO) within seven days. The answer is the same whether or not the phone is known. At most 30 a day.",
  access: ["person"],
  body: z.object({
    principal: z.union([z.object({ personId: z.uuid() }).strict(), z.object({ phone: phoneText }).strict()]),
    organizationId: organizationId.optional(),
  }),
  answer: z.object({ delegationId: z.uuid(), asked: z.literal(true) }),
  status: 202,
});

export const recordSpokenDelegation = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/delegations/spoken",
  summary:
    "Record that a person agreed aloud, before a named witness. An operator may record it for anybody; who stands for an organization, for its own members who have no phone.",
  access: ["person", "operator"],
  body: z.object({
    principalId: z.uuid(),
    /** One of the two; who is no operator records for an organization. */
    delegatePersonId: z.uuid().optional(),
    organizationId: z.uuid().optional(),
    witness,
  }),
  answer: z.object({ delegation }),
  status: 201,
});

export const listDelegations = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/delegations",
  summary:
    "Who may act for the signed-in person (given), or for whom they may act (held), newest first; with an organization, for whom that organization may act.",
  access: ["person"],
  query: z.object({
    side: z.enum(["given", "held"]),
    organizationId: z.uuid().optional(),
    state: z
      .enum(["asked", "active", "standing"])
      .optional()
      .describe("standing: those that are asked or active, so that what is over does not fill the list"),
    ...pageQuery,
  }),
  answer: page(delegation),
});

export const withdrawDelegation = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/delegations/:delegationId/withdrawal",
  summary:
    "Either side, or an operator, ends a permission or a question at once. A token to act that is out ends by itself within 15 minutes.",
  access: ["person", "operator"],
  params: z.object({ delegationId: z.uuid() }),
  answer: z.object({ delegationId: z.uuid(), withdrawnAt: instantText }),
});

export const startActing = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/auth/acting",
  summary:
    "A token of 15 minutes to act in the name of a person who agreed. Its `act` claim (RFC 8693) names who acts; every record shows both. Ask again for the next one.",
  access: ["person"],
  body: z.object({ personId: z.uuid(), organizationId: organizationId.optional() }),
  answer: z.object({
    accessToken: z.string(),
    expiresInSeconds: z.int(),
    personId: z.uuid(),
    through: z.object({ personId: z.uuid(), organizationId: z.uuid().optional() }),
  }),
});

export const registerAssisted = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/people/assisted",
  summary:
    "Register somebody who agreed aloud, before a named witness, and act for them. Without a phone of their own it holds at once. With one, its owner is asked by SMS, is here only from their SI on, and is erased by a NO or after a week; the answer does not tell whether the phone was known. At most 30 a day.",
  access: ["person"],
  body: z.object({
    name: z.string().trim().min(1).max(80),
    phone: phoneText.optional().describe("Their own, never the helper's"),
    districtCode: districtCode.optional(),
    consent: z.object({ version: z.string().min(1).max(40), witness }),
    organizationId: organizationId.optional(),
  }),
  answer: z.object({
    personId: z.uuid().nullable().describe("Null while the phone's owner is asked"),
    delegationId: z.uuid(),
    delegation: z.enum(["active", "asked"]),
  }),
  status: 201,
});

export const actingEndpoints = [
  askToAct,
  recordSpokenDelegation,
  listDelegations,
  withdrawDelegation,
  startActing,
  registerAssisted,
];
