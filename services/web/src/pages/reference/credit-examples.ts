import {
  contractId,
  creditId,
  endorsementId,
  offerId,
  organizationId,
  personId,
  type Examples,
} from "./example-ids.ts";

/** Of members' credit. */
export const creditExamples: Examples = {
  "POST /api/brokering/credits": {
    requests: {
      "for oneself": {
        borrower: { kind: "person", personId },
        amountCentimos: 150_000,
        months: 6,
        purpose: "fertilizer",
        crop: "cacao",
        declared: ["identity_document"],
      },
      "an agent for somebody they serve": {
        borrower: { kind: "person", personId, interest: "sells_inputs" },
        amountCentimos: 150_000,
        months: 6,
        purpose: "fertilizer",
      },
      "money ahead on a signed contract": {
        borrower: { kind: "organization", organizationId, use: "factoring", lotContractId: contractId },
        amountCentimos: 1_000_000,
        months: 2,
        purpose: "harvest",
      },
    },
    answer: { creditId, state: "draft" },
  },
  "POST /api/brokering/credits/:creditId/products": {
    request: {},
    answer: {
      eligible: [],
      nearly: [
        {
          offerId,
          offerVersion: 2,
          lenderId: "019ab1ed-3c4d-7e5f-9061-7b8c9d0e1f2a",
          lenderName: "Caja Rural del Huallaga",
          title: "Crédito de campaña",
          position: 1,
          audience: "everyone",
          instalments: 6,
          instalmentCentimos: 27_310,
          receivedCentimos: 148_500,
          totalCentimos: 163_860,
          costCentimos: 13_860,
          fullCostPercent: 35.4,
          firstDueOn: "2026-12-25",
          lastDueOn: "2027-05-25",
          requirements: [
            { requirement: "identity_document", met: true, by: "identity_document", wouldDo: [] },
            {
              requirement: "land_title",
              met: false,
              by: null,
              wouldDo: [{ requirement: "association_endorsement", how: "ask_endorsement" }],
            },
          ],
          bring: ["identity_document"],
          reasons: [
            {
              code: "would-do",
              parameters: {
                requirement: "land_title",
                instead: "association_endorsement",
                how: "ask_endorsement",
              },
            },
          ],
        },
      ],
      others: [],
    },
  },
  "POST /api/brokering/credits/:creditId/endorsements": {
    request: { organizationId },
    answer: { endorsementId, state: "asked" },
  },
  "POST /api/brokering/endorsements/:endorsementId/proposal": {
    request: { amountCentimos: 150_000, conditions: ["repay_from_settlement"] },
    answer: { endorsementId, state: "proposed", version: 1 },
  },
  "POST /api/brokering/endorsements/:endorsementId/approval": {
    request: { version: 1 },
    answer: { endorsementId, state: "standing", exposureCentimos: 650_000, limitCentimos: 2_000_000 },
  },
  "POST /api/brokering/credits/:creditId/more": {
    request: { requirements: ["technical_visit"], note: "La boleta de la última venta" },
    answer: { creditId, state: "more_asked" },
  },
  "POST /api/brokering/credits/:creditId/refusal": {
    request: {
      reasons: [{ code: "amount_too_high", mostCentimos: 100_000 }, { code: "endorsement_wanted" }],
    },
    answer: { creditId, state: "refused" },
  },
};
