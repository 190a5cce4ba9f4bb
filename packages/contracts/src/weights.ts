import { kinds } from "@minka/domain/vocabulary";
import { z } from "zod";
import { instantText, page, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";

/** What a rank is made of; each is in [0, 1] and 1 is best. */
export const scoreParts = [
  "fit", // topic and crop named, level, certificate, language
  "distance", // by how long the way takes
  "price", // beside the other candidates with the same unit
  "rating",
  "answering", // how often they answer at all
  "speed", // how soon
  "completion", // agreed and done, against not come and called off
  "room", // places and time left
  "freshness", // how lately the offer was confirmed
  "women", // made for women, for a woman
  "help", // who said later that it helped
  "discovery", // asked seldom so far: everybody gets a first visit
  "rotation", // by lot: equals take turns
] as const;
export type ScorePart = (typeof scoreParts)[number];

/** A lot may order equals and never decide between unequals. */
export const mostByLot = 0.05;

const weight = z.number().min(0).max(1);

export const weights = z
  .object(Object.fromEntries(scoreParts.map((part) => [part, weight])) as Record<ScorePart, typeof weight>)
  .strict()
  .refine((of) => Math.abs(scoreParts.reduce((sum, part) => sum + of[part], 0) - 1) <= 1e-6, {
    message: "the weights of a kind sum to 1",
  })
  .refine(({ rotation }) => rotation <= mostByLot, {
    path: ["rotation"],
    message: `what is drawn by lot weighs ${mostByLot} at most`,
  })
  .describe(`All parts are there and sum to 1; \`rotation\` is ${mostByLot} at most`);
export type Weights = z.output<typeof weights>;

export const weightsByKind = z
  .object(
    Object.fromEntries(kinds.map((kind) => [kind, weights])) as Record<
      (typeof kinds)[number],
      typeof weights
    >,
  )
  .strict();

/** Great-circle kilometres are multiplied by it: 2 where the way takes twice as long as on the plain. */
export const travelFactors = z
  .record(
    z.string().regex(/^(\d{2}){1,3}$/, "an INEI prefix of two, four or six digits"),
    z.number().min(0.5).max(10),
  )
  .refine((of) => Object.keys(of).length <= 2_000, { message: "at most 2000 places" })
  .describe("By INEI prefix of the asker's district, the longest that fits; 1 where none does");

const weightSet = z.object({
  version: z.int().describe("Kept with each match that was ranked by it"),
  at: instantText,
  by: z.string(),
  note: z.string(),
  weights: weightsByKind,
  travelFactors,
});

export const readWeights = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/weights",
  summary: "By which weights offers are ranked now.",
  access: ["operator"],
  answer: z.object({ current: weightSet }),
});

export const listWeights = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/weights/versions",
  summary: "All weights that ever ranked, the newest first: none is changed or removed.",
  access: ["operator"],
  query: z.object(pageQuery),
  answer: page(weightSet),
});

export const replaceWeights = endpoint({
  service: "matching",
  method: "PUT",
  path: "/api/matching/weights",
  summary:
    "New weights for every kind, each kind's summing to 1, in force within seconds and without deploying. They are a version of their own; `weights-changed` (409) when somebody else was quicker.",
  access: ["operator"],
  body: z.object({
    basedOn: z.int().describe("The version that they replace"),
    weights: weightsByKind,
    travelFactors: travelFactors.optional().describe("Those in force when left out"),
    note: z.string().trim().min(3).max(300).describe("Why"),
  }),
  answer: z.object({ version: z.int() }),
});

export const weightsEndpoints = [readWeights, listWeights, replaceWeights];
