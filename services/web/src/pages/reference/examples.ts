import { creditExamples } from "./credit-examples.ts";
import { offerId, organizationId, personId, providerId, requestId, type Examples } from "./example-ids.ts";
import { lotExamples } from "./lot-examples.ts";
import { matchingExamples } from "./matching-examples.ts";
import { offerBodies } from "./offer-bodies.ts";
import { planExamples } from "./plan-examples.ts";
import { poolExamples } from "./pool-examples.ts";

const agentProfile = {
  topics: [
    { topic: "pest_management", level: "specialist" },
    { topic: "pruning", level: "basic" },
  ],
  crops: ["cacao"],
  languages: ["spa", "qvs"],
  base: { latitude: -8.1877, longitude: -76.5205 },
  reachKm: 25,
  monthlyCapacity: 40,
  resells: [],
};

export const examples: Examples = {
  ...matchingExamples,
  ...planExamples,
  ...poolExamples,
  ...lotExamples,
  ...creditExamples,
  "POST /api/auth/codes": {
    request: { phone: "+51987654321" },
    answer: { sent: true, validMinutes: 10 },
  },
  "POST /api/auth/tokens": {
    request: { phone: "+51987654321", code: "482913" },
    answer: {
      accessToken: "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIwMTlhYjFlZSJ9.c2lnbmF0dXJl",
      expiresInSeconds: 900,
      refreshToken: "q0mZ3nU7dGv1xYb5cKe8hJs2fLwTpRaN4iOuXyVgBzE",
      refreshExpiresAt: "2026-12-24T14:00:00.000Z",
      personId,
    },
  },
  "POST /api/auth/tokens/refresh": {
    request: { refreshToken: "q0mZ3nU7dGv1xYb5cKe8hJs2fLwTpRaN4iOuXyVgBzE" },
    answer: {
      accessToken: "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIwMTlhYjFlZSJ9.c2lnbmF0dXJl",
      expiresInSeconds: 900,
      refreshToken: "Hk4sWm9TzQ2bXc7vLj1nRf6yPa3eUd8gKo5iVtBhYxM",
      refreshExpiresAt: "2026-12-24T14:14:00.000Z",
      personId,
    },
  },
  "GET /api/matching/requests/:requestId": {
    answer: {
      request: {
        id: requestId,
        personId,
        openedThrough: null,
        need: { kind: "assistance", topic: "pest_management", crop: "cacao" },
        districtCode: "221001",
        placeName: null,
        state: "listed",
        womanOnly: false,
        openedAt: "2026-11-24T14:00:00.000Z",
        round: 1,
        listExpiresAt: "2026-11-27T14:00:00.000Z",
        reason: null,
        matches: [
          {
            id: "019ab1f0-4410-7b3c-9d2e-1f0a9b8c7d6e",
            rank: 1,
            round: 1,
            state: "listed",
            offerId,
            offerVersion: 1,
            providerId,
            providerName: "Rosa Pinchi Tuanama",
            providerPersonId: "019ab1ec-7d11-7f02-b3a4-c5d6e7f80912",
            distanceKm: 4,
            priceCentimos: 3000,
            priceUnit: "visita",
            score: 0.83,
            reasons: [
              { code: "topic", parameters: { topic: "pest_management" } },
              { code: "distance", parameters: { km: 4 } },
              { code: "price", parameters: { centimos: 3000 } },
              { code: "answers-in", parameters: { hours: 2 } },
            ],
            askExpiresAt: null,
            declineReason: null,
          },
        ],
        engagement: null,
      },
    },
  },
  "POST /api/matching/matches/:matchId/withdrawal": {
    request: {},
    answer: { requestId, askExpiresAt: null },
  },
  "POST /api/matching/closures": {
    request: { area: "221001", until: "2026-11-28", reason: "rain" },
    answer: {
      closure: {
        id: "019ab1f4-7d20-7c31-9e5a-6b7c8d9e0f1a",
        area: "221001",
        placeName: null,
        until: "2026-11-28",
        reason: "rain",
        organizationId: null,
        at: "2026-11-24T14:00:00.000Z",
      },
    },
  },
  "POST /api/matching/matches/:matchId/choice": {
    answer: { requestId, askExpiresAt: "2026-11-24T23:00:00.000Z" },
  },
  "POST /api/catalog/providers": {
    request: {
      form: "person",
      kinds: ["agent"],
      name: "Rosa Pinchi Tuanama",
      personId,
      districtCode: "221001",
      document: { type: "dni", number: "05414828" },
    },
    answer: { providerId, state: "draft" },
  },
  "POST /api/catalog/providers/:providerId/submission": {
    answer: { providerId, state: "submitted" },
  },
  "POST /api/catalog/providers/:providerId/verification": {
    request: { evidence: "DNI seen, and the certificate of the School of Excellence" },
    answer: { providerId, state: "verified" },
  },
  "PUT /api/catalog/providers/:providerId/agent-profile": {
    request: agentProfile,
    answer: { agent: agentProfile },
  },
  "POST /api/catalog/providers/:providerId/offers": {
    requests: offerBodies,
    answer: { offerId, version: 1, state: "published" },
  },
  "PUT /api/catalog/offers/:offerId": {
    request: {
      version: 1,
      terms: {
        kind: "assistance",
        topics: ["pest_management", "pruning"],
        specialistTopics: ["pest_management"],
        crops: ["cacao"],
        modalities: ["field_visit"],
        pricePerVisitCentimos: 3500,
        monthlyCapacity: 40,
        base: { latitude: -8.1877, longitude: -76.5205 },
        reachKm: 25,
      },
      coverage: ["2210"],
    },
    answer: { offerId, version: 2, state: "published" },
  },
  "POST /api/catalog/offers/:offerId/state": {
    request: { change: "pause" },
    answer: { offerId, version: 2, state: "paused" },
  },
  "POST /api/catalog/offers/:offerId/quote": {
    request: {
      amountCentimos: 100_000,
      months: 3,
      startsOn: "2026-11-24",
      has: ["identity_document", "possession_certificate"],
    },
    answer: {
      offerId,
      version: 1,
      instalments: [
        {
          number: 1,
          dueOn: "2026-12-24",
          capitalCentimos: 32_608,
          interestCentimos: 2_210,
          insuranceCentimos: 100,
          feeCentimos: 0,
          totalCentimos: 34_918,
          balanceCentimos: 67_392,
        },
        {
          number: 2,
          dueOn: "2027-01-24",
          capitalCentimos: 33_328,
          interestCentimos: 1_490,
          insuranceCentimos: 67,
          feeCentimos: 0,
          totalCentimos: 34_885,
          balanceCentimos: 34_064,
        },
        {
          number: 3,
          dueOn: "2027-02-24",
          capitalCentimos: 34_064,
          interestCentimos: 753,
          insuranceCentimos: 34,
          feeCentimos: 0,
          totalCentimos: 34_851,
          balanceCentimos: 0,
        },
      ],
      receivedCentimos: 100_000,
      addedInterestCentimos: 0,
      totalCentimos: 104_654,
      costCentimos: 4_654,
      fullCostPercent: 31.53,
      requirements: {
        met: true,
        requirements: [
          { requirement: "identity_document", met: true, by: "identity_document", wouldDo: [] },
          { requirement: "land_title", met: true, by: "possession_certificate", wouldDo: [] },
        ],
      },
    },
  },
  "GET /api/catalog/offers": {
    answer: {
      items: [
        {
          id: offerId,
          version: 1,
          provider: { id: providerId, name: "Rosa Pinchi Tuanama", kinds: ["agent"], districtCode: "221001" },
          terms: {
            kind: "assistance",
            topics: ["pest_management", "pruning"],
            specialistTopics: ["pest_management"],
            crops: ["cacao"],
            modalities: ["field_visit"],
            pricePerVisitCentimos: 3000,
            monthlyCapacity: 40,
            reachKm: 25,
          },
          coverage: ["2210"],
          confirmedOn: "2026-11-12",
        },
      ],
      next: null,
    },
  },
  "POST /api/catalog/providers/:providerId/grants": {
    request: { organizationId },
    answer: { grants: [{ organizationId, since: "2026-11-24" }] },
  },
  "POST /simulator/messages": {
    request: { from: "+51900900001", text: "nesecito un tecnico pa la monilia en mi cacao, tocache" },
    answer: { id: "019ab1f0-2b9d-7c11-8e5f-3a4b5c6d7e8f" },
  },
};
