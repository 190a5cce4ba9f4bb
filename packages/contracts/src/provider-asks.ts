import { z } from "zod";
import { centimos, districtCode, instantText } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { engagement } from "./engagements.ts";
import { hamlet } from "./matching.ts";
import { matchSponsor } from "./matches.ts";
import { need } from "./need.ts";
import { quote } from "./quotes.ts";

/** What a provider is asked and has agreed to, without who asks: that is told when both have agreed. */
const work = z.object({ requestId: z.uuid(), need, districtCode });

const agreedWork = engagement.extend({
  ...work.shape,
  placeName: hamlet.nullable().default(null),
  quote: quote.nullable().default(null).describe("Another day that one side proposes, not answered yet"),
});

/** A match at its provider: asked, or answered with a quote. */
const ask = work.extend({
  matchId: z.uuid(),
  providerId: z.uuid().describe("Which of theirs is asked"),
  distanceKm: z.number().nullable().describe("Whole kilometres"),
  priceCentimos: centimos.nullable(),
  priceUnit: z.string().nullable(),
  sponsor: matchSponsor,
});

export const listAsks = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/asks",
  summary:
    "What is asked of the signed-in person as a provider, the most urgent first, what they agreed to, and what they may still rate.",
  access: ["person"],
  answer: z.object({
    asks: z.array(
      ask.extend({
        askExpiresAt: instantText,
        quote: quote.nullable().default(null).describe("What the producer proposes: a yes accepts it"),
      }),
    ),
    quoted: z
      .array(ask.extend({ quote }))
      .default([])
      .describe("What they proposed instead of a yes, and the producer has to answer"),
    engagements: z.array(agreedWork),
    disputed: z
      .array(agreedWork)
      .default([])
      .describe("What an operator has to settle before it goes on, whoever put it there"),
    toRate: z
      .array(agreedWork)
      .default([])
      .describe("Finished, and their rating is missing and still taken: the latest first, 20 at most"),
  }),
});

export const providerAskEndpoints = [listAsks];
