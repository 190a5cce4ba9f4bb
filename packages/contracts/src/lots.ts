import { defaultConversions, type ConversionName } from "@minka/domain/harvest-weights";
import { certificates, cropStates, crops } from "@minka/domain/vocabulary";
import { z } from "zod";
import { centimos, districtCode, instantText, limaDay, page, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { event } from "./event.ts";
import { conversionFactors, purchasePrice, purchaseQuality } from "./offer-terms.ts";

/**
 * A lot is harvest of several people that is sold together. `open` takes pledges; `collecting` weighs and measures what
 * was pledged; `composed` knows which of it the buyer gets; `settled` has paid out.
 */
export const lotStates = ["open", "collecting", "composed", "settled", "cancelled"] as const;
export type LotState = (typeof lotStates)[number];

/** Crops of whose weight it is known in which state it was taken. */
export const lotCrops = ["cacao", "coffee"] as const satisfies readonly (typeof crops)[number][];

/** Who gets in when not all of it fits. */
export const lotFairness = ["most-paid", "equal-shares", "small-first"] as const;

export const organizerKinds = ["organization", "provider"] as const;
export const lotOrganizer = z
  .object({ kind: z.enum(organizerKinds), id: z.uuid() })
  .describe("Who arranges it: an organization (also three neighbours), or an agent or supplier");

const conversionName = z.enum(Object.keys(defaultConversions) as [ConversionName, ...ConversionName[]]);

/** A factor that turns a weight in one state into another, and whose it is. */
export const usedConversion = z.object({
  name: conversionName,
  factor: z.number().describe("Kilograms left of one kilogram"),
  from: z
    .enum(["buyer", "organizer", "default"])
    .describe("Whose factor: a default of Minka stands in until the buyer or the organizer names one"),
});
export type UsedConversion = z.output<typeof usedConversion>;

/** A buyer's purchase offer as it was when the lot was linked to it: later versions do not move it. */
export const lotDemand = z.object({
  offerId: z.uuid(),
  offerVersion: z.int(),
  providerId: z.uuid().describe("The buyer"),
  providerName: z.string(),
  title: z.string(),
  state: z.enum(cropStates),
  minimumKg: z.number(),
  maximumKg: z.number().nullable(),
  price: purchasePrice.nullable(),
  quality: purchaseQuality,
  certificates: z.array(z.enum(certificates)),
  delivery: z.object({ districtCode, from: limaDay.optional(), until: limaDay.optional() }),
  conversions: conversionFactors.optional(),
});
export type LotDemand = z.output<typeof lotDemand>;

const grams = z.int().min(0);

export const lotPoint = z.object({
  id: z.uuid(),
  name: z.string(),
  districtCode,
  pickupCentimos: centimos.describe("Paid once when anything of this point is taken"),
  collectsOn: limaDay.nullable().describe("Null: any day of the collecting window"),
});

export const lot = z.object({
  id: z.uuid(),
  state: z.enum(lotStates),
  organizer: lotOrganizer.extend({ name: z.string() }),
  title: z.string(),
  crop: z.enum(lotCrops),
  cropState: z.enum(cropStates).describe("In which everything is weighed and sold"),
  minimumGrams: grams,
  maximumGrams: grams,
  limits: purchaseQuality.describe("Of the weighted average of what is taken"),
  certificates: z.array(z.enum(certificates)).describe("Everything that is taken holds all of them"),
  minimumWomenSharePercent: z.number(),
  points: z.array(lotPoint),
  pledgeUntil: instantText.describe("Pledges are made, changed and withdrawn until then"),
  collectFrom: limaDay,
  collectUntil: limaDay,
  fairness: z.enum(lotFairness),
  parts: z.boolean().describe("Whether a contribution may be taken in part"),
  minimumPartGrams: grams,
  feeCentimosPerKg: centimos.describe("The organizer's fee for each kilogram sold"),
  feePercent: z.number().describe("The organizer's fee in per cent of what the buyer pays"),
  expectedCentimosPerKg: centimos
    .nullable()
    .describe("What the organizer expects a kilogram to bring, until a contract says it"),
  conversions: z.array(usedConversion).describe("By which weights in other states are turned into the lot's"),
  openToNeighbours: z.boolean().describe("Whether who is no member may pledge"),
  demand: lotDemand.nullable(),
  pledges: z.int(),
  pledgedGrams: grams.describe("In the lot's state"),
  weighedGrams: grams,
  openedAt: instantText,
  freeSince: instantText
    .nullable()
    .describe(
      "Since when members may take home what they brought: ten days after collecting nothing was composed. Null: not so",
    ),
});
export type Lot = z.output<typeof lot>;

const lotId = z.object({ lotId: z.uuid() });
const people = ["person", "operator"] as const;
const whoever = ["service", "person", "operator"] as const;
const lotAnswer = z.object({ lotId: z.uuid(), state: z.enum(lotStates) });
const base = "/api/brokering/lots";

export const openLot = endpoint({
  service: "brokering",
  method: "POST",
  path: base,
  summary:
    "Open a lot: a broker or manager of an organization, any active member of a group of neighbours, or the staff of a provider. Linked to a buyer's purchase offer it takes over the offer's state, limits, certificates and factors, and the buyer is told.",
  access: people,
  body: z.object({
    organizer: lotOrganizer,
    title: z.string().trim().min(3).max(80).describe("As members read it"),
    crop: z.enum(lotCrops),
    cropState: z.enum(cropStates),
    minimumKg: z.number().min(1).max(10_000_000),
    maximumKg: z.number().min(1).max(10_000_000),
    limits: purchaseQuality.default({}).describe("Beside the buyer's: the stricter holds"),
    certificates: z.array(z.enum(certificates)).max(certificates.length).default([]),
    minimumWomenSharePercent: z.number().min(0).max(100).default(0),
    points: z
      .array(
        z.object({
          name: z.string().trim().min(2).max(60),
          districtCode,
          pickupCentimos: centimos.default(0),
          collectsOn: limaDay.nullable().default(null),
        }),
      )
      .min(1)
      .max(50),
    pledgeUntil: instantText,
    collectFrom: limaDay,
    collectUntil: limaDay,
    fairness: z.enum(lotFairness).default("most-paid"),
    parts: z.boolean().default(true),
    minimumPartKg: z.number().min(0).max(100_000).default(0),
    feeCentimosPerKg: centimos.default(0),
    feePercent: z.number().min(0).max(30).default(0),
    expectedCentimosPerKg: centimos.min(1).nullable().default(null),
    conversions: conversionFactors
      .optional()
      .describe("The organizer's own factors; a buyer's go before them"),
    openToNeighbours: z.boolean().default(false),
    demand: z
      .object({
        offerId: z.uuid(),
        offerVersion: z.int().min(1).describe("The version that was read"),
      })
      .nullable()
      .default(null),
  }),
  answer: lotAnswer,
  status: 201,
});

export const readLot = endpoint({
  service: "brokering",
  method: "GET",
  path: `${base}/:lotId`,
  summary:
    "A lot with its terms, fee and what is pledged in all: for its organizer's people and members, who pledged, the buyer, and while it is open to neighbours for anybody signed in.",
  access: whoever,
  params: lotId,
  answer: z.object({ lot }),
});

export const listLots = endpoint({
  service: "brokering",
  method: "GET",
  path: base,
  summary:
    "Lots, the newest first: of an organizer for its people, of a buyer for its staff, or those that a person may pledge to or has pledged to.",
  access: whoever,
  query: z.object({
    organizerKind: z.enum(organizerKinds).optional().describe("With `organizerId`"),
    organizerId: z.uuid().optional(),
    buyerId: z
      .uuid()
      .optional()
      .describe("A provider whose offer the lot answers, or with whom it has a contract"),
    personId: z.uuid().optional(),
    pledged: z
      .enum(["yes", "no"])
      .optional()
      .describe("With `personId`: whether something they pledged is in it"),
    state: z.enum(lotStates).optional(),
    ...pageQuery,
  }),
  answer: page(lot),
});

export const extendLot = endpoint({
  service: "brokering",
  method: "POST",
  path: `${base}/:lotId/extension`,
  summary: "The organizer gives more time to pledge: the deadline is never moved forward.",
  access: people,
  params: lotId,
  body: z.object({ pledgeUntil: instantText }),
  answer: z.object({ lotId: z.uuid(), pledgeUntil: instantText }),
});

export const closeLot = endpoint({
  service: "brokering",
  method: "POST",
  path: `${base}/:lotId/closing`,
  summary:
    "The organizer takes no more pledges before the deadline. At the deadline that happens by itself. Who pledged hears where and when it is collected.",
  access: people,
  params: lotId,
  answer: lotAnswer,
});

export const cancelLot = endpoint({
  service: "brokering",
  method: "POST",
  path: `${base}/:lotId/cancellation`,
  summary:
    "The organizer gives a lot up, as long as no contract is signed; what is signed and was never delivered an operator ends. Everybody who pledged is told, and what they pledged is free.",
  access: people,
  params: lotId,
  answer: lotAnswer,
});

export const listLotInvitees = endpoint({
  service: "brokering",
  method: "GET",
  path: `${base}/:lotId/invitees`,
  summary: "The organization's active members, whom to tell that a lot is open: page by page in order of id.",
  access: ["service"],
  params: lotId,
  query: z.object({
    cursor: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(500).default(500),
  }),
  answer: z.object({ personIds: z.array(z.uuid()), next: z.uuid().nullable() }),
});

/** Nobody does what a lot waits for, though reminded: an operator has to look. */
export const lotUnattended = event({
  name: "lot.unattended",
  emitter: "brokering",
  subscribers: ["notifications"],
  payload: z.object({
    lotId: z.uuid(),
    personIds: z.array(z.uuid()).min(1).describe("Who could do it, the first of whom is called"),
  }),
});

export const lotEvents = [lotUnattended];

export const lotsEndpoints = [openLot, listLots, readLot, extendLot, closeLot, cancelLot, listLotInvitees];
