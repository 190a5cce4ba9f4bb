import { z } from "zod";
import { phoneText } from "./auth.ts";
import { instantText, limaDay, page, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";

export const simulatorSend = endpoint({
  service: "notifications",
  method: "POST",
  path: "/simulator/messages",
  summary: "Write an SMS to Minka as a phone would. Only while the simulator is the gateway.",
  access: ["anyone"],
  body: z.object({ from: phoneText, text: z.string().max(20_000) }),
  answer: z.object({ id: z.string() }),
  status: 202,
  anyText: true,
});

export const simulatorMessage = z.object({
  id: z.string(),
  direction: z.enum(["in", "out"]).describe("in: written to Minka; out: sent by Minka"),
  text: z.string(),
  at: instantText,
  segments: z.int(),
});

export const simulatorRead = endpoint({
  service: "notifications",
  method: "GET",
  path: "/simulator/messages",
  summary: "The messages of one phone, oldest first. Only while the simulator is the gateway.",
  access: ["anyone"],
  query: z.object({ phone: phoneText }),
  answer: z.object({ messages: z.array(simulatorMessage) }),
});

/** A text of the catalog in `packages/language`, by name, and what fills it. */
export const sendText = endpoint({
  service: "notifications",
  method: "POST",
  path: "/api/notifications/messages",
  summary: "Send one of Minka's texts to a phone.",
  access: ["service"],
  body: z.object({
    phone: phoneText,
    text: z.enum(["sign_in_code"]),
    parameters: z.record(z.string(), z.union([z.string(), z.number()])),
    /** Not sent after this. */
    expiresAt: instantText,
  }),
  answer: z.object({ messageId: z.uuid() }),
  status: 202,
});

export const attentionKinds = [
  "not_understood",
  "human_wanted",
  "complaint", // `subject` is the provider whom they dealt with last, where there is one
  "message_unsettled",
  "message_failed",
  "channel_paused", // the gateway refuses whatever Minka sends
  "machine_suspected", // a phone answers faster than people do: Minka is silent until it is quiet
  "request_handed_over", // nobody was found or left to ask, or the two disagree; `subject` is the request
  "wrote_to_operator", // in a conversation that an operator has in hand
  "review_asked", // who asked wants a person to look at the ranking; `subject` is the request
  "visit_in_doubt", // agreed with a provider who has left, or where nobody gets to; `subject` is the request, `phone` its producer's
  "presence_overdue", // an agent did not say that they left a visit; `subject` is the stay, `phone` the agent's
  "provider_silent", // a provider answers nothing and was rested; `subject` is the provider
  "plan_visits_left", // visits of an approved plan are with nobody, or it could not be placed anew; `subject` is the plan, `phone` whoever had it made
  "delivery_unattended", // nobody says whether what was bought together came, how much of it, or what becomes of what was missing; `subject` is the delivery, `phone` of who is silent
  "payment_unattended", // who received money does not say so, or does not pay on what it kept back, though reminded; `subject` is the payment or repayment, `phone` of who has to
  "lot_unattended", // nobody does what a lot waits for, though reminded; `subject` is the lot, `phone` of who could
  "credit_unattended", // a lender does not answer, though reminded; `subject` is the credit, `phone` of who answers for its offer, or of who asked where nobody does
  "endorsement_unattended", // an organization does not say whether it vouches, though reminded; `subject` is the endorsement, `phone` of one of its people, or of the borrower
] as const;

export const attentionItem = z.object({
  id: z.uuid(),
  kind: z.enum(attentionKinds),
  phone: z.string().describe("Masked"),
  /** The message it is about, redacted. */
  text: z.string().nullable(),
  /** Id of what it is about, where that is no message: of a request. */
  subject: z.string().nullable(),
  conversationId: z.uuid().nullable().describe("To open it, and to take it in hand"),
  at: instantText,
});

export const listAttention = endpoint({
  service: "notifications",
  method: "GET",
  path: "/api/notifications/attention",
  summary: "What waits for an operator, oldest first unless said.",
  access: ["operator"],
  query: z.object({
    kind: z.enum(attentionKinds).optional(),
    subject: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe("About this alone: the id of a request, of a provider"),
    from: limaDay.optional().describe("Waiting since this day or a later one"),
    until: limaDay.optional().describe("Waiting since this day or an earlier one"),
    order: z.enum(["oldest", "newest"]).default("oldest"),
    ...pageQuery,
  }),
  answer: page(attentionItem),
});

export const readAttentionContact = endpoint({
  service: "notifications",
  method: "GET",
  path: "/api/notifications/attention/:itemId/contact",
  summary: "The phone behind an item, to call back. Each look is written into the audit.",
  access: ["operator"],
  params: z.object({ itemId: z.uuid() }),
  answer: z.object({ phone: phoneText }),
});

export const replyToAttention = endpoint({
  service: "notifications",
  method: "POST",
  path: "/api/notifications/attention/:itemId/reply",
  summary: "An operator writes an SMS to the phone behind an item. The item stays open.",
  access: ["operator"],
  params: z.object({ itemId: z.uuid() }),
  body: z.object({ text: z.string().trim().min(1).max(300) }),
  answer: z.object({ messageId: z.uuid() }),
  status: 202,
});

export const resolveAttention = endpoint({
  service: "notifications",
  method: "POST",
  path: "/api/notifications/attention/:itemId/resolution",
  summary: "An operator has dealt with it.",
  access: ["operator"],
  params: z.object({ itemId: z.uuid() }),
  body: z.object({ note: z.string().trim().max(200).optional() }),
  answer: z.object({ id: z.uuid() }),
});

export const notificationsEndpoints = [
  simulatorSend,
  simulatorRead,
  sendText,
  listAttention,
  readAttentionContact,
  replyToAttention,
  resolveAttention,
];
