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

/** Where an offer reaches. */
export const coverage = z
  .array(z.string().regex(/^(PE|\d{2}|\d{4}|\d{6})$/, "INEI prefix of 2, 4 or 6 digits, or PE"))
  .min(1)
  .max(50)
  .describe(
    "Where it reaches: districts (`221001`), provinces (`2210`), regions (`22`) by INEI code, or `PE`",
  );

/** For whom a loan or a training is. */
export const audience = z.enum(["everyone", "women_preferred", "women_only"]);

const title = z.string().trim().min(3).max(80).describe("What it is called in lists");
const note = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .optional()
  .describe("What does not fit the other fields; shown as it is");
const someCrops = z.array(z.enum(crops)).max(12).default([]).describe("None means every crop");
const price = centimos.nullable().describe("Null when it is agreed upon");
const percent = (most: number) => z.number().min(0).max(most);

/** A price for each pack, from so many packs on. The first holds from its minimum; the price never rises. */
const priceTiers = z
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
  )
  .describe("A price for each pack from so many packs on; it never rises with the quantity");

const pack = z
  .object({ amount: z.number().min(0.01).max(100_000), unit: z.enum(packUnits) })
  .describe("What one pack holds: 50 kg, 1 liter, 100 pieces");

const delivery = z.object({
  districtCodes: z
    .array(districtCode)
    .max(50)
    .default([])
    .describe("Delivered there; none means that it is collected at the counter"),
  days: z.int().min(0).max(120).describe("Days from order to delivery"),
});

const assistanceTerms = z.object({
  kind: z.literal("assistance"),
  topics: z.array(z.enum(topics)).min(1).max(topics.length),
  specialistTopics: z
    .array(z.enum(topics))
    .max(topics.length)
    .default([])
    .describe("Of the topics, those known well enough for advanced farms"),
  crops: z.array(z.enum(crops)).min(1).max(crops.length),
  modalities: z.array(z.enum(modalities)).min(1).max(modalities.length),
  pricePerVisitCentimos: centimos.describe("A visit; 0 when somebody else pays"),
  monthlyCapacity: z
    .int()
    .min(1)
    .max(1_000)
    .describe("Producers a month: a community trainer's quota is 180 to 200"),
  base: pointInPeru.describe("Where the agent sets out from; never public"),
  reachKm: z.number().min(1).max(500).describe("Kilometers from the base, as the crow flies"),
  note,
});

const trainingTerms = z.object({
  kind: z.literal("training"),
  title,
  topics: z.array(z.enum(topics)).min(1).max(topics.length),
  crops: someCrops,
  modality: z.enum(["course", "field_day", "workshop", "school_of_excellence", "internship", "mega_event"]),
  startsOn: limaDay,
  endsOn: limaDay,
  seats: z.int().min(1).max(10_000),
  place: z.object({ districtCode, name: z.string().trim().min(2).max(80) }),
  priceCentimos: centimos.describe("A person; 0 when it is free"),
  audience: audience.default("everyone"),
  note,
});

const stockPacks = z
  .int()
  .min(0)
  .max(1_000_000)
  .optional()
  .describe(
    "Packs or pieces that there are now; who asks for more is not sent there. Left out: nobody counts",
  );

const inputTerms = z.object({
  kind: z.literal("input"),
  title,
  product: z.enum(inputProducts),
  crops: someCrops,
  pack,
  tiers: priceTiers,
  stockPacks,
  delivery,
  organicApproved: z.boolean(),
  registerNumber: z
    .string()
    .trim()
    .min(3)
    .max(40)
    .regex(/\d/, "a register number has digits")
    .optional()
    .describe("Of the national register (SENASA): due for pesticides"),
  note,
});

const equipmentTerms = z.object({
  kind: z.literal("equipment"),
  title,
  product: z.enum(equipmentProducts),
  crops: someCrops,
  mode: z.enum(["sale", "rent", "repair"]),
  rentPer: z
    .enum(["hour", "day", "week", "season"])
    .optional()
    .describe("What the price is for when it is rented"),
  tiers: priceTiers.describe("Tiers count pieces"),
  stockPacks,
  delivery,
  warrantyMonths: z.int().min(0).max(120).optional(),
  note,
});

