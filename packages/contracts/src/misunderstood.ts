import { intents } from "@minka/domain/intents";
import { z } from "zod";
import { instantText, page, pageQuery } from "./common.ts";
import { endpoint, fileAnswer } from "./endpoint.ts";

const slots = z
  .record(z.string().max(20), z.union([z.string().trim().min(1).max(80), z.number()]))
  .describe("Only what the message states, by the names of the label guide");

const proposal = z.object({
  intent: z.string(),
  score: z.number().describe("How near, the nearest first; comparable within one message only"),
});

const misunderstood = z.object({
  id: z.uuid(),
  phone: z.string().describe("Masked"),
  at: instantText,
  context: z.string().describe("What the conversation waited for"),
  text: z.string().nullable().describe("Null where it was blanked since"),
  proposals: z.array(proposal).max(3),
  correction: z.object({ intent: z.string(), slots }).nullable(),
});

export const listMisunderstood = endpoint({
  service: "notifications",
  method: "GET",
  path: "/api/notifications/misunderstood",
  summary: "Messages that Minka did not understand, the newest first, each with the nearest meanings.",
  access: ["operator"],
  query: z.object({
    ...pageQuery,
    state: z.enum(["open", "corrected", "dismissed"]).default("open"),
  }),
  answer: page(misunderstood),
});

const params = z.object({ misunderstoodId: z.uuid() });

export const correctMisunderstood = endpoint({
  service: "notifications",
  method: "POST",
  path: "/api/notifications/misunderstood/:misunderstoodId/correction",
  summary:
    "Say what a message meant. It is exported as a labelled line, and changes nothing for who wrote it. A second correction takes the place of the first.",
  access: ["operator"],
  params,
  body: z.object({
    intent: z
      .string()
      .max(40)
      .describe(`One of ${intents.join(", ")}`),
    slots: slots.default({}),
  }),
  answer: z.object({ id: z.uuid() }),
});

export const dismissMisunderstood = endpoint({
  service: "notifications",
  method: "POST",
  path: "/api/notifications/misunderstood/:misunderstoodId/dismissal",
  summary: "There is nothing to learn from a message: it is not exported.",
  access: ["operator"],
  params,
  answer: z.object({ id: z.uuid() }),
});

export const exportMisunderstood = endpoint({
  service: "notifications",
  method: "GET",
  path: "/api/notifications/misunderstood/export",
  summary:
    "Corrected messages as JSON Lines of the labelled set (id, context, text, intent, slots), without names and long numbers, the oldest first; a full answer goes on `after` its last id. Each download is written down.",
  access: ["operator"],
  query: z.object({
    since: instantText.optional().describe("Only what was written from then on"),
    after: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(10_000).default(2_000),
  }),
  download: { contentTypes: ["application/x-ndjson"] },
  answer: fileAnswer,
});

export const misunderstoodEndpoints = [
  listMisunderstood,
  exportMisunderstood,
  correctMisunderstood,
  dismissMisunderstood,
];
