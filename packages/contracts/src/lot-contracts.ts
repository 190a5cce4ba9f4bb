import { z } from "zod";
import { centimos, districtCode, instantText, limaDay, sumCentimos } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { measures } from "./lot-pledges.ts";

/**
 * `negotiating` has a proposal of either side; `agreed` waits for both signatures; `signed` is changed by nobody;
 * `ended` came to nothing.
 */
export const contractStates = ["negotiating", "agreed", "signed", "ended"] as const;
export type ContractState = (typeof contractStates)[number];

export const contractSides = ["organizer", "buyer"] as const;
export type ContractSide = (typeof contractSides)[number];

/** A side proposes so many times at most. */
export const mostLotQuotes = 5;

const grams = z.int().min(0);

export const priceAdjustment = z
  .object({
    measure: z.enum(measures),
    beyond: z.enum(["above", "below"]),
    from: z.number().min(0).max(100).describe("The value at which the price stays as it is"),
    per: z.number().min(0.001).max(100).describe("For each so much beyond it"),
    centimosPerKg: z
      .int()
      .min(-100_000)
      .max(100_000)
      .describe("The price changes by so much a kilogram: below zero it falls"),
    counts: z
      .enum(["full", "begun", "fractions"])
      .default("full")
      .describe("Whether only full steps count, each one begun, or every fraction"),
    atMostCentimosPerKg: centimos.nullable().default(null).describe("The most that it changes; null: no end"),
  })
  .describe('"10 céntimos less for each half per cent of moisture above 7": above, 7, 0.5, -10');

export const contractTerms = z.object({
  minimumKg: z.number().min(1).max(10_000_000),
  maximumKg: z.number().min(1).max(10_000_000),
  centimosPerKg: centimos.min(1).max(1_000_000),
  adjustments: z
    .array(priceAdjustment)
    .max(12)
    .default([])
    .describe("By the quality that is measured at the destination; each counts on its own"),
  womenPremiumCentimosPerKg: centimos.max(1_000_000).default(0).describe("Paid on top for women's harvest"),
  delivery: z.object({
    districtCode,
    place: z.string().trim().min(2).max(80),
    from: limaDay,
    until: limaDay,
  }),
  paymentDays: z.int().min(0).max(365).describe("Days from a delivery to its payment"),
  advanceCentimos: centimos.default(0).describe("Paid by the buyer before the delivery"),
});
export type ContractTerms = z.output<typeof contractTerms>;

export const lotQuoteStates = ["open", "accepted", "refused", "superseded"] as const;

export const lotQuote = z.object({
  id: z.uuid(),
  by: z.enum(contractSides),
  state: z.enum(lotQuoteStates),
  terms: contractTerms,
  at: instantText,
  validUntil: instantText,
});

export const lotDelivery = z.object({
  id: z.uuid(),
  state: z
    .enum(["recorded", "confirmed", "disputed"])
    .describe("What the organizer records waits for the buyer"),
  recordedBy: z.enum(contractSides),
  grams: grams.describe("As the buyer's scale shows it, or as the buyer confirmed it"),
  womenGrams: grams.describe("Of it, women's harvest: as in the composition"),
  quality: z.partialRecord(z.enum(measures), z.number()),
  centimosPerKg: sumCentimos.describe(
    "The contract's price with its adjustments by the quality at the destination",
  ),
  valueCentimos: sumCentimos.describe("Without the women's premium"),
  womenPremiumCentimos: sumCentimos,
  deliveredOn: limaDay,
  at: instantText,
});
export type LotDelivery = z.output<typeof lotDelivery>;

