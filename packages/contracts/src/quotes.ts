import { z } from "zod";
import { centimos, instantText, limaDay } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { event } from "./event.ts";

export const sides = ["requester", "provider"] as const;
export type Side = (typeof sides)[number];

export const quoteStates = ["open", "accepted", "refused", "superseded", "expired"] as const;

/** What one side proposes to the other: a price, a day, or both. */
export const quote = z.object({
  id: z.uuid(),
  by: z.enum(sides).describe("Who proposes; the other side answers"),
  priceCentimos: centimos.nullable().describe("Null where only another day is proposed"),
  priceUnit: z.string().nullable(),
  visitOn: limaDay.nullable().describe("Null where only another price is proposed"),
  at: instantText,
  expiresAt: instantText,
});
export type Quote = z.output<typeof quote>;

const whoever = ["service", "person", "operator"] as const;

export const makeQuote = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/matches/:matchId/quotes",
  summary:
    "A provider who is asked names a price or a day instead of a yes; the producer answers, or proposes another in turn, at most three a side. Once agreed, either side proposes another day.",
  access: whoever,
  params: z.object({ matchId: z.uuid() }),
  body: z
    .object({
      by: z.enum(sides).optional().describe("For whom a service or an operator says it"),
      priceCentimos: centimos.optional(),
      visitOn: limaDay.optional(),
    })
    .refine(({ priceCentimos, visitOn }) => priceCentimos !== undefined || visitOn !== undefined, {
      message: "a price, a day, or both",
    }),
  answer: z.object({ requestId: z.uuid(), quoteId: z.uuid(), expiresAt: instantText }),
});

export const answerQuote = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/quotes/:quoteId/answer",
  summary:
    "The other side accepts, which agrees the visit at that price and day, or refuses: the next provider is asked. Of a visit that is agreed, only the day changes, or nothing does.",
  access: whoever,
  params: z.object({ quoteId: z.uuid() }),
  body: z.object({ accept: z.boolean() }),
  answer: z.object({ requestId: z.uuid(), engagementId: z.uuid().nullable() }),
});

export const quoteEndpoints = [makeQuote, answerQuote];

const ids = { requestId: z.uuid(), matchId: z.uuid(), quoteId: z.uuid() };

/** One side proposes a price or a day: the other is asked. Read it with the match, as its `quote`. */
export const quoteMade = event({
  name: "quote.made",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({ ...ids, by: z.enum(sides) }),
});

/**
 * It was refused, or not answered in time. Before an agreement that ends the match: `match.passed-on` says who is
 * asked next, and `request.list-lapsed` or `request.listed-again` what becomes of the rest. An agreed visit stays as it was.
 */
export const quoteClosed = event({
  name: "quote.closed",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({
    ...ids,
    by: z.enum(sides).describe("Who had proposed, and is to be told"),
    cause: z.enum(["refused", "expired"]),
    /** Whether the visit had been agreed before, and stands. */
    agreed: z.boolean(),
  }),
});

/** A producer did not answer a price in time; the others of the list may be chosen again. */
export const listedAgain = event({
  name: "request.listed-again",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({ requestId: z.uuid() }),
});
