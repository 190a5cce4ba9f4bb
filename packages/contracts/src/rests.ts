import { z } from "zod";
import { limaDay } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { event } from "./event.ts";

/** No holiday is longer: whoever stays away longer pauses their offers. */
export const longestRestDays = 60;

export const restProvider = endpoint({
  service: "catalog",
  method: "PUT",
  path: "/api/catalog/people/:personId/rest",
  summary:
    "The offers of whom a person answers for are found by nobody until a day, and come back by themselves; `null` ends it early. No provider is changed for somebody who answers for none.",
  access: ["service", "person", "operator"],
  params: z.object({ personId: z.uuid() }),
  body: z.object({
    until: limaDay
      .nullable()
      .describe(`The last day of rest, today or up to ${longestRestDays} days from now; null: back at once`),
  }),
  answer: z.object({
    providers: z.int().describe("For how many they answer"),
    attending: z.int().describe("Those of them that are verified: the others get no orders, resting or not"),
    until: limaDay.nullable(),
  }),
});

/** A provider begins to rest: it is proposed to nobody any more; what it is asked already stays its. */
export const providerRested = event({
  name: "provider.rested",
  emitter: "catalog",
  subscribers: ["matching"],
  payload: z.object({ providerId: z.uuid() }),
});

export const restsEndpoints = [restProvider];
