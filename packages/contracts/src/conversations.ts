import { z } from "zod";
import { phoneText } from "./auth.ts";
import { instantText, page, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";

/** Who has a conversation in hand: an operator, until when they have to have written. */
const takeover = z.object({
  operatorId: z.uuid(),
  until: instantText.describe("Without an answer by then the conversation goes back to Minka"),
});
export type Takeover = z.output<typeof takeover>;

const summary = z.object({
  id: z.uuid(),
  phone: z.string().describe("Masked"),
  wroteAt: instantText.describe("When the phone wrote last"),
  last: z.enum(["in", "out"]).nullable().describe("Who spoke last; in: the phone; null: nothing is left"),
  received: z.int().describe("Messages that the phone wrote"),
  sent: z.int().describe("Messages to the phone"),
  waiting: z.boolean().describe("Something of it waits for an operator"),
  takenOver: takeover.nullable(),
  optedOut: z.boolean(),
});

export const listConversations = endpoint({
  service: "notifications",
  method: "GET",
  path: "/api/notifications/conversations",
  summary:
    "Conversations of phones that have written, who wrote last first; what Minka sends moves nothing. Texts and numbers are shown only where a conversation is opened.",
  access: ["operator"],
  query: z.object({
    ...pageQuery,
    waiting: z.enum(["true"]).optional().describe("Only those in which something waits for an operator"),
    takenOver: z.enum(["me", "anyone"]).optional().describe("Only those that an operator has in hand"),
  }),
  answer: page(summary),
});

const messageStates = [
  "queued",
  "sending",
  "sent",
  "unknown",
  "delivered",
  "undelivered",
  "failed",
  "expired",
  "withheld",
] as const;

const written = z.object({
  id: z.uuid(),
  direction: z.enum(["in", "out"]).describe("in: written to Minka; out: sent by Minka or an operator"),
  at: instantText,
  text: z.string().nullable().describe("Null where it was blanked since. What is kept nowhere is not listed"),
  operator: z
    .object({ personId: z.uuid(), name: z.string().nullable() })
    .nullable()
    .describe("Who wrote it, where it was no phone and not Minka by itself"),
  state: z.enum(messageStates).nullable().describe("Of what was sent"),
  unanswered: z.boolean().describe("Written to an operator who has not answered yet"),
});

const params = z.object({ conversationId: z.uuid() });

export const openConversation = endpoint({
  service: "notifications",
  method: "GET",
  path: "/api/notifications/conversations/:conversationId",
  summary:
    "What a phone and Minka wrote to each other, the newest first. Each look is written into the audit. Of a phone that several people share no more than the last day.",
  access: ["operator"],
  params,
  query: z.object({ ...pageQuery }),
  answer: z.object({
    conversation: summary.extend({
      phone: phoneText,
      shared: z.boolean().describe("Several people read what is sent there"),
    }),
    messages: page(written),
  }),
});

export const takeOverConversation = endpoint({
  service: "notifications",
  method: "POST",
  path: "/api/notifications/conversations/:conversationId/takeover",
  summary:
    "Take a conversation in hand: Minka answers nothing there but calls for help, BAJA and ALTA until it is handed back, or half an hour without an answer has passed. 409 while another operator has it, with `operatorId` and `until`.",
  access: ["operator"],
  params,
  answer: z.object({ takenOver: takeover }),
});

export const writeInConversation = endpoint({
  service: "notifications",
  method: "POST",
  path: "/api/notifications/conversations/:conversationId/messages",
  summary: "Write an SMS in a conversation that one has in hand.",
  access: ["operator"],
  params,
  body: z.object({
    text: z.string().trim().min(1).max(300),
    seen: z.uuid().optional().describe("The newest message that this answers; left out: all that came"),
  }),
  answer: z.object({ messageId: z.uuid(), takenOver: takeover }),
  status: 202,
});

export const handBackConversation = endpoint({
  service: "notifications",
  method: "POST",
  path: "/api/notifications/conversations/:conversationId/handback",
  summary:
    "Hand a conversation back to Minka, which puts its question again. What came after the operator's last message, and after `seen`, Minka answers.",
  access: ["operator"],
  params,
  body: z.object({
    seen: z.uuid().optional().describe("The newest message that needs no answer any more"),
  }),
  answer: z.object({ leftToMinka: z.int().describe("Messages that Minka answers now") }),
});

export const conversationEndpoints = [
  listConversations,
  openConversation,
  takeOverConversation,
  writeInConversation,
  handBackConversation,
];
