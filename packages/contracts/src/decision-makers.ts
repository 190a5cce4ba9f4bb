import { z } from "zod";
import { limaDay } from "./common.ts";
import { endpoint } from "./endpoint.ts";

/** Parts in what an organization or lender decides; a person may have several. */
export const decisionParts = ["proposed", "negotiated", "approved"] as const;
export type DecisionPart = (typeof decisionParts)[number];
export const decidedNouns = ["pool", "lot", "credit", "endorsement", "exposure-limit"] as const;

export const readDecisionMakers = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/decision-makers",
  summary:
    "Who proposed, negotiated and approved, counted by sex: an organization's for its managers, all for operators. Fewer than five people are not told.",
  access: ["person", "operator"],
  query: z.object({
    organizationId: z.uuid().optional().describe("Only operators leave it out"),
    from: limaDay,
    until: limaDay,
  }),
  answer: z.object({
    rows: z.array(
      z.object({
        noun: z.enum(decidedNouns),
        part: z.enum(decisionParts),
        sex: z.enum(["f", "m"]).nullable().describe("Null: not said, or not known any more"),
        persons: z.int().nullable().describe("Null where withheld: fewer than five"),
        decisions: z.int().nullable().describe("Null where withheld"),
      }),
    ),
  }),
});

export const decisionMakerEndpoints = [readDecisionMakers];
