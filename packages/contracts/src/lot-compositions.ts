import { z } from "zod";
import { instantText, reason, sumCentimos } from "./common.ts";
import { lotImpossible, lotReasons } from "./brokering-reasons.ts";
import { endpoint } from "./endpoint.ts";
import { codesOf } from "./reason-codes.ts";
import { measures } from "./lot-pledges.ts";

export const compositionStates = ["proposed", "approved", "rejected", "superseded"] as const;

const grams = z.int().min(0);

export const composition = z.object({
  id: z.uuid(),
  lotId: z.uuid(),
  state: z.enum(compositionStates),
  proposedAt: instantText,
  decidedAt: instantText.nullable(),
  grams,
  averages: z.partialRecord(z.enum(measures), z.number()).describe("Weighted by grams, of what is taken"),
  womenSharePercent: z.number(),
  payCentimos: sumCentimos.describe("What members would be paid together"),
  pickupCentimos: sumCentimos,
  netCentimos: z.int(),
  proven: z
    .boolean()
    .describe("Proven the best. False when time ended first: up to `gapCentimos` more might be paid"),
  gapCentimos: sumCentimos,
  lines: z
    .array(
      z.object({
        pledgeId: z.uuid(),
        personId: z.uuid(),
        offeredGrams: grams,
        takenGrams: grams,
        leftGrams: grams,
        centimosPerKg: sumCentimos.describe(
          "At which it was counted: the price with what its quality changes",
        ),
        payCentimos: sumCentimos,
        reason: reason
          .nullable()
          .describe(codesOf("Why something is left; null when all is taken.", lotReasons)),
      }),
    )
    .describe("In the order of pledging"),
});
export type LotComposition = z.output<typeof composition>;

const lotId = z.object({ lotId: z.uuid() });
const people = ["person", "operator"] as const;

export const proposeComposition = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/lots/:lotId/compositions",
  summary:
    "Choose what makes up the lot: within volume, limits, certificates and women's share, members are paid the most by the lot's fairness rule. Proposed by one of the organizer's people, it holds once another approves it. Where no lot can be made it says why.",
  access: people,
  params: lotId,
  answer: z.discriminatedUnion("outcome", [
    z.object({ outcome: z.literal("proposed"), composition }),
    z.object({
      outcome: z.literal("impossible"),
      because: z
        .array(reason)
        .describe(codesOf("Each with the best that there is beside what is asked.", lotImpossible)),
      mostGrams: grams.nullable().describe("The most that keeps every limit"),
    }),
  ]),
  status: 201,
});

export const decideComposition = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/compositions/:compositionId/decision",
  summary:
    "Another of the organizer's people approves what was proposed, or does not. Each member hears what of theirs is taken, and why the rest is not.",
  access: people,
  params: z.object({ compositionId: z.uuid() }),
  body: z.object({ approve: z.boolean() }),
  answer: z.object({ compositionId: z.uuid(), state: z.enum(compositionStates) }),
});

export const listCompositions = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/lots/:lotId/compositions",
  summary: "What was proposed for a lot, the newest first: for the organizer's people.",
  access: people,
  params: lotId,
  answer: z.object({ compositions: z.array(composition) }),
});

export const lotCompositionEndpoints = [proposeComposition, listCompositions, decideComposition];
