import { kinds } from "@minka/domain/vocabulary";
import { z } from "zod";
import { areaCode, districtCode, limaDay, sumCentimos } from "./common.ts";
import { endpoint } from "./endpoint.ts";

/** Who is reached where, and who is served: for operators, small counts included. */
const count = z.int().min(0);
const period = {
  from: limaDay.describe("First day on which requests were opened"),
  until: limaDay.describe("Last day, at most 366 days later"),
};

export const readRequestCoverage = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/coverage",
  summary: "What became of the requests of a period, by district and kind.",
  access: ["operator"],
  query: z.object({ ...period, area: areaCode.optional(), kind: z.enum(kinds).optional() }),
  answer: z.object({
    rows: z.array(
      z.object({
        districtCode,
        kind: z.enum(kinds),
        requests: count,
        matched: count.describe("At least one offer was listed, or asked at once"),
        agreed: count.describe("Both sides said yes, whatever came of it"),
        done: count.describe("And it took place"),
        unserved: count.describe(
          "With an operator, or over, and nothing was ever agreed; called off not counted",
        ),
        cancelled: count,
        open: count.describe("Not over now"),
        people: count.describe("How many asked"),
      }),
    ),
  }),
});

export const readOfferCoverage = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/coverage",
  summary:
    "By district of an area and kind: how many offers of verified providers reach it, how fresh they are, and how many providers that is. Districts that nothing reaches are not named.",
  access: ["operator"],
  query: z.object({ area: areaCode, kind: z.enum(kinds).optional() }),
  answer: z.object({
    rows: z.array(
      z.object({
        districtCode,
        kind: z.enum(kinds),
        providers: count.describe("With an offer that is found there: a fresh or a sunk one"),
        fresh: count.describe("Offers that were confirmed in time"),
        sunk: count.describe("Not confirmed for long: they come last in lists"),
        hidden: count.describe("Not confirmed for so long that nobody finds them"),
      }),
    ),
  }),
});

export const readServedPeople = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/served",
  summary:
    "Services that took place on days of a period, for how many people, and what sponsors paid of them: with what messages cost, the cost per producer served.",
  access: ["operator"],
  query: z.object({
    from: limaDay,
    until: limaDay.describe("Last day, at most 366 days later"),
    area: areaCode.optional().describe("Where it was asked for"),
    kind: z.enum(kinds).optional(),
  }),
  answer: z.object({
    people: count.describe("With at least one service that took place"),
    services: count,
    sponsoredServices: count,
    sponsorCentimos: sumCentimos,
  }),
});

export const coverageEndpoints = [readRequestCoverage, readOfferCoverage, readServedPeople];