const serviceTerms = z.object({
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
const loanRequirement = z.object({
  requirement: z.enum(loanRequirements),
  substitutes: z.array(z.enum(loanRequirements)).max(12).default([]),
});

const creditTerms = z.object({
  kind: z.literal("credit"),
  title,
  crops: someCrops,
  purposes: z.array(z.enum(loanPurposes)).min(1).max(loanPurposes.length),
  minimumCentimos: centimos,
  maximumCentimos: centimos,
  annualRatePercent: percent(300).describe("TEA, per cent: effective annual rate of a year of 360 days"),
  minimumMonths: z.int().min(1).max(120),
  maximumMonths: z.int().min(1).max(120),
  graceMonths: z
    .int()
    .min(0)
    .max(36)
    .default(0)
    .describe("Months before the first instalment in which no capital is due"),
  graceInterest: z
    .enum(["paid", "added"])
    .default("paid")
    .describe("The interest of these months is paid each month, or added to what is owed"),
  schedule: z.enum(["monthly", "harvest"]),
  harvestMonths: z
    .array(z.int().min(1).max(12))
    .min(1)
    .max(12)
    .optional()
    .describe("Months (1 to 12) in which a harvest schedule is paid"),
  openingFeeCentimos: centimos.default(0).describe("Paid once, when the loan is handed out"),
  insuranceMonthlyPercent: percent(5).default(0).describe("Life insurance, per cent of the balance a month"),
  instalmentFeeCentimos: centimos.default(0).describe("Paid with each instalment"),
  requirements: z.array(loanRequirement).max(20),
  audience: audience.default("everyone"),
  note,
});

export const purchasePrice = z.discriminatedUnion("mode", [
  z.object({ mode: z.literal("fixed"), centimosPerKg: centimos }),
  /** On top of a reference that both look up on the day. */
  z.object({
    mode: z.literal("differential"),
    reference: z.string().trim().min(2).max(60),
    centimosPerKg: z.int().min(-10_000_000).max(10_000_000),
  }),
]);

export const purchaseQuality = z.object({
  maximumMoisturePercent: percent(100).optional(),
  maximumDefectsPercent: percent(100).optional(),
  minimumFermentationPercent: percent(100).optional(),
  minimumCupPoints: percent(100).optional(),
  maximumCadmiumMgPerKg: percent(10)
    .optional()
    .describe("The buyer's own limit on beans: there is no legal one"),
});

const factor = z.number().min(0.01).max(1).optional();

/** What a buyer reckons is left of a kilogram from one state to another. */
export const conversionFactors = z
  .object({
    "cacao-wet-to-dry": factor,
    "coffee-wet-to-green": factor,
    "coffee-dry-to-green": factor,
    "coffee-parchment-to-green": factor,
  })
  .describe(
    "Kilograms left of one kilogram; where none is given, Minka's defaults stand in and are shown as such",
  );

const purchaseTerms = z.object({
  kind: z.literal("purchase"),
  title,
  crop: z.enum(crops),
  state: z.enum(cropStates),
  minimumKg: z.number().min(0).max(10_000_000),
  maximumKg: z.number().positive().max(10_000_000).optional(),
  price: purchasePrice.nullable(),
  quality: purchaseQuality.default({}),
  certificates: z.array(z.enum(certificates)).max(certificates.length).default([]),
  delivery: z.object({ districtCode, from: limaDay.optional(), until: limaDay.optional() }),
  conversions: conversionFactors
    .optional()
    .describe("The buyer's own, by which harvest in another state counts"),
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

/** Of a quote: interest over years may exceed what a price may be. */
export const sum = z.int().min(0).describe("Céntimos of a sol (PEN)");
export const fullCostPercent = z
  .number()
  .describe("TCEA, per cent: the effective annual rate with every fee and insurance, year of 360 days");

/** What a typical loan costs, so that lenders can be compared: S/ 1,000 for 12 months, or the nearest that is lent. */
const creditExample = z.object({
  amountCentimos: sum,
  months: z.int(),
  instalments: z.int(),
  instalmentCentimos: sum.describe("The dearest of them"),
  totalCentimos: sum,
  fullCostPercent,
});
export type CreditExample = z.output<typeof creditExample>;

/**
 * Terms as anybody may see them: where an agent lives is nobody's business, a pack's price is also told by the kg
 * (or liter, or piece), and a loan's cost by an example.
 */
export const publicOfferTerms = z.discriminatedUnion("kind", [
  assistanceTerms.omit({ base: true }),
  trainingTerms,
  inputTerms.extend({
    pricePerUnitCentimos: z
      .object({ from: sum, to: sum })
      .describe("A kg, liter or piece of the pack: lowest and highest tier"),
  }),
  equipmentTerms,
  serviceTerms,
  creditTerms.extend({ example: creditExample }),
  purchaseTerms,
]);
export type PublicOfferTerms = z.output<typeof publicOfferTerms>;
