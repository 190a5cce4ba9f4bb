import type { Kind } from "@minka/domain/vocabulary";
import { z } from "zod";
import { districtCode, instantText, limaDay, page, pageQuery, sumCentimos } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { hamlet } from "./matching.ts";
import { month } from "./plans.ts";

/** What is paid for somebody's work; goods, loans and harvests are other services' affair. */
export const paidWork = ["assistance", "training", "service"] as const satisfies readonly Kind[];
const workKind = z.enum(paidWork);

/** Of one price in a month. */
const atPrice = z.object({
  kind: workKind,
  priceCentimos: sumCentimos.nullable().describe("As agreed; null: no price was agreed"),
  priceUnit: z.string().nullable().describe('What the price is for: "visita", "persona"'),
  done: z.int(),
  producersOweCentimos: sumCentimos
    .nullable()
    .describe(
      "What sponsors do not pay of it; null of other units than a visit or a person. Minka does not hear of cash",
    ),
  sponsorsPayCentimos: sumCentimos,
});

/** One piece of work that is done. */
const doneWork = z.object({
  engagementId: z.uuid(),
  requestId: z.uuid(),
  day: limaDay,
  kind: workKind,
  byPhone: z.boolean().describe("Advice by phone: nobody went there"),
  group: z.boolean().describe("One of several who were visited together"),
  priceCentimos: sumCentimos.nullable(),
  priceUnit: z.string().nullable(),
  sponsored: z.object({ name: z.string(), paysCentimos: sumCentimos }).nullable(),
  /** Told to who did it, as the request itself is, and to operators. */
  whom: z
    .object({ personId: z.uuid(), districtCode, placeName: hamlet.nullable() })
    .nullable()
    .describe("For whom and where; null for a manager of the provider who did not do it"),
});

export const readEarnings = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/agents/:providerId/earnings",
  summary:
    "What a provider's visits, training and services of a month brought, in céntimos, by price, with the work behind it, the newest first: for its managers and operators. Counted by the day of the work, once it is done.",
  access: ["person", "operator"],
  params: z.object({ providerId: z.uuid().describe("The agent, or another provider that is paid for work") }),
  query: z.object({ month: month.optional().describe("In Lima; this one unless said"), ...pageQuery }),
  answer: z.object({
    month,
    visits: z.int().describe("Producers visited or advised"),
    groupSessions: z.int().describe("Stops at which several were visited together: they count as visits too"),
    trainings: z.int().describe("Places at trainings"),
    services: z.int().describe("Pieces of other work, such as pruning by the hectare"),
    producersOweCentimos: sumCentimos.describe(
      "In all, of what is priced by visit or person: of other units Minka is not told how many there were",
    ),
    sponsorsPayCentimos: sumCentimos,
    earnedCentimos: sumCentimos.describe("Both together"),
    expected: z
      .object({ agreed: z.int(), centimos: sumCentimos })
      .describe("Agreed for the month, and not done yet"),
    prices: z.array(atPrice).describe("The most frequent first"),
    work: page(doneWork),
    asOf: instantText,
  }),
});

export const earningsEndpoints = [readEarnings];
