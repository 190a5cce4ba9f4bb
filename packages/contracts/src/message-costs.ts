import { z } from "zod";
import { limaDay, sumCentimos } from "./common.ts";
import { endpoint } from "./endpoint.ts";

const price = z.number().min(0).nullable().describe("Céntimos, also parts of one; null: not set");
const cost = sumCentimos
  .nullable()
  .describe("Céntimos of a sol (PEN), rounded by row; null: a price is not set");
const carried = {
  messagesIn: z.int().describe("What phones wrote"),
  segmentsIn: z.int(),
  messagesOut: z
    .int()
    .describe("What the gateway took, whether it arrived or not; one that it took twice is two"),
  segmentsOut: z.int(),
  inDoubt: z
    .int()
    .describe("Nobody knows whether the gateway took it; not among those out, and costs nothing here"),
  costCentimos: cost,
};

export const readMessageCosts = endpoint({
  service: "notifications",
  method: "GET",
  path: "/api/notifications/message-costs",
  summary:
    "Messages and segments in and out by day and gateway, and what they cost by the prices in the settings. What an erased person wrote or was sent is gone from it.",
  access: ["operator"],
  query: z.object({
    from: limaDay,
    until: limaDay.describe("Last day, at most 366 days later"),
    gateway: z.string().trim().min(1).max(40).optional(),
  }),
  answer: z.object({
    prices: z
      .array(z.object({ gateway: z.string(), segmentCentimos: price, receivedSegmentCentimos: price }))
      .describe("Of one segment, as set today: also for days before a change"),
    days: z
      .array(z.object({ day: limaDay, gateway: z.string(), ...carried }))
      .describe("Those with a message"),
    total: z.object(carried),
  }),
});

export const messageCostEndpoints = [readMessageCosts];
