import { certificates, cropStates, crops } from "@minka/domain/vocabulary";
import { z } from "zod";
import { districtCode, instantText, limaDay } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { purchasePrice, purchaseQuality } from "./offer-terms.ts";

/** What one buyer says to pay for a kilogram. */
const cropPrice = z.object({
  offerId: z.uuid(),
  buyer: z.object({ id: z.uuid(), name: z.string() }),
  crop: z.enum(crops),
  state: z.enum(cropStates).describe("In which the harvest is bought: the price is for a kg of that"),
  price: purchasePrice.describe("A differential is on top of a reference that both look up on the day"),
  unit: z.literal("kg"),
  minimumKg: z.number(),
  quality: purchaseQuality,
  certificates: z.array(z.enum(certificates)),
  districtCode: districtCode.describe("Where it is delivered"),
  distanceKm: z
    .number()
    .nullable()
    .describe("Whole kilometres from the district that was asked about, as the crow flies; null without one"),
  confirmedOn: limaDay.describe("When the buyer last said that it holds"),
});
export type CropPrice = z.output<typeof cropPrice>;

export const readPrices = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/prices",
  summary:
    "What verified buyers pay for a crop, from their published offers that were confirmed lately: the near and fresh ones first, a handful at most.",
  access: ["anyone"],
  query: z.object({
    crop: z.enum(crops),
    districtCode: districtCode.optional().describe("Without one: the newest of the whole country"),
  }),
  answer: z.object({ prices: z.array(cropPrice), asOf: instantText }),
});

export const pricesEndpoints = [readPrices];
