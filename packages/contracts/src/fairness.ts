import { sizeClasses } from "@minka/domain/size-class";
import { kinds } from "@minka/domain/vocabulary";
import { z } from "zod";
import { districtCode, limaDay } from "./common.ts";
import { endpoint } from "./endpoint.ts";

const served = {
  requests: z.int(),
  unmatched: z.int().describe("Nothing was ever listed"),
  unserved: z.int().describe("Nothing was agreed, and nothing is under way"),
};

export const readFairness = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/fairness",
  summary:
    "Who is shown beside what they merit, and who is left without: for operators, small counts included.",
  access: ["operator"],
  query: z.object({
    from: limaDay.describe("First day on which requests were opened"),
    until: limaDay.describe("Last day, at most 366 days later"),
    most: z.coerce.number().int().min(1).max(500).default(100).describe("Providers a kind"),
  }),
  answer: z.object({
    kinds: z.array(
      z.object({
        kind: z.enum(kinds),
        lists: z.int(),
        providers: z.int(),
        inequity: z
          .number()
          .describe(
            "Half the sum of |exposure share − merit share|, 0 to 1: 0 where each is shown as it merits (amortized attention and relevance: Biega, Gummadi, Weikum, SIGIR 2018)",
          ),
      }),
    ),
    providers: z
      .array(
        z.object({
          kind: z.enum(kinds),
          providerId: z.uuid(),
          providerName: z.string(),
          listed: z.int(),
          exposure: z
            .number()
            .describe("Sum of 1 / log2(1 + rank) over its listings (Singh, Joachims, KDD 2018)"),
          asked: z.int(),
          engaged: z.int(),
          merit: z.number().describe("Mean score"),
          exposureShare: z.number(),
          meritShare: z.number(),
          ratio: z.number().nullable().describe("Exposure share to merit share: under 1 is shown too little"),
        }),
      )
      .describe("Of each kind those furthest from what they merit"),
    byDistrict: z.array(z.object({ districtCode, ...served })),
    bySex: z.array(z.object({ sex: z.enum(["f", "m"]).nullable(), ...served })),
    bySize: z.array(z.object({ sizeClass: z.enum(sizeClasses).nullable(), ...served })),
    byMembership: z.array(
      z.object({ member: z.boolean().nullable().describe("Null: not known any more"), ...served }),
    ),
  }),
});

export const fairnessEndpoints = [readFairness];
