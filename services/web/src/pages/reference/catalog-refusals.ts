const provider = ["404 provider-unknown", "403 not-your-provider"];
const step = [...provider, "409 illegal-transition"];
const offer = ["404 offer-unknown", "403 not-your-provider"];
const terms = ["422 offer-terms-wrong", "422 area-unknown"];
const list = ["422 cursor-wrong", "422 district-unknown"];

/** Of providers, as `refusals` has them. */
export const providerRefusals: Readonly<Record<string, readonly string[]>> = {
  "POST /api/catalog/providers": [
    "422 district-unknown",
    "422 area-unknown",
    "422 identity-wrong",
    "422 contact-needed",
    "403 not-yourself",
    "403 not-your-organization",
    "404 person-unknown",
    "404 organization-unknown",
    "409 person-has-not-agreed",
    "409 organization-not-active",
    "409 document-taken",
    "409 already-registered",
    "409 organization-taken",
  ],
  "PUT /api/catalog/providers/:providerId": [
    ...provider,
    "422 district-unknown",
    "422 area-unknown",
    "422 identity-wrong",
    "403 not-your-organization",
    "409 identity-settled",
    "409 provider-closed",
    "409 document-taken",
    "409 already-registered",
    "409 organization-taken",
    "409 organization-not-active",
    "409 contact-is-provider",
    "409 not-staff",
  ],
  "GET /api/catalog/providers/:providerId": ["404 provider-unknown"],
  "GET /api/catalog/providers/:providerId/record": provider,
  "GET /api/catalog/people/:personId/providers": ["403 not-your-profile"],
  "GET /api/catalog/providers": list,
  "GET /api/catalog/provider-records": ["422 cursor-wrong"],
  "GET /api/catalog/providers/:providerId/upkeep": ["404 provider-unknown"],
  "POST /api/catalog/providers/:providerId/stock": [
    ...provider,
    "404 offer-unknown",
    "409 provider-closed",
    "409 stock-item-exists",
    "422 nothing-in-stock",
  ],
  "GET /api/catalog/providers/:providerId/stock": [...provider, "422 cursor-wrong"],
  "POST /api/catalog/stock/:itemId/movements": [
    "404 stock-item-unknown",
    "403 not-your-provider",
    "409 provider-closed",
    "409 stock-short",
    "422 stock-day-out-of-range",
  ],
  "GET /api/catalog/stock/:itemId/movements": [
    "404 stock-item-unknown",
    "403 not-your-provider",
    "422 cursor-wrong",
  ],
  "GET /api/catalog/providers/:providerId/stock-margins": provider,
  "POST /api/catalog/providers/:providerId/submission": [...step, "409 provider-incomplete"],
  "POST /api/catalog/providers/:providerId/verification": [
    ...step,
    "403 maker-cannot-check",
    "409 conduct-not-accepted",
  ],
  "POST /api/catalog/providers/:providerId/conduct": [...provider, "409 provider-closed"],
  "POST /api/catalog/providers/:providerId/reinstatement": [...step, "403 maker-cannot-check"],
  "POST /api/catalog/providers/:providerId/rejection": step,
  "POST /api/catalog/providers/:providerId/revision": step,
  "POST /api/catalog/providers/:providerId/suspension": step,
  "POST /api/catalog/providers/:providerId/closure": step,
  "PUT /api/catalog/providers/:providerId/agent-profile": [
    ...provider,
    "409 not-an-agent",
    "409 provider-closed",
    "422 supplier-unknown",
  ],
  "POST /api/catalog/providers/:providerId/certificates": [
    ...provider,
    "422 issued-in-future",
    "409 provider-closed",
  ],
  "POST /api/catalog/providers/:providerId/certificates/:certificateId/check": [
    ...provider,
    "404 certificate-unknown",
    "403 maker-cannot-check",
  ],
  "DELETE /api/catalog/providers/:providerId/certificates/:certificateId": [
    ...provider,
    "404 certificate-unknown",
  ],
  "POST /api/catalog/providers/:providerId/staff": [
    ...provider,
    "404 person-unknown",
    "409 person-has-not-agreed",
    "409 last-manager",
    "409 provider-closed",
  ],
  "DELETE /api/catalog/providers/:providerId/staff/:personId": [
    ...provider,
    "404 not-staff",
    "409 last-manager",
    "409 contact-person",
  ],
  "POST /api/catalog/providers/:providerId/grants": [
    ...provider,
    "404 organization-unknown",
    "409 organization-not-active",
    "409 provider-closed",
  ],
  "DELETE /api/catalog/providers/:providerId/grants/:organizationId": [...provider, "404 grant-unknown"],
};

/** Of what they offer. */
export const offerRefusals: Readonly<Record<string, readonly string[]>> = {
  "POST /api/catalog/providers/:providerId/offers": [...provider, ...terms, "409 provider-closed"],
  "PUT /api/catalog/offers/:offerId": [
    ...offer,
    ...terms,
    "422 kind-fixed",
    "409 version-changed",
    "409 illegal-transition",
    "409 provider-closed",
  ],
  "POST /api/catalog/offers/:offerId/state": [
    ...offer,
    "422 offer-terms-wrong",
    "409 illegal-transition",
    "409 provider-closed",
  ],
  "POST /api/catalog/offers/:offerId/confirmation": [
    ...offer,
    "409 illegal-transition",
    "409 provider-closed",
  ],
  "GET /api/catalog/offers/:offerId": ["404 offer-unknown"],
  "GET /api/catalog/offers/:offerId/record": offer,
  "GET /api/catalog/offers/:offerId/versions/:version": [...offer, "404 version-unknown"],
  "POST /api/catalog/offers/:offerId/quote": ["404 offer-unknown", "422 not-a-loan", "422 outside-the-offer"],
  "GET /api/catalog/providers/:providerId/offers": ["404 provider-unknown", "422 cursor-wrong"],
  "GET /api/catalog/providers/:providerId/offer-records": [...provider, "422 cursor-wrong"],
  "GET /api/catalog/offers": list,
};
