import { z } from "zod";
import { instantText } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { event } from "./event.ts";
import { sides } from "./quotes.ts";

export const score = z.int().min(1).max(5);

/** Each side's word on the other. Neither sees the other's before it is published. */
export const rating = z.object({
  by: z.enum(sides),
  score,
  at: instantText,
  publishedAt: instantText
    .nullable()
    .describe("When both had rated, or a week after the first; then nobody rates any more"),
});
export type Rating = z.output<typeof rating>;

export const rateEngagement = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/engagements/:engagementId/rating",
  summary:
    "Each side rates a finished visit from 1 to 5, once. The other sees it when both have rated, or after a week.",
  access: ["service", "person"],
  params: z.object({ engagementId: z.uuid() }),
  body: z.object({
    score,
    by: z.enum(sides).optional().describe("For whom a service says it; the producer unless said"),
  }),
  answer: z.object({ requestId: z.uuid() }),
});

export const ratingEndpoints = [rateEngagement];

/** Both sides may see what the other said. */
export const ratingsPublished = event({
  name: "rating.published",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({ requestId: z.uuid(), engagementId: z.uuid() }),
});
