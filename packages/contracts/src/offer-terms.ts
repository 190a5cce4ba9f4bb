import {
  certificates,
  cropStates,
  crops,
  equipmentProducts,
  hiredServices,
  inputProducts,
  loanPurposes,
  loanRequirements,
  modalities,
  packUnits,
  topics,
} from "@minka/domain/vocabulary";
import { z } from "zod";
import { centimos, districtCode, limaDay, pointInPeru } from "./common.ts";

/** What an offer is called in lists. */
const title = z.string().trim().min(3).max(80);
/** What does not fit the fields; shown as it is. */
const note = z.string().trim().min(1).max(300).optional();
const someCrops = z.array(z.enum(crops)).max(12).default([]).describe("None means every crop");
const price = centimos.nullable().describe("Null when it is agreed upon");
const percent = (most: number) => z.number().min(0).max(most);

/** A price for each pack, from so many packs on. The first holds from its minimum; the price never rises. */
export const priceTiers = z
  .array(z.object({ minimumPacks: z.int().min(1).max(1_000_000), priceCentimos: centimos }))
  .min(1)
  .max(12)
  .refine(
    (tiers) =>
      tiers.every((tier, index) => index === 0 || tier.minimumPacks > (tiers[index - 1]?.minimumPacks ?? 0)),
    { message: "each tier begins at more packs than the one before" },
  )
  .refine(
    (tiers) =>
      tiers.every(
        (tier, index) =>
          index === 0 || tier.priceCentimos <= (tiers[index - 1]?.priceCentimos ?? Number.POSITIVE_INFINITY),
      ),
    { message: "the price may fall or stay as the quantity rises, never rise" },
  );

const pack = z.object({ amount: z.number().positive().max(100_000), unit: z.enum(packUnits) });

const delivery = z.object({
  /** Delivered there; none means that it is collected at the counter. */
  districtCodes: z.array(districtCode).max(50).default([]),
  days: z.int().min(0).max(120).describe("Days from order to delivery"),
});

export const assistanceTerms = z.object({
  kind: z.literal("assistance"),
  topics: z.array(z.enum(topics)).min(1),
  /** Of the topics, those known well enough for advanced farms. */
  specialistTopics: z.array(z.enum(topics)).default([]),
  crops: z.array(z.enum(crops)).min(1),
  modalities: z.array(z.enum(modalities)).min(1),
  /** A visit; 0 when somebody else pays. */
  pricePerVisitCentimos: centimos,
  /** Producers a month: a community trainer's quota is 180 to 200. */
  monthlyCapacity: z.int().min(1).max(1_000),
  base: pointInPeru,
  reachKm: z.number().min(1).max(500),
  note,
});

export const trainingTerms = z.object({
  kind: z.literal("training"),
  title,
  topics: z.array(z.enum(topics)).min(1),
  crops: someCrops,
  modality: z.enum(["course", "field_day", "workshop", "school_of_excellence", "internship", "mega_event"]),
  startsOn: limaDay,
  endsOn: limaDay,
  seats: z.int().min(1).max(10_000),
  place: z.object({ districtCode, name: z.string().trim().min(2).max(80) }),
  priceCentimos: centimos,
  audience: z.enum(["everyone", "women_preferred", "women_only"]).default("everyone"),
  note,
});

export const inputTerms = z.object({
  kind: z.literal("input"),
  title,
  product: z.enum(inputProducts),
  crops: someCrops,
  pack,
  tiers: priceTiers,
  delivery,
  organicApproved: z.boolean(),
  /** Of the national register (SENASA): due for pesticides. */
  registerNumber: z.string().trim().min(3).max(40).optional(),
  note,
});

export const equipmentTerms = z.object({
  kind: z.literal("equipment"),
  title,
  product: z.enum(equipmentProducts),
  crops: someCrops,
  mode: z.enum(["sale", "rent", "repair"]),
  /** What the price is for when it is rented. */
  rentPer: z.enum(["hour", "day", "week", "season"]).optional(),
  /** Tiers count pieces. */
  tiers: priceTiers,
  delivery,
  warrantyMonths: z.int().min(0).max(120).optional(),
  note,
});

