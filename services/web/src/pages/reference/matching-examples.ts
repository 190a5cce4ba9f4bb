import { kinds } from "@minka/domain/vocabulary";
import {
  engagementId,
  offerId,
  organizationId,
  personId,
  providerId,
  providerPersonId,
  requestId,
  type Examples,
} from "./example-ids.ts";
import { outcomes, travel } from "./report-figures.ts";

const sponsorshipId = "019ab1f3-20c4-7b98-8a17-2d3e4f5a6b7c";
const quoteId = "019ab1f1-0d55-7a63-b2c4-8e9f0a1b2c3d";

/** Each part is there, and together they are 1. */
const weights = {
  fit: 0.2,
  distance: 0.22,
  price: 0.07,
  rating: 0.15,
  answering: 0.08,
  speed: 0.05,
  completion: 0.08,
  room: 0.04,
  freshness: 0.03,
  women: 0.01,
  help: 0.03,
  discovery: 0.02,
  rotation: 0.02,
};

const presence = {
  id: "019ab1f7-6a0e-7c85-9f13-3b4c5d6e7f80",
  engagementId,
  personId: providerPersonId,
  arrivedAt: "2026-11-27T14:05:00.000Z",
  expectedUntil: "2026-11-27T16:05:00.000Z",
  leftAt: null,
  overdueAt: null,
};

/** Of what follows a request, and of what operators and sponsors do. */
export const matchingExamples: Examples = {
  "POST /api/matching/requests": {
    requests: {
      "what is needed": {
        personId,
        need: { kind: "assistance", topic: "pest_management", crop: "cacao" },
        districtCode: "221001",
        channel: "api",
      },
      "from a hamlet": {
        personId,
        need: { kind: "input", product: "urea", quantity: 12, unit: "bag" },
        districtCode: "221001",
        place: { name: "Limón", point: { latitude: -8.1712, longitude: -76.5434 } },
        channel: "api",
      },
      "an offer that they have picked": {
        personId,
        need: { kind: "assistance", topic: "pest_management", crop: "cacao" },
        districtCode: "221001",
        offerId,
        channel: "web",
      },
    },
    answer: { requestId },
  },
  "POST /api/matching/requests/:requestId/cancellation": {
    request: { reason: "found_another" },
    answer: { requestId },
  },
  "POST /api/matching/requests/:requestId/review": {
    request: { why: "Nobody of my valley is on the list." },
    answer: { reviewId: "019ab1f1-7e22-7d30-8b94-0c1d2e3f4a5b" },
  },
  "POST /api/matching/matches/:matchId/answer": {
    requests: {
      yes: { accept: true, visitOn: "2026-11-27" },
      no: { accept: false, reason: "busy" },
    },
    answer: { requestId, engagementId },
  },
  "POST /api/matching/matches/:matchId/quotes": {
    requests: {
      "another price and day": { priceCentimos: 3500, visitOn: "2026-11-28" },
      "another day": { visitOn: "2026-11-28" },
    },
    answer: { requestId, quoteId, expiresAt: "2026-11-25T23:00:00.000Z" },
  },
  "POST /api/matching/quotes/:quoteId/answer": {
    requests: { yes: { accept: true }, no: { accept: false } },
    answer: { requestId, engagementId },
  },
  "POST /api/matching/engagements/:engagementId/arrival": { request: { hours: 2 }, answer: { presence } },
  "POST /api/matching/engagements/:engagementId/departure": {
    answer: { presence: { ...presence, leftAt: "2026-11-27T15:50:00.000Z" } },
  },
  "POST /api/matching/engagements/:engagementId/outcome": {
    requests: {
      "it took place": { outcome: "done", by: "provider" },
      "nobody came": { outcome: "no_show", by: "requester" },
    },
    answer: { requestId },
  },
  "POST /api/matching/engagements/:engagementId/rating": { request: { score: 5 }, answer: { requestId } },
  "POST /api/matching/engagements/:engagementId/help": { request: { helped: "some" }, answer: { requestId } },
  "POST /api/matching/engagements/:engagementId/cancellation": {
    request: { reason: "road" },
    answer: { requestId },
  },
  "POST /api/matching/engagements/:engagementId/rework/answer": {
    requests: { yes: { accept: true, visitOn: "2026-12-02" }, no: { accept: false } },
    answer: { requestId },
  },
  "POST /api/matching/engagements/:engagementId/dispute": {
    requests: {
      "a side": { reason: "not_finished" },
      "an operator for a side": { reason: "price", by: "provider" },
    },
    answer: { requestId },
  },
  "POST /api/matching/engagements/:engagementId/settlement": {
    request: { outcome: "rework" },
    answer: { requestId },
  },
  "POST /api/matching/blocks": {
    request: { by: "person", personId, providerId },
    answer: { blockId: "019ab1f8-3f41-7b07-9e86-5d6e7f809102" },
  },
  "POST /api/matching/sponsorships": {
    request: {
      sponsor: { kind: "organization", id: organizationId },
      title: "Sanidad del cacao en Tocache",
      budgetCentimos: 2_000_000,
      from: "2026-12-01",
      until: "2027-05-31",
      kinds: ["assistance"],
      topics: ["pest_management"],
      crops: ["cacao"],
      districts: ["2210"],
      sexes: [],
      sizeClasses: [],
      member: true,
      organizationIds: [organizationId],
      sharePercent: 50,
      mostPerServiceCentimos: 2_000,
      mostPerPerson: 3,
    },
    answer: { sponsorshipId, state: "draft" },
  },
  "POST /api/matching/sponsorships/:sponsorshipId/budget": {
    request: { budgetCentimos: 2_500_000 },
    answer: { sponsorshipId, budgetCentimos: 2_500_000 },
  },
  "PUT /api/matching/weights": {
    request: {
      basedOn: 2,
      weights: Object.fromEntries(kinds.map((kind) => [kind, weights])),
      travelFactors: { "2210": 1.6 },
      note: "Ways in Tocache take longer since the bridge is gone.",
    },
    answer: { version: 3 },
  },
  "POST /api/matching/reports": {
    request: { title: "Primera campaña", figures: { outcomes, travel } },
    answer: { reportId: "019ab1f9-51d7-7c62-8d05-9a0b1c2d3e4f" },
  },
};
