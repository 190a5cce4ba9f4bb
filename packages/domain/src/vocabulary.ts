/**
 * The closed word lists of the field. Every service, text and label uses these spellings and no others.
 * What a message may name (topics, products, services) follows the label guide of the SMS interpreter.
 */

/** What can be offered and what can be asked for. On the asking side `purchase` reads "sell". */
export const kinds = [
  "assistance",
  "training",
  "input",
  "equipment",
  "service",
  "credit",
  "purchase",
] as const;
export type Kind = (typeof kinds)[number];

export const crops = [
  "cacao",
  "coffee",
  "banana",
  "palm",
  "rice",
  "maize",
  "cassava",
  "beans",
  "papaya",
  "pineapple",
  "sugarcane",
  "cotton",
] as const;
export type Crop = (typeof crops)[number];

/** Topics of technical assistance and training. */
export const topics = [
  "pruning",
  "nutrition",
  "pest_management",
  "planting",
  "irrigation",
  "harvest",
  "post_harvest",
  "certification",
  "environment",
  "marketing",
  "financial_education",
  "organization",
] as const;
export type Topic = (typeof topics)[number];

export const inputProducts = [
  "urea",
  "dap",
  "potassium_chloride",
  "npk",
  "guano",
  "compost",
  "biofertilizer",
  "foliar",
  "lime",
  "fungicide",
  "insecticide",
  "herbicide",
  "copper",
  "seedling",
  "seed",
  "fertilizer",
] as const;
export type InputProduct = (typeof inputProducts)[number];

export const equipmentProducts = [
  "sprayer",
  "pruning_shears",
  "saw",
  "chainsaw",
  "brush_cutter",
  "dryer",
  "pulper",
  "fermentation_box",
  "scale",
  "irrigation_kit",
  "moisture_meter",
  "mill",
  "transport",
] as const;
export type EquipmentProduct = (typeof equipmentProducts)[number];

/** Services for hire that are neither advice nor a thing. */
export const hiredServices = ["laboratory", "cupping", "drying", "inspection", "internet"] as const;
export type HiredService = (typeof hiredServices)[number];

/** How many of what, as people say it; `units.ts` converts those that have a weight. */
export const quantityUnits = ["kg", "quintal", "arroba", "bag", "tonne", "liter", "unit"] as const;
export type QuantityUnit = (typeof quantityUnits)[number];

/** What an input is counted in where nobody says it: nobody sprays a sack of fungicide. */
export const usualUnits: Readonly<Record<InputProduct, QuantityUnit>> = {
  urea: "bag",
  dap: "bag",
  potassium_chloride: "bag",
  npk: "bag",
  guano: "bag",
  compost: "bag",
  biofertilizer: "liter",
  foliar: "liter",
  lime: "bag",
  fungicide: "liter",
  insecticide: "liter",
  herbicide: "liter",
  copper: "kg",
  seedling: "unit",
  seed: "kg",
  fertilizer: "bag",
};

export const loanPurposes = [
  "labour",
  "fertilizer",
  "pesticide",
  "tools",
  "seed",
  "seedlings",
  "equipment",
  "harvest",
  "other",
] as const;
export type LoanPurpose = (typeof loanPurposes)[number];

/** How assistance reaches the producer. */
export const modalities = [
  "field_visit",
  "phone",
  "group_session",
  "field_day",
  "internship",
  "clinic",
] as const;
export type Modality = (typeof modalities)[number];

/** In which state a harvest is weighed: coffee wet, dry (cherry), parchment or green; cacao wet or dry. */
export const cropStates = ["wet", "dry", "parchment", "green"] as const;
export type CropState = (typeof cropStates)[number];

/** What a pack of an input is measured in. */
export const packUnits = ["kg", "liter", "unit"] as const;
export type PackUnit = (typeof packUnits)[number];

/** Certificates of plots, organizations and harvests that move price. */
export const certificates = [
  "organic",
  "rainforest",
  "fair_trade",
  "utz",
  "bird_friendly",
  "four_c",
  "global_gap",
] as const;
export type Certificate = (typeof certificates)[number];

/** What lenders ask for, and what may stand in for it. */
export const loanRequirements = [
  "identity_document",
  "land_title",
  "possession_certificate",
  "association_endorsement",
  "group_guarantee",
  "guarantor",
  "membership",
  "harvest_history",
  "purchase_contract",
  "technical_visit",
  "savings",
  "no_overdue_debt",
  "business_registration",
] as const;
export type LoanRequirement = (typeof loanRequirements)[number];

/**
 * Mother tongues of the regions served, by ISO 639-3: Spanish, Quechua, Kichwa of San Martín, Aymara, Awajún,
 * Wampis, Asháninka, Shipibo-Konibo, Yánesha, Kakataibo; `other` for the rest.
 */
export const languages = [
  "spa",
  "que",
  "qvs",
  "aym",
  "agr",
  "hub",
  "cni",
  "shp",
  "ame",
  "cbr",
  "other",
] as const;
export type Language = (typeof languages)[number];

/** Wallets of a phone that people are paid with. */
export const wallets = ["yape", "plin", "bim"] as const;
export type Wallet = (typeof wallets)[number];

/** What people agree to, each apart: `lender_sharing` to show a lender their profile, `language` to keep their mother tongue. */
export const consentPurposes = ["service", "bulletins", "lender_sharing", "language"] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

/** How a consent reached Minka. `spoken` has a witness with a name. */
export const consentChannels = ["sms", "web", "api", "import", "spoken"] as const;
export type ConsentChannel = (typeof consentChannels)[number];

/** By what right a plot is worked. Communal land belongs to its community, and is never collateral. */
export const tenures = ["own", "communal", "possession", "leased", "borrowed", "shared"] as const;
export type Tenure = (typeof tenures)[number];

/** What paper there is for a plot. */
export const landDocuments = ["title", "possession_certificate", "other", "none"] as const;
export type LandDocument = (typeof landDocuments)[number];
