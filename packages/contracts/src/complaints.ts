import { z } from "zod";
import { instantText, limaDay, page, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { event } from "./event.ts";

export const complaintStates = ["raised", "upheld", "dismissed"] as const;
export type ComplaintState = (typeof complaintStates)[number];

const dealing = z.object({
  providerId: z.uuid(),
  providerName: z.string(),
  requestId: z.uuid(),
  matchId: z.uuid(),
  /** Null while the provider has only been asked. */
  engagementId: z.uuid().nullable(),
  at: instantText.describe("Of the visit, or of the question to the provider"),
});

/** What was written is with the message, in notifications, and nowhere here. */
const complaint = z.object({
  id: z.uuid(),
  state: z.enum(complaintStates),
  personId: z.uuid().describe("Who complains: for operators alone"),
  messageId: z.uuid().describe("The message that said it first"),
  raisedAt: instantText,
  settledAt: instantText.nullable(),
  holds: z
    .boolean()
    .describe("Whether the provider is held for it until it is settled; otherwise an operator is only told"),
  ...dealing.shape,
  others: z.array(dealing).describe("Whom else they may mean, of the same weeks, the latest first"),
});

export const raiseComplaint = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/complaints",
  summary:
    "A person complains of the provider they dealt with last, if any in 60 days. One with whom they had agreed gets no more work until an operator decides, unless this person's last settled complaint was dismissed or three of theirs held somebody in 90 days. The same dealing is complained of once.",
  access: ["service"],
  body: z.object({ personId: z.uuid(), messageId: z.uuid() }),
  answer: z.object({
    complaint: z
      .object({
        id: z.uuid(),
        state: z.enum(complaintStates),
        providerId: z.uuid(),
        providerName: z.string(),
        holds: z.boolean(),
      })
      .nullable()
      .describe("Null for who has dealt with nobody"),
  }),
});

export const listComplaints = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/complaints",
  summary: "Complaints about providers, the newest first unless said, each with whom else it may be about.",
  access: ["operator", "service"],
  query: z.object({
    state: z.enum(complaintStates).optional(),
    providerId: z.uuid().optional(),
    from: limaDay.optional().describe("First day on which it was raised"),
    until: limaDay.optional().describe("Last day"),
    order: z.enum(["newest", "oldest"]).default("newest"),
    ...pageQuery,
  }),
  answer: page(complaint),
});

export const readComplaint = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/complaints/:complaintId",
  summary: "One complaint, with whom else it may be about.",
  access: ["operator", "service"],
  params: z.object({ complaintId: z.uuid() }),
  answer: z.object({ complaint }),
});

export const settleComplaint = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/complaints/:complaintId/settlement",
  summary:
    "An operator says whether a complaint is right. Dismissing the last one for which a provider is held lets it work again; reinstating or suspending the provider settles what is still open.",
  access: ["operator"],
  params: z.object({ complaintId: z.uuid() }),
  body: z.object({ outcome: z.enum(["upheld", "dismissed"]) }),
  answer: z.object({ complaintId: z.uuid(), state: z.enum(complaintStates) }),
});

export const moveComplaint = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/complaints/:complaintId/dealing",
  summary:
    "An operator corrects whom an open complaint is about: another dealing of the same person (`others`). The hold moves with it.",
  access: ["operator"],
  params: z.object({ complaintId: z.uuid() }),
  body: z.object({ matchId: z.uuid() }),
  answer: z.object({ complaintId: z.uuid(), providerId: z.uuid() }),
});

/** Somebody complains about a provider: it is found by nobody until an operator has decided. */
export const complaintRaised = event({
  name: "complaint.raised",
  emitter: "matching",
  subscribers: ["catalog"],
  payload: z.object({ complaintId: z.uuid(), providerId: z.uuid() }),
});

/** A complaint holds a provider no more: it was dismissed, or is about another. */
export const complaintLifted = event({
  name: "complaint.lifted",
  emitter: "matching",
  subscribers: ["catalog"],
  payload: z.object({ complaintId: z.uuid(), providerId: z.uuid() }),
});

export const complaintsEndpoints = [
  raiseComplaint,
  listComplaints,
  readComplaint,
  settleComplaint,
  moveComplaint,
];
