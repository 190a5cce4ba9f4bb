import { z } from "zod";
import { centimos, limaDay } from "./common.ts";
import { helpAnswers } from "./follow-ups.ts";
import { rating, score } from "./ratings.ts";

export const engagementStates = ["agreed", "done", "rework", "disputed", "no_show", "cancelled"] as const;
/** Of which a request has one at a time. */
export const standingStates = [
  "agreed",
  "done",
  "rework",
  "disputed",
] as const satisfies (typeof engagementStates)[number][];

export const engagement = z.object({
  id: z.uuid(),
  matchId: z.uuid(),
  providerId: z.uuid(),
  state: z.enum(engagementStates),
  visitOn: limaDay,
  priceCentimos: centimos.nullable().default(null).describe("As agreed"),
  priceUnit: z.string().nullable().default(null),
  score: score.nullable().describe("The producer's, for who may see it: the provider once it is published"),
  ratings: z.array(rating).default([]).describe("Those that the reader may see"),
  helped: z.enum(helpAnswers).nullable().default(null).describe("What the producer said a month later"),
});

export type Engagement = z.output<typeof engagement>;
