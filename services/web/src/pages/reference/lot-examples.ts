import {
  compositionId,
  contractId,
  lotId,
  offerId,
  organizationId,
  personId,
  pledgeId,
  settlementId,
  type Examples,
} from "./example-ids.ts";

const contractTerms = {
  minimumKg: 2_000,
  maximumKg: 2_500,
  centimosPerKg: 1_150,
  adjustments: [
    {
      measure: "moisturePercent",
      beyond: "above",
      from: 7,
      per: 0.5,
      centimosPerKg: -10,
      counts: "begun",
      atMostCentimosPerKg: 60,
    },
  ],
  womenPremiumCentimosPerKg: 30,
  delivery: { districtCode: "221001", place: "Almacén de Tocache", from: "2026-12-20", until: "2026-12-23" },
  paymentDays: 10,
  advanceCentimos: 500_000,
};

const line = {
  lineId: "019ab1f6-f9ec-782e-9b1c-f708192a3b4c",
  personId,
  grams: 180_000,
  grossCentimos: 207_000,
  premiumCentimos: 5_400,
  advanceCentimos: 20_000,
  feeCentimos: 3_600,
  creditCentimos: 52_300,
  carriedCentimos: 0,
  netCentimos: 136_500,
};

/** Of harvest lots. */
export const lotExamples: Examples = {
  "POST /api/brokering/lots": {
    request: {
      organizer: { kind: "organization", id: organizationId },
      title: "Cacao seco de diciembre",
      crop: "cacao",
      cropState: "dry",
      minimumKg: 2_000,
      maximumKg: 2_500,
      limits: { maximumCadmiumMgPerKg: 0.8, maximumMoisturePercent: 7.5 },
      points: [{ name: "Centro de acopio", districtCode: "221001", collectsOn: "2026-12-15" }],
      pledgeUntil: "2026-12-12T23:00:00.000Z",
      collectFrom: "2026-12-15",
      collectUntil: "2026-12-18",
      fairness: "small-first",
      feeCentimosPerKg: 20,
      demand: { offerId, offerVersion: 3 },
    },
    answer: { lotId, state: "open" },
  },
  "POST /api/brokering/lots/:lotId/pledges": {
    requests: {
      "dry, in quintals": { personId, amount: { amount: 4, unit: "quintal" }, cropState: "dry" },
      wet: { personId, amount: { amount: 480, unit: "kg" }, cropState: "wet" },
    },
    answer: {
      pledgeId,
      lotId,
      state: "open",
      grams: 184_000,
      conversions: [],
      flags: [{ code: "beyond-last-season", parameters: { pledgedKg: 184, lastSeasonKg: 80 } }],
    },
  },
  "POST /api/brokering/lots/:lotId/compositions": {
    answer: {
      outcome: "proposed",
      composition: {
        id: compositionId,
        lotId,
        state: "proposed",
        proposedAt: "2026-12-19T14:00:00.000Z",
        decidedAt: null,
        grams: 180_000,
        averages: { cadmiumMgPerKg: 0.71, moisturePercent: 7.1 },
        womenSharePercent: 100,
        payCentimos: 207_000,
        pickupCentimos: 0,
        netCentimos: 207_000,
        proven: true,
        gapCentimos: 0,
        lines: [
          {
            pledgeId,
            personId,
            offeredGrams: 184_000,
            takenGrams: 180_000,
            leftGrams: 4_000,
            centimosPerKg: 1_150,
            payCentimos: 207_000,
            reason: { code: "lot-full", parameters: { maximumGrams: 180_000 } },
          },
        ],
      },
    },
  },
  "POST /api/brokering/compositions/:compositionId/decision": {
    request: { approve: true },
    answer: { compositionId, state: "approved" },
  },
  "POST /api/brokering/lots/:lotId/quotes": {
    request: {
      as: "organizer",
      buyerId: "019ab1ed-2b3c-7d4e-8f50-6a7b8c9d0e1f",
      terms: contractTerms,
      validUntil: "2026-12-05T23:00:00.000Z",
    },
    answer: {
      lotId,
      contractId,
      state: "negotiating",
      quoteId: "019ab1f6-e8db-771d-8a0b-e6f708192a3b",
    },
  },
  "POST /api/brokering/lot-contracts/:contractId/signature": {
    request: { as: "organizer", sign: true },
    answer: { lotId, contractId, state: "signed" },
  },
  "POST /api/brokering/lots/:lotId/settlements": {
    answer: {
      settlement: {
        id: settlementId,
        lotId,
        state: "proposed",
        contractCentimos: 212_400,
        grossCentimos: 207_000,
        premiumCentimos: 5_400,
        advanceCentimos: 20_000,
        feeCentimos: 3_600,
        creditCentimos: 52_300,
        netCentimos: 136_500,
        proposedAt: "2026-12-24T15:00:00.000Z",
        decidedAt: null,
        lines: [line],
      },
    },
  },
};
