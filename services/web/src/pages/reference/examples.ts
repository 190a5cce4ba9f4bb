/** Examples for the endpoints that an integrator starts with, by method and path; a test parses each. */
type Example = { readonly request?: unknown; readonly answer: unknown };

const requestId = "019ab1f0-3c5e-7d21-8a4b-5f6e7d8c9b0a";
const personId = "019ab1ee-91d2-7c44-9b1f-2a3c4d5e6f70";
const providerId = "019ab1ed-0f7a-7e10-a2c3-b4d5e6f70819";
const offerId = "019ab1ed-6b2c-7a98-8d7e-6f5a4b3c2d1e";

export const examples: Readonly<Record<string, Example>> = {
  "POST /api/auth/codes": {
    request: { phone: "+51987654321" },
    answer: { sent: true, validMinutes: 10 },
  },
  "POST /api/auth/tokens": {
    request: { phone: "+51987654321", code: "482913" },
    answer: {
      accessToken: "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIwMTlhYjFlZSJ9.c2lnbmF0dXJl",
      expiresInSeconds: 900,
      personId,
    },
  },
  "POST /api/matching/requests": {
    request: {
      personId,
      need: { kind: "assistance", topic: "pest_management", crop: "cacao" },
      districtCode: "221001",
      channel: "api",
    },
    answer: { requestId },
  },
  "GET /api/matching/requests/:requestId": {
    answer: {
      request: {
        id: requestId,
        personId,
        need: { kind: "assistance", topic: "pest_management", crop: "cacao" },
        districtCode: "221001",
        state: "listed",
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
            providerId,
            providerName: "Rosa Pinchi Tuanama",
            providerPersonId: "019ab1ec-7d11-7f02-b3a4-c5d6e7f80912",
            distanceKm: 4.2,
            priceCentimos: 3000,
            priceUnit: "visita",
            score: 0.83,
            reasons: [],
            askExpiresAt: null,
          },
        ],
        engagement: null,
      },
    },
  },
  "POST /api/matching/matches/:matchId/choice": {
    answer: { requestId, askExpiresAt: "2026-11-24T23:00:00.000Z" },
  },
  "POST /api/catalog/providers": {
    request: {
      kind: "agent",
      name: "Rosa Pinchi Tuanama",
      personId,
      districtCode: "221001",
      document: { type: "dni", number: "05414828" },
    },
    answer: { providerId, state: "draft" },
  },
  "POST /api/catalog/providers/:providerId/offers": {
    request: {
      terms: {
        kind: "assistance",
        topics: ["pest_management", "pruning"],
        crops: ["cacao"],
        modalities: ["field_visit"],
        pricePerVisitCentimos: 3000,
        monthlyCapacity: 40,
        base: { latitude: -8.1877, longitude: -76.5205 },
        reachKm: 25,
      },
      coverage: ["2210"],
    },
    answer: { offerId, version: 1 },
  },
  "GET /api/catalog/offers": {
    answer: {
      items: [
        {
          id: offerId,
          version: 1,
          provider: { id: providerId, name: "Rosa Pinchi Tuanama", kind: "agent" },
          terms: {
            kind: "assistance",
            topics: ["pest_management", "pruning"],
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
  "POST /simulator/messages": {
    request: { from: "+51900900001", text: "nesecito un tecnico pa la monilia en mi cacao, tocache" },
    answer: { id: "019ab1f0-2b9d-7c11-8e5f-3a4b5c6d7e8f" },
  },
};
