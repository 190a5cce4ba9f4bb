import { owningServices } from "@minka/contracts/service-names";
import { newId } from "@minka/database/new-id";
import { brokeringWritten } from "./brokering-inputs.ts";
import { consent, newName, newPhone, newestImport } from "./made-up.ts";
import { equipmentTerms, newRuc, sold } from "./make-providers.ts";
import { matchingWritten } from "./matching-inputs.ts";
import { plansWritten } from "./plan-inputs.ts";
import { profilesWritten } from "./profile-inputs.ts";
import type { Written } from "./tries.ts";
import { bulletinTo, type Rows } from "./world.ts";

const need = { kind: "equipment", product: sold.company };
const offer = ({ districtCode = "" }: Rows) => ({
  terms: equipmentTerms(sold.company),
  coverage: [districtCode],
});
const nobody = () => ({ personId: newId(), phones: [], sharedPhones: [], names: [], documents: [] });
const erasure = () => ({
  ...nobody(),
  askedAt: consent.at,
  tell: false,
  acquaintances: [],
  providerIds: [],
});

/** Alike in every service. */
const ofDesks = Object.fromEntries(
  owningServices.map((service): [string, Written] => [
    `POST /api/${service}/parked-deliveries/retries`,
    () => ({ body: { event: "nothing.parked" } }),
  ]),
);

/** By operation. */
export const written: Readonly<Record<string, Written>> = {
  ...ofDesks,
  ...profilesWritten,
  ...matchingWritten,
  ...plansWritten,
  ...brokeringWritten,
  "POST /api/catalog/providers/:providerId/imports/:importId/cancel": newestImport(
    ({ providerId }) => `/api/catalog/providers/${providerId}/imports`,
  ),
  "POST /api/catalog/places/imports/:importId/cancel": newestImport(() => "/api/catalog/places/imports"),
  "POST /api/catalog/personal-data/export": () => ({ body: nobody() }),
  "POST /api/catalog/personal-data/erasure": () => ({ body: erasure() }),
  "POST /api/matching/personal-data/export": () => ({ body: nobody() }),
  "POST /api/matching/personal-data/erasure": () => ({ body: erasure() }),
  "POST /api/notifications/personal-data/export": () => ({ body: nobody() }),
  "POST /api/notifications/personal-data/erasure": () => ({ body: erasure() }),
  "GET /api/catalog/coverage": () => ({ query: { area: "2210" } }),
  "GET /api/catalog/confirmations/:kind/:id": ({ rows }) => ({
    params: { kind: "offer", id: rows["offerId"] ?? "" },
  }),
  "POST /api/catalog/confirmations/:kind/:id/answer": ({ rows }) => ({
    params: { kind: "offer", id: rows["offerId"] ?? "" },
    body: { personId: rows["contactId"], accepted: true, at: consent.at },
  }),
  "POST /api/catalog/providers": ({ rows }) => ({
    body: {
      form: "company",
      kinds: ["supplier"],
      name: newName("Ferretería"),
      document: { type: "ruc", number: newRuc() },
      districtCode: rows["districtCode"],
      personId: rows["personId"],
    },
  }),
  "PUT /api/catalog/providers/:providerId/agent-profile": () => ({
    body: {
      topics: [{ topic: "pruning", level: "basic" }],
      crops: ["cacao"],
      languages: ["spa"],
      base: { latitude: -8.19, longitude: -76.51 },
      reachKm: 20,
      monthlyCapacity: 10,
    },
  }),
  "POST /api/catalog/providers/:providerId/certificates": () => ({
    body: { kind: "degree", issuer: "Universidad", issuedOn: "2020-01-01" },
  }),
  "POST /api/catalog/providers/:providerId/staff": ({ rows }) => ({
    body: { personId: rows["sparePersonId"], role: "staff" },
  }),
  // Staff ends their own part and nobody else's.
  "DELETE /api/catalog/providers/:providerId/staff/:personId": ({ role, own, rows }) => ({
    params: { personId: rows[role === "staff" && own ? "personId" : "sparePersonId"] ?? "" },
  }),
  "POST /api/catalog/providers/:providerId/grants": ({ rows }) => ({
    body: { organizationId: rows["granteeId"] },
  }),
  "POST /api/catalog/candidates": ({ rows }) => ({
    body: { need, districtCode: rows["districtCode"], requesterPersonId: rows["personId"] },
  }),
  "POST /api/catalog/candidates/explanation": ({ rows }) => ({
    body: {
      need,
      districtCode: rows["districtCode"],
      requesterPersonId: rows["personId"],
      offerId: rows["offerId"],
    },
  }),
  "POST /api/catalog/providers/:providerId/offers": ({ rows }) => ({ body: offer(rows) }),
  "PUT /api/catalog/offers/:offerId": ({ rows, role }) => ({
    body: role === "agent" ? { version: 1, ...visits(rows) } : { version: 1, ...offer(rows) },
  }),
  "POST /api/catalog/providers/:providerId/stock": () => ({ body: { name: newName("Machete") } }),
  "POST /api/catalog/stock/:itemId/movements": () => ({
    body: { kind: "bought", packs: 1, priceCentimos: 25_00, day: "2026-11-24" },
  }),
  "POST /api/catalog/offers/:offerId/state": () => ({ body: { change: "pause" } }),
  "GET /api/catalog/offers/:offerId/versions/:version": () => ({ params: { version: "1" } }),
  "POST /api/catalog/offers/:offerId/quote": () => ({
    body: { amountCentimos: 1_000_00, months: 6 },
  }),
  "PUT /api/catalog/people/:personId/rest": () => ({ body: { until: null } }),
  "POST /api/notifications/bulletins": ({ role, rows }) => ({
    body: bulletinTo(role === "operator" ? null : (rows["organizationId"] ?? null)),
  }),
  "GET /api/notifications/bulletins": ({ rows }) => ({
    query: { organizationId: rows["organizationId"] ?? "" },
  }),
  "POST /api/notifications/bulletins/:bulletinId/approval": () => ({ body: { people: 1 } }),
  "POST /api/notifications/misunderstood/:misunderstoodId/correction": () => ({ body: { intent: "help" } }),
  "POST /api/notifications/messages": () => ({
    body: {
      phone: newPhone(),
      text: "sign_in_code",
      parameters: { code: "123456" },
      expiresAt: "2026-11-24T15:00:00.000Z",
    },
  }),
};

/** An agent's offer, whose kind cannot change. */
const visits = ({ districtCode = "" }: Rows) => ({
  terms: {
    kind: "assistance",
    topics: ["pruning", "nutrition"],
    crops: ["cacao"],
    modalities: ["field_visit"],
    pricePerVisitCentimos: 60_00,
    monthlyCapacity: 200,
    base: { latitude: -8.19, longitude: -76.51 },
    reachKm: 30,
  },
  coverage: [districtCode],
});
