import { z } from "zod";
import { districtCode } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { poolProducts } from "./pools.ts";

/** What people look for, before anybody buys: summed by district and month, never who. */
const product = z.enum(poolProducts);
const month = z
  .string()
  .regex(/^\d{4}-\d{2}$/, "a month like 2026-11")
  .describe("In which it was asked for, in Lima");

export const requestDemand = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/demand",
  summary:
    "Requests for inputs and equipment by district, product and month: of the last months, and older ones that are open. Cells of fewer than five people say nothing.",
  access: ["service"],
  query: z.object({
    products: z.string().max(600).optional().describe("Of these alone, with commas"),
    months: z.coerce.number().int().min(1).max(24).default(6).describe("How many, this one included"),
  }),
  answer: z.object({
    cells: z.array(
      z.object({
        districtCode,
        product,
        month,
        requests: z.int().nullable().describe("Null: of fewer than five people"),
        open: z.int().nullable().describe("Of them still open; null where withheld"),
      }),
    ),
  }),
});

export const readDemand = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/demand",
  summary:
    "For a verified supplier's people, an organization's brokers and managers, and operators: how much of the supplier's products, or of all, is looked for, by district and month: requests, and packs ordered in joint purchases. What fewer than five people ask for is withheld.",
  access: ["person", "operator"],
  query: z.object({
    providerId: z.uuid().optional().describe("For which supplier"),
    organizationId: z
      .uuid()
      .optional()
      .describe("For which organization, that may arrange a purchase; only operators leave out both"),
    product: product.optional().describe("All that the supplier offers, or all, unless said"),
    districts: z
      .string()
      .regex(/^\d{6}(,\d{6})*$/, "six-digit codes with commas")
      .max(350)
      .optional()
      .describe("INEI district codes with commas; all unless said"),
  }),
  answer: z.object({
    demand: z.array(
      z.object({
        districtCode,
        product,
        month,
        requests: z.int().nullable().describe("Null: of fewer than five people, or none"),
        openRequests: z.int().nullable(),
        pack: z
          .object({ amount: z.number(), unit: z.string() })
          .nullable()
          .describe("Of which the packs are; null where only requests are counted"),
        orderedPacks: z
          .int()
          .nullable()
          .describe("In joint purchases; null: of fewer than five people, or none"),
      }),
    ),
  }),
});

export const demandEndpoints = [readDemand, requestDemand];
