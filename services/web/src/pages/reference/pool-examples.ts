import {
  awardId,
  orderId,
  organizationId,
  paymentId,
  personId,
  pointId,
  poolId,
  providerId,
  quoteId,
  supplierId,
  type Examples,
} from "./example-ids.ts";

const poolTerms = {
  title: "Urea 46%, sacos de 50 kg",
  product: "urea",
  pack: { amount: 50, unit: "kg" },
  districts: ["221001", "221005"],
  deadline: "2026-12-08T23:00:00.000Z",
  minimumPacks: 100,
};
const deliveryTo = { name: "Local de Nuevo Progreso", districtCode: "221005" };

const order = {
  id: orderId,
  poolId,
  personId,
  pointId,
  state: "joined",
  minimumPacks: 4,
  packs: 5,
  maximumPacks: 6,
  agreedPriceCentimos: 10_400,
  placedBy: null,
  flags: [],
  joinedAt: "2026-11-25T22:40:00.000Z",
  changedAt: "2026-11-25T22:40:00.000Z",
  award: null,
  reasons: [],
  confirmBy: null,
};

const openPool = {
  id: poolId,
  state: "open",
  organizer: { kind: "organization", id: organizationId, name: "Cooperativa Alto Huallaga" },
  ...poolTerms,
  points: [{ id: pointId, ...deliveryTo }],
  split: true,
  sealed: true,
  deliveryShared: "by_point",
  feeCentimosPerPack: 100,
  joiners: "members_and_neighbours",
  whenMissed: "smaller",
  extendDays: 7,
  confirmHours: 24,
  extended: 0,
  openedAt: "2026-11-24T15:00:00.000Z",
  orderedAt: null,
  packs: 188,
  people: 43,
  price: { priceCentimos: 10_400, from: "offers", next: { missingPacks: 12, priceCentimos: 9_800 } },
};

const quoted = {
  tiers: [
    { minimumPacks: 50, priceCentimos: 10_300 },
    { minimumPacks: 200, priceCentimos: 9_500 },
  ],
  deliveryCentimos: { [pointId]: 40_000 },
  casePacks: 1,
  stockPacks: 500,
  validUntil: "2026-12-20T23:00:00.000Z",
};

const awarded = {
  packs: 5,
  goodsCentimos: 47_500,
  deliveryCentimos: 1_000,
  feeCentimos: 500,
  totalCentimos: 49_000,
};
const award = {
  id: awardId,
  poolId,
  number: 1,
  state: "proposed",
  cause: "deadline",
  packs: 200,
  goodsCentimos: 1_900_000,
  deliveryCentimos: 40_000,
  feeCentimos: 20_000,
  totalCentimos: 1_960_000,
  toleranceUsed: true,
  proposedAt: "2026-12-08T23:00:04.000Z",
  makers: ["019ab1ee-a5b6-7c7d-8e8f-90a1b2c3d4e5"],
  approvedBy: null,
  approvedAt: null,
  sentBackReason: null,
};

const payment = {
  id: paymentId,
  subject: { kind: "pool-order", id: orderId },
  payer: { kind: "person", id: personId },
  receiver: { kind: "organization", id: organizationId },
  amountCentimos: 49_000,
  back: false,
  deposit: false,
  method: "yape",
  operationNumber: "12345678",
  paidOn: "2026-12-10",
  state: "recorded",
  recordedAs: "payer",
  recordedAt: "2026-12-10T15:20:00.000Z",
  answeredAt: null,
  flags: [],
};

/** Of joint purchases and what is paid for them. */
export const poolExamples: Examples = {
  "POST /api/brokering/pools": {
    requests: {
      "an organization's": {
        organizer: { kind: "organization", id: organizationId },
        ...poolTerms,
        points: [deliveryTo],
        feeCentimosPerPack: 100,
      },
      "an agent's, with open quotes": {
        organizer: { kind: "provider", id: providerId },
        ...poolTerms,
        points: [deliveryTo],
        sealed: false,
        whenMissed: "extend",
      },
    },
    answer: { poolId, state: "open" },
  },
  "GET /api/brokering/pools/:poolId": {
    answer: {
      pool: {
        ...openPool,
        order,
        tiers: null,
        organizerQuotes: false,
        quotes: null,
        awardId: null,
        answerBy: null,
        cancelled: null,
      },
    },
  },
  "GET /api/brokering/invitations/:kind/:id": {
    answer: {
      invitation: {
        silent: 12,
        reachable: 11,
        personIds: [personId],
        reminded: { at: "2026-11-27T15:00:00.000Z", people: 14 },
        nextFrom: "2026-11-29T15:00:00.000Z",
      },
    },
  },
  "POST /api/brokering/invitations/:kind/:id/reminders": {
    answer: { reminded: { at: "2026-11-29T15:10:00.000Z", people: 11 } },
  },
  "POST /api/brokering/pools/:poolId/orders": {
    requests: {
      "4 to 6 packs, best 5": { personId, packs: 5, minimumPacks: 4, maximumPacks: 6, pointId },
      "exactly 5": { personId, packs: 5 },
    },
    answer: { order },
  },
  "POST /api/brokering/pools/:poolId/quotes": {
    request: { providerId: supplierId, ...quoted },
    answer: {
      quote: {
        id: quoteId,
        poolId,
        providerId: supplierId,
        providerName: "Agroinsumos Tocache",
        version: 1,
        state: "standing",
        ...quoted,
        organizersOwn: false,
        quotedAt: "2026-11-26T16:00:00.000Z",
      },
    },
  },
  "GET /api/brokering/pool-awards/:awardId": {
    answer: {
      award: {
        ...award,
        suppliers: [
          {
            quoteId,
            providerId: supplierId,
            providerName: "Agroinsumos Tocache",
            organizersOwn: false,
            state: "waiting",
            packs: 200,
            tierPriceCentimos: 9_500,
            goodsCentimos: 1_900_000,
            deliveryCentimos: 40_000,
            totalCentimos: 1_940_000,
            points: { [pointId]: 200 },
            answerBy: null,
          },
        ],
        orders: [
          {
            orderId,
            personId,
            ...awarded,
            reasons: [{ code: "tier-reached", parameters: { price: 9_500 } }],
          },
        ],
      },
    },
  },
  "POST /api/brokering/pool-awards/:awardId/approval": { answer: { poolId, state: "asking_suppliers" } },
  "POST /api/brokering/payments": {
    requests: {
      "by Yape": {
        subject: payment.subject,
        amountCentimos: 49_000,
        method: "yape",
        operationNumber: "12345678",
      },
      "in cash, ahead": {
        subject: payment.subject,
        amountCentimos: 10_000,
        method: "cash",
        deposit: true,
      },
    },
    answer: { payment },
  },
  "POST /api/brokering/payments/:paymentId/answer": {
    request: { received: true },
    answer: {
      payment: { ...payment, state: "confirmed", answeredAt: "2026-12-10T17:05:00.000Z" },
    },
  },
};
