import { loanPurposes } from "@minka/domain/vocabulary";
import { z } from "zod";
import { centimos, instantText, page, pageQuery } from "./common.ts";
import { endorsementConditions, endorsementRefusals, endorsementStates } from "./credit-words.ts";
import { creditParams, people, saidBy } from "./credits.ts";
import { endpoint } from "./endpoint.ts";
import { event } from "./event.ts";

const organization = z.object({ organizationId: z.uuid() });
const params = z.object({ endorsementId: z.uuid() });
const stateAnswer = z.object({ endorsementId: z.uuid(), state: z.enum(endorsementStates) });

const version = z.int().min(0);

const exposure = z.object({
  exposureCentimos: centimos.describe("What the organization vouches for now"),
  limitCentimos: centimos.describe("What it vouches for at most; nothing until two people have set it"),
});

export const askEndorsement = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/credits/:creditId/endorsements",
  summary:
    "The borrower asks an organization of theirs to vouch. Only with this does the organization learn of the credit.",
  access: people,
  params: creditParams,
  body: z.object({ organizationId: z.uuid(), ...saidBy }),
  answer: stateAnswer,
  status: 201,
});

export const listEndorsements = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/endorsements",
  summary: "What an organization is asked to vouch for and vouches for, for its brokers and managers.",
  access: ["person", "operator"],
  query: z.object({
    organizationId: z.uuid(),
    state: z.enum(endorsementStates).optional(),
    ...pageQuery,
  }),
  answer: page(
    z.object({
      id: z.uuid(),
      state: z.enum(endorsementStates),
      personId: z.uuid(),
      askedCentimos: centimos.describe("Of the credit"),
      purpose: z.enum(loanPurposes),
      amountCentimos: centimos.nullable().describe("Vouched for; null until proposed"),
      conditions: z.array(z.enum(endorsementConditions)),
      version: version.describe("Of the proposal: raised with each"),
      unanswered: z.boolean().describe("The borrower was told that nobody answers"),
      proposedByYou: z.boolean().describe("Then another manager has to approve it"),
      askedAt: instantText,
    }),
  ),
});

export const proposeEndorsement = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/endorsements/:endorsementId/proposal",
  summary:
    "A broker or manager proposes to vouch: how much, and on what conditions. 409 `nobody-approves` where no other manager could approve it.",
  access: ["person", "operator"],
  params,
  body: z.object({
    amountCentimos: centimos.min(1).describe("At most what is asked"),
    conditions: z.array(z.enum(endorsementConditions)).max(endorsementConditions.length).default([]),
  }),
  answer: stateAnswer.extend({ version }),
});

export const approveEndorsement = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/endorsements/:endorsementId/approval",
  summary:
    "A manager who did not propose it lets the organization vouch as was proposed, within its limit: 409 `exposure-exceeded` beyond, `changed-meanwhile` where it was proposed anew since.",
  access: ["person", "operator"],
  params,
  body: z.object({ version: version.describe("Of the proposal that was read") }),
  answer: stateAnswer.extend(exposure.shape),
});

export const refuseEndorsement = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/endorsements/:endorsementId/refusal",
  summary: "The organization does not vouch, and says why from a closed list.",
  access: ["person", "operator"],
  params,
  body: z.object({ reason: z.enum(endorsementRefusals) }),
  answer: stateAnswer,
});

export const readExposure = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/endorsement-exposures/:organizationId",
  summary: "What an organization vouches for now and at most, for its brokers and managers.",
  access: ["person", "operator"],
  params: organization,
  answer: exposure.extend({
    standing: z.int().describe("How many credits it vouches for"),
    called: z.int().describe("Of them in arrears"),
    proposed: z
      .object({
        changeId: z.uuid(),
        limitCentimos: centimos,
        proposedAt: instantText,
        proposedByYou: z.boolean().describe("Then another manager has to approve it"),
      })
      .nullable()
      .describe("A limit that waits for a second person: the newest, if nothing was approved since"),
  }),
});

const limitAnswer = z.object({
  changeId: z.uuid(),
  limitCentimos: centimos,
  state: z.enum(["proposed", "approved"]),
});

export const proposeExposureLimit = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/endorsement-limits",
  summary: "A broker or manager proposes how much the organization vouches for at most, in all.",
  access: ["person", "operator"],
  body: z.object({ organizationId: z.uuid(), limitCentimos: centimos }),
  answer: limitAnswer,
  status: 201,
});

export const approveExposureLimit = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/endorsement-limits/:changeId/approval",
  summary: "A manager who did not propose the limit approves it. The newest approved one holds.",
  access: ["person", "operator"],
  params: z.object({ changeId: z.uuid() }),
  answer: limitAnswer,
});

/** An organization does not say whether it vouches, though reminded: an operator has to look. */
export const endorsementUnattended = event({
  name: "endorsement.unattended",
  emitter: "brokering",
  subscribers: ["notifications"],
  payload: z.object({
    endorsementId: z.uuid(),
    personIds: z
      .array(z.uuid())
      .describe("Whom to call, the first who can be reached: of the organization, or else the borrower"),
  }),
});

export const endorsementEvents = [endorsementUnattended];

export const endorsementEndpoints = [
  askEndorsement,
  listEndorsements,
  proposeEndorsement,
  approveEndorsement,
  refuseEndorsement,
  readExposure,
  proposeExposureLimit,
  approveExposureLimit,
];
