import { z } from "zod";
import { instantText, page, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";

/** What became of what was sent; the others never left. */
export const shownStates = ["queued", "sent", "delivered", "not_delivered"] as const;

const ownMessage = z.object({
  id: z.uuid(),
  direction: z.enum(["in", "out"]).describe("in: written to Minka; out: sent by Minka"),
  at: instantText,
  text: z.string(),
  state: z.enum(shownStates).nullable().describe("Of what was sent"),
});

export const listOwnMessages = endpoint({
  service: "notifications",
  method: "GET",
  path: "/api/notifications/people/:personId/messages",
  summary:
    "What a person and Minka wrote to each other, the newest first: for themself alone. At a phone that several share only what was said by who had said their private word, and what was sent for them; without such a word nothing. What is kept nowhere, and what nobody can say whose it is, is left out.",
  access: ["person"],
  params: z.object({ personId: z.uuid() }),
  query: z.object({ ...pageQuery }),
  answer: page(ownMessage),
});

export const ownMessagesEndpoints = [listOwnMessages];
