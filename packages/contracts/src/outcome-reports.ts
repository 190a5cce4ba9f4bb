import { sizeClasses } from "@minka/domain/size-class";
import { kinds } from "@minka/domain/vocabulary";
import { z } from "zod";
import { centimos, districtCode, instantText, limaDay, page, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";

/**
 * What came of what people asked for, in numbers: computed at any time from what matching holds, and kept as a report
 * where somebody has to answer for a period.
 */
const count = z.int().min(0);

/** Requests that people made; what an agent's plan opened is counted with the plans. */
const served = {
  requests: count,
  matched: count.describe("At least one offer was listed, or asked at once"),
  agreed: count.describe("Both sides said yes, whatever came of it"),
  done: count.describe("And it took place"),
  unserved: count.describe("With an operator, or over, and nothing was ever agreed; called off not counted"),
};
export type Served = z.output<z.ZodObject<typeof served>>;

const hours = z.object({
  median: z.number().nullable().describe("Hours, night and day; null of none"),
  p90: z.number().nullable(),
});
const because = z.object({
  code: z
    .string()
    .describe(
      "A code of `reason` of a request; `nobody-chosen` where a list ran out; or the request's state",
    ),
  requests: count,
});
const split = <Shape extends z.ZodRawShape>(shape: Shape) => z.array(z.object({ ...shape, ...served }));

export const outcomes = z.object({
  from: limaDay,
  until: limaDay,
  requests: z.object({ ...served, cancelled: count, open: count.describe("Not over when it was counted") }),
  hoursToMatch: hours.describe("From the request to its first list"),
  hoursToAgreement: hours.describe("From the request to the first yes of both"),
  unmatchedBecause: z.array(because).describe("Of who was never shown an offer; the most first"),
  unservedBecause: z.array(because).describe("Of who was shown offers and agreed on none; the most first"),
  byKind: split({ kind: z.enum(kinds) }),
  byDistrict: split({ districtCode }),
  bySex: split({ sex: z.enum(["f", "m"]).nullable().describe("Null: not said, or not known any more") }),
  bySize: split({ sizeClass: z.enum(sizeClasses).nullable() }),
  byMembership: split({ member: z.boolean().nullable() }),
  visits: z
    .object({
      agreed: count,
      done: count,
      noShows: count,
      cancelled: count,
      disputed: count,
      underWay: count,
      byPlan: count.describe("Of the agreed ones"),
      ratings: count.describe("By producers, published or not"),
      meanRating: z.number().nullable(),
      ratingsByProviders: count,
      meanRatingByProviders: z.number().nullable(),
      helpAnswers: count,
      helpedMuch: count,
      helpedSome: count,
      notHelped: count,
    })
    .describe("Agreements for days of the period: visits, deliveries, interviews"),
  exposure: z
    .array(
      z.object({
        kind: z.enum(kinds),
        lists: count,
        providers: count,
        inequity: z
          .number()
          .describe("As GET /api/matching/fairness has it: 0 where each is shown as it merits"),
      }),
    )
    .describe("How providers are shown beside what they merit"),
  plans: z
    .object({
      plans: count.describe("Approved ones of the period's months"),
      visits: count,
      asked: count.describe("Producers who were told a day and an hour"),
      accepted: count,
      refused: count.describe("Visits that their producer said no to for good, or for now"),
      unanswered: count,
      withNobody: count,
      sessions: count.describe("Stops of agents with somebody in them"),
      groupSessions: count,
      inGroups: count.describe("Visits in group sessions"),
    })
    .describe("Agents' months"),
  sponsorships: z.array(
    z.object({
      sponsorshipId: z.uuid(),
      title: z.string(),
      sponsorName: z.string(),
      budgetCentimos: centimos,
      reservedCentimos: centimos,
      spentCentimos: centimos,
      services: count,
    }),
  ),
  broken: z
    .object({
      withoutNextStep: count.describe("Open requests that wait for nobody and nothing"),
      oversoldPlaces: count.describe("Places given beyond what an offer has in a month"),
      withoutBothConsents: count.describe("Agreements that one side never said yes to"),
    })
    .describe("Promises that do not hold, of all time: anything but 0 is a fault of Minka"),
});
export type Outcomes = z.output<typeof outcomes>;

/** What the visits of plans cost in travel, by whoever has the points: the places themselves are not in it. */
export const travel = z.object({
  months: z.array(
    z.object({
      month: z.string().regex(/^20\d\d-\d\d$/),
      agents: count,
      visits: count,
      groupSessions: count,
      singleSessions: count,
      kmGrouped: z
        .number()
        .min(0)
        .describe("Day routes from the base through the stops and back, great-circle"),
      kmSingle: z.number().min(0).describe("The same visits by the same agents, each at its own place"),
      unplacedGrouped: count.describe("Visits for which the month has no day left"),
      unplacedSingle: count,
    }),
  ),
  kmPerVisitGrouped: z.number().nullable(),
  kmPerVisitSingle: z.number().nullable(),
});
export type Travel = z.output<typeof travel>;

/** How simulated the period was: null for what really happened. */
const simulation = z.object({
  seed: z.int(),
  producers: count,
  agents: count,
  companies: count,
  weeks: count,
  requestsPerProducer: z.number(),
});

export const reportFigures = z.object({
  outcomes,
  travel: travel.nullable().default(null),
  simulation: simulation.nullable().default(null),
});
export type ReportFigures = z.output<typeof reportFigures>;

const summary = z.object({
  id: z.uuid(),
  at: instantText,
  title: z.string(),
  from: limaDay,
  until: limaDay,
});
export const outcomeReport = summary.extend({ figures: reportFigures });
export type OutcomeReport = z.output<typeof outcomeReport>;

export const readOutcomes = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/outcomes",
  summary: "What came of the requests of a period, as of now: for operators, small counts included.",
  access: ["operator"],
  query: z.object({
    from: limaDay.describe("First day on which requests were opened"),
    until: limaDay.describe("Last day, at most 366 days later"),
  }),
  answer: z.object({ outcomes }),
});

export const keepReport = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/reports",
  summary:
    "Keep figures under a title, as they are given: a period's as GET /api/matching/outcomes answers them, or those of a simulated season, which `simulation` then tells. They are not counted anew or compared with what Minka holds, and nothing changes them afterwards.",
  access: ["operator"],
  body: z.object({ title: z.string().trim().min(3).max(120), figures: reportFigures }),
  answer: z.object({ reportId: z.uuid() }),
  status: 201,
});

export const listReports = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/reports",
  summary: "Reports that were kept, the newest first, without their figures.",
  access: ["operator"],
  query: z.object(pageQuery),
  answer: page(summary),
});

export const readReport = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/reports/:reportId",
  summary: "A report with all its figures.",
  access: ["operator"],
  params: z.object({ reportId: z.uuid() }),
  answer: z.object({ report: outcomeReport }),
});

export const outcomeReportEndpoints = [readOutcomes, keepReport, listReports, readReport];
