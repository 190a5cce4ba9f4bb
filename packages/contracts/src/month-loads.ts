import { kinds } from "@minka/domain/vocabulary";
import { z } from "zod";
import { instantText, limaDay } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { month } from "./plans.ts";

export const readMonthLoad = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/providers/:providerId/month-load",
  summary:
    "What a provider has to do in a month, for its managers and operators, whoever of its staff answers for it: days with what is agreed and done, places that are taken of each offer, and what waits for an answer now. How many places an offer has is in its terms: GET /api/catalog/providers/:providerId/offer-records.",
  access: ["person", "operator"],
  params: z.object({ providerId: z.uuid() }),
  query: z.object({ month: month.optional().describe("In Lima; this one unless said") }),
  answer: z.object({
    month,
    days: z
      .array(
        z.object({
          day: limaDay,
          kind: z.enum(kinds),
          agreed: z.int().describe("Still to be done"),
          done: z.int(),
        }),
      )
      .describe("By day and kind; days without work are left out"),
    places: z
      .array(z.object({ offerId: z.uuid(), taken: z.int() }))
      .describe(
        "Of published offers, by open questions, what came of them and what is planned; those of which none is taken are left out",
      ),
    asks: z.object({
      open: z.int(),
      urgent: z.int(),
      nextEndsAt: instantText.nullable().describe("Until when the first has to be answered"),
    }),
    asOf: instantText,
  }),
});

export const monthLoadEndpoints = [readMonthLoad];