export const lotContract = z.object({
  id: z.uuid(),
  lotId: z.uuid(),
  state: z.enum(contractStates),
  buyer: z.object({ providerId: z.uuid(), name: z.string() }),
  quotes: z.array(lotQuote).describe("The newest first"),
  terms: contractTerms.nullable().describe("What was agreed; null until then"),
  signedByOrganizerAt: instantText.nullable(),
  signedByBuyerAt: instantText.nullable(),
  deliveries: z.array(lotDelivery),
  valueCentimos: sumCentimos.describe("Of confirmed deliveries, with the women's premium"),
});
export type LotContract = z.output<typeof lotContract>;

const lotId = z.object({ lotId: z.uuid() });
const whoever = ["service", "person", "operator"] as const;
const people = ["person", "operator"] as const;
const contractAnswer = z.object({ lotId: z.uuid(), contractId: z.uuid(), state: z.enum(contractStates) });
const side = z.enum(contractSides).describe("For which side");

export const quoteLot = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/lots/:lotId/quotes",
  summary:
    "Propose the terms of a contract, or others in turn: the organizer to a buyer, or a buyer to the organizer, at most five times a side. A newer proposal takes the place of the one before; once none that it made holds any more the organizer may turn to another buyer.",
  access: people,
  params: lotId,
  body: z.object({
    as: side,
    buyerId: z.uuid().describe("The provider who buys"),
    terms: contractTerms,
    validUntil: instantText,
  }),
  answer: contractAnswer.extend({ quoteId: z.uuid() }),
  status: 201,
});

export const answerLotQuote = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/lot-quotes/:quoteId/answer",
  summary: "The other side accepts what was proposed, so that both may sign, or refuses it.",
  access: people,
  params: z.object({ quoteId: z.uuid() }),
  body: z.object({ accept: z.boolean() }),
  answer: contractAnswer,
});

export const signLotContract = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/lot-contracts/:contractId/signature",
  summary:
    "Sign what was agreed, or not: one of the buyer's staff, and of the organizer's people one who neither proposed nor accepted it. Signed by both, nobody changes it. A no ends it, and so does a fortnight without a signature.",
  access: whoever,
  params: z.object({ contractId: z.uuid() }),
  body: z.object({
    as: side,
    sign: z.boolean(),
    personId: z.uuid().optional().describe("Who said it, where a service passes it on"),
  }),
  answer: contractAnswer,
});

export const readLotContract = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/lots/:lotId/contract",
  summary:
    "The contract of a lot with its proposals and deliveries: for the organizer's people and the buyer's staff.",
  access: whoever,
  params: lotId,
  answer: z.object({ contract: lotContract.nullable() }),
});

export const recordLotDelivery = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/lots/:lotId/deliveries",
  summary:
    "What reached the buyer, weighed and measured there. The buyer's own word holds at once; the organizer's when the buyer confirms it.",
  access: people,
  params: lotId,
  body: z.object({
    as: side,
    kg: z.number().min(0.001).max(10_000_000),
    quality: z
      .object({
        moisturePercent: z.number().min(0).max(100).optional(),
        defectsPercent: z.number().min(0).max(100).optional(),
        fermentationPercent: z.number().min(0).max(100).optional(),
        cupPoints: z.number().min(0).max(100).optional(),
        cadmiumMgPerKg: z.number().min(0).max(10).optional(),
      })
      .default({}),
    deliveredOn: limaDay,
  }),
  answer: z.object({ delivery: lotDelivery }),
  status: 201,
});

export const answerLotDelivery = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/lot-deliveries/:deliveryId/answer",
  summary:
    "The buyer's staff confirm what the organizer recorded, or say that it is not so. What was confirmed by mistake an operator takes back, until the lot is settled.",
  access: whoever,
  params: z.object({ deliveryId: z.uuid() }),
  body: z.object({
    confirm: z.boolean(),
    personId: z.uuid().optional().describe("Who said it, where a service passes it on"),
  }),
  answer: z.object({ delivery: lotDelivery }),
});

export const lotContractEndpoints = [
  quoteLot,
  answerLotQuote,
  signLotContract,
  readLotContract,
  recordLotDelivery,
  answerLotDelivery,
];