export const serviceTerms = z.object({
  kind: z.literal("service"),
  title,
  service: z.enum(hiredServices),
  crops: someCrops,
  unit: z.enum(["sample", "kg", "quintal", "tonne", "hour", "day", "month", "visit", "plot"]),
  priceCentimos: price,
  place: z.object({ districtCode, name: z.string().trim().min(2).max(80) }).optional(),
  monthlyCapacity: z.int().min(1).max(1_000_000).optional(),
  note,
});

/** What a lender asks for, and what it accepts instead: land title for a possession certificate. */
export const loanRequirement = z.object({
  requirement: z.enum(loanRequirements),
  substitutes: z.array(z.enum(loanRequirements)).max(12).default([]),
});

export const creditTerms = z.object({
  kind: z.literal("credit"),
  title,
  crops: someCrops,
  purposes: z.array(z.enum(loanPurposes)).min(1),
  minimumCentimos: centimos,
  maximumCentimos: centimos,
  /** Effective annual rate (TEA) of a year of 360 days. */
  annualRatePercent: percent(300).describe("TEA, per cent"),
  minimumMonths: z.int().min(1).max(120),
  maximumMonths: z.int().min(1).max(120),
  graceMonths: z.int().min(0).max(36).default(0),
  schedule: z.enum(["monthly", "harvest"]),
  /** Months (1 to 12) in which a harvest schedule is paid; by the crop's usual calendar when absent. */
  harvestMonths: z.array(z.int().min(1).max(12)).min(1).max(12).optional(),
  /** Paid once, when the loan is handed out. */
  openingFeeCentimos: centimos.default(0),
  /** Life insurance, per cent of the balance a month. */
  insuranceMonthlyPercent: percent(5).default(0),
  /** Paid with each instalment. */
  instalmentFeeCentimos: centimos.default(0),
  requirements: z.array(loanRequirement).max(20),
  audience: z.enum(["everyone", "women_preferred", "women_only"]).default("everyone"),
  note,
});

export const purchaseTerms = z.object({
  kind: z.literal("purchase"),
  title,
  crop: z.enum(crops),
  state: z.enum(cropStates),
  minimumKg: z.number().min(0).max(10_000_000),
  maximumKg: z.number().positive().max(10_000_000).optional(),
  price: z
    .discriminatedUnion("mode", [
      z.object({ mode: z.literal("fixed"), centimosPerKg: centimos }),
      /** On top of a reference that both look up on the day. */
      z.object({
        mode: z.literal("differential"),
        reference: z.string().trim().min(2).max(60),
        centimosPerKg: z.int().min(-10_000_000).max(10_000_000),
      }),
    ])
    .nullable(),
  quality: z
    .object({
      maximumMoisturePercent: percent(100).optional(),
      maximumDefectsPercent: percent(100).optional(),
      minimumFermentationPercent: percent(100).optional(),
      minimumCupPoints: percent(100).optional(),
      /** The buyer's own limit on beans: there is no legal one. */
      maximumCadmiumMgPerKg: percent(10).optional(),
    })
    .default({}),
  certificates: z.array(z.enum(certificates)).default([]),
  delivery: z.object({ districtCode, from: limaDay.optional(), until: limaDay.optional() }),
  note,
});

/** The shape of each kind; rules that look at several fields are in `checkOfferTerms`. */
export const offerTerms = z.discriminatedUnion("kind", [
  assistanceTerms,
  trainingTerms,
  inputTerms,
  equipmentTerms,
  serviceTerms,
  creditTerms,
  purchaseTerms,
]);
export type OfferTerms = z.output<typeof offerTerms>;
export type TermsOf<Kind extends OfferTerms["kind"]> = Extract<OfferTerms, { kind: Kind }>;

/** Terms as anybody may see them: where an agent lives is nobody's business. */
export const publicOfferTerms = z.discriminatedUnion("kind", [
  assistanceTerms.omit({ base: true }),
  trainingTerms,
  inputTerms,
  equipmentTerms,
  serviceTerms,
  creditTerms,
  purchaseTerms,
]);
export type PublicOfferTerms = z.output<typeof publicOfferTerms>;
