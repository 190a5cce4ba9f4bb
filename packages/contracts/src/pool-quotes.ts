import { z } from "zod";
import { instantText, page, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { listedPool, poolParams } from "./pools.ts";

/**
 * `standing`: takes part in the award; `replaced` by a later version; `declined`: its supplier would not deliver what
 * it was awarded, or did not answer; `excluded` by the organizer, until there is more time; `withdrawn`: the supplier left Minka.
 */
export const poolQuoteStates = ["standing", "replaced", "declined", "excluded", "withdrawn"] as const;

/** What is wrong in these is said field by field, so the shape is checked by the use case. */
const tiers = z
  .array(
    z.object({
      minimumPacks: z.int().describe("From so many packs of all together on; the first is the least order"),
      priceCentimos: z.int().describe("A pack; it may fall or stay as the quantity rises, never rise"),
    }),
  )
  .max(12);

const quoted = {
  tiers,
  deliveryCentimos: z
    .record(z.uuid(), z.int())
    .describe(
      "What it costs to go to a point at all, by the point's id; a point that is left out is not served",
    ),
  casePacks: z.int().describe("All that it delivers is a multiple of this: 1 unless it sells by the case"),
  stockPacks: z.int().nullable().describe("The most packs that there are; null: no limit is said"),
  validUntil: instantText.describe("At least three days after the deadline"),
};

export const poolQuote = z.object({
  id: z.uuid(),
  poolId: z.uuid(),
  providerId: z.uuid(),
  providerName: z.string(),
  version: z.int().describe("From 1; a later one replaces it"),
  state: z.enum(poolQuoteStates),
  ...quoted,
  organizersOwn: z.boolean().describe("The organizer sells this itself"),
  quotedAt: instantText,
});
export type PoolQuote = z.output<typeof poolQuote>;

const people = ["person", "operator"] as const;

export const quotePool = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/pools/:poolId/quotes",
  summary:
    "An invited supplier quotes tiers by the total of all members, and what each point costs. Another one until the deadline replaces it; afterwards 409 `quote-too-late`.",
  access: people,
  params: poolParams,
  body: z.object({
    providerId: z.uuid(),
    ...quoted,
    casePacks: quoted.casePacks.default(1),
    stockPacks: quoted.stockPacks.default(null),
  }),
  answer: z.object({ quote: poolQuote }),
  status: 201,
});

export const listPoolQuotes = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/pools/:poolId/quotes",
  summary:
    "Quotes with their earlier versions: a supplier's own (`providerId`) at any time; all of them for the organizer and operators once the deadline is over, of open ones before. 403 `quotes-sealed` while they are sealed, for who sells in the purchase too as long as suppliers may quote anew.",
  access: people,
  params: poolParams,
  query: z.object({ providerId: z.uuid().optional() }),
  answer: z.object({ quotes: z.array(poolQuote) }),
});

export const inviteSupplier = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/pools/:poolId/suppliers",
  summary: "The organizer invites a verified supplier to quote, beside those that Minka found.",
  access: people,
  params: poolParams,
  body: z.object({ providerId: z.uuid() }),
  answer: z.object({ poolId: z.uuid(), providerId: z.uuid() }),
  status: 201,
});

export const listPoolSuppliers = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/pools/:poolId/suppliers",
  summary: "Who was invited to quote: for the organizer's people.",
  access: people,
  params: poolParams,
  answer: z.object({
    suppliers: z.array(
      z.object({
        providerId: z.uuid(),
        name: z.string(),
        found: z.boolean().describe("By Minka; else the organizer named it"),
        invitedAt: instantText,
      }),
    ),
  }),
});

export const listProviderPools = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/providers/:providerId/pools",
  summary:
    "Joint purchases that a supplier is invited to, the newest first, with its own quote and what it is to confirm.",
  access: people,
  params: z.object({ providerId: z.uuid() }),
  query: z.object({ ...pageQuery }),
  answer: page(
    z.object({
      pool: listedPool,
      quote: poolQuote.nullable().describe("Its standing one"),
      supply: z
        .object({
          awardId: z.uuid(),
          quoteId: z.uuid(),
          packs: z.int(),
          totalCentimos: z.int(),
          answerBy: instantText.nullable(),
          invoiceId: z
            .uuid()
            .nullable()
            .describe("What it is paid for, once it is ordered: a payment's subject of `pool-invoice`"),
        })
        .nullable()
        .describe("What it is to deliver, while it is asked or once it said yes"),
    }),
  ),
});

export const poolQuoteEndpoints = [
  quotePool,
  listPoolQuotes,
  inviteSupplier,
  listPoolSuppliers,
  listProviderPools,
];
