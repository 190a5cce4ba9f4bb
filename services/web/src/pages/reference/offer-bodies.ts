/** An offer of each kind as it is published: shown in the reference, and published by a test of the whole. */
const assistance = {
  kind: "assistance",
  topics: ["pest_management", "pruning"],
  crops: ["cacao"],
  modalities: ["field_visit"],
  pricePerVisitCentimos: 3_000,
  monthlyCapacity: 40,
  base: { latitude: -8.1877, longitude: -76.5205 },
  reachKm: 25,
};

const urea = {
  kind: "input",
  title: "Urea en saco de 50 kg",
  product: "urea",
  pack: { amount: 50, unit: "kg" },
  tiers: [
    { minimumPacks: 1, priceCentimos: 14_500 },
    { minimumPacks: 10, priceCentimos: 13_900 },
  ],
  delivery: { districtCodes: ["221001"], days: 3 },
  organicApproved: false,
};

const training = {
  kind: "training",
  title: "Taller de injertos de cacao fino",
  topics: ["planting"],
  crops: ["cacao"],
  modality: "workshop",
  startsOn: "2027-03-06",
  endsOn: "2027-03-07",
  seats: 30,
  place: { districtCode: "221001", name: "Local comunal de Limón" },
  priceCentimos: 0,
};

const equipment = {
  kind: "equipment",
  title: "Despulpadora manual de café",
  product: "pulper",
  crops: ["coffee"],
  mode: "sale",
  tiers: [{ minimumPacks: 1, priceCentimos: 66_000 }],
  delivery: { days: 5 },
  warrantyMonths: 12,
};

const laboratory = {
  kind: "service",
  title: "Análisis de cadmio en grano",
  service: "laboratory",
  unit: "sample",
  priceCentimos: 9_000,
};

const credit = {
  kind: "credit",
  title: "Préstamo de campaña",
  purposes: ["fertilizer", "harvest"],
  minimumCentimos: 50_000,
  maximumCentimos: 500_000,
  annualRatePercent: 30,
  minimumMonths: 3,
  maximumMonths: 12,
  schedule: "harvest",
  harvestMonths: [5, 6, 7],
  requirements: [
    { requirement: "identity_document" },
    { requirement: "land_title", substitutes: ["possession_certificate", "association_endorsement"] },
  ],
};

const purchase = {
  kind: "purchase",
  title: "Compra de cacao seco fermentado",
  crop: "cacao",
  state: "dry",
  minimumKg: 100,
  price: { mode: "fixed", centimosPerKg: 2_150 },
  quality: { maximumMoisturePercent: 7.5, minimumFermentationPercent: 70 },
  delivery: { districtCode: "221001" },
};

export const offerBodies = {
  assistance: { terms: assistance, coverage: ["2210"] },
  training: { terms: training, coverage: ["22"] },
  input: { terms: urea, coverage: ["221001"] },
  equipment: { terms: equipment, coverage: ["2210", "10"] },
  service: { terms: laboratory, coverage: ["22"] },
  credit: { terms: credit, coverage: ["22"] },
  purchase: { terms: purchase, coverage: ["PE"] },
};
