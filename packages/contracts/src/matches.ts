import { z } from "zod";
import { declineReasons } from "./asks.ts";
import { centimos, instantText, reason } from "./common.ts";
import { quote } from "./quotes.ts";
import { codesOf, matchReasons } from "./reason-codes.ts";

export const matchStates = [
  "listed",
  "asked",
  "quoted",
  "accepted",
  "declined",
  "silent",
  "withdrawn",
] as const;

/** Who pays part of the price or all of it. Rank and score know nothing of it. */
export const matchSponsor = z
  .object({
    name: z.string(),
    paysCentimos: centimos.describe("Of `priceCentimos`, which is the whole price"),
  })
  .nullable()
  .default(null)
  .describe("Of a listed one: as money is left now. Kept aside for it once its provider is asked");

export const match = z.object({
  id: z.uuid(),
  rank: z.int().describe("1 is best, and the number that the producer answers with"),
  round: z.int(),
  state: z.enum(matchStates),
  offerId: z.uuid(),
  offerVersion: z
    .int()
    .describe("Of the offer as it was when they were matched: what the price and terms were"),
  providerId: z.uuid(),
  providerName: z.string(),
  providerPersonId: z.uuid(),
  distanceKm: z.number().nullable().describe("Whole kilometres; null where the offer has no base point"),
  priceCentimos: centimos.nullable(),
  priceUnit: z.string().nullable().describe('What the price is for: "visita", "saco"'),
  offerTitle: z.string().nullable().default(null).describe("What the offer is called, where it has a title"),
  byPhone: z.boolean().default(false).describe("Advice by phone or message: nobody comes"),
  forMonth: z
    .string()
    .nullable()
    .default(null)
    .describe('The later month in which it has places, "2026-12"; null: the month in which it is asked'),
  score: z.number(),
  reasons: z
    .array(reason)
    .describe(codesOf("Why it is on the list, and what to know of it, the strongest first.", matchReasons)),
  askExpiresAt: instantText.nullable(),
  declineReason: z.enum(declineReasons).nullable().describe("Why its provider said no, where they said why"),
  sponsor: matchSponsor,
  quote: quote.nullable().default(null).describe("What one side proposes and the other has not answered"),
});
export type Match = z.output<typeof match>;
