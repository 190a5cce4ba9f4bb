/** What an operation may refuse with beside the general refusals, as "status code"; a test looks for each in the source. */

/** Of any operation; said once, at the top of the reference. */
export const generalRefusals = [
  ["400", "bad-request", "the request cannot be read"],
  ["401", "sign-in-needed", "no token was sent"],
  ["401", "token-refused", "the token is wrong or over: refresh it, or sign in again"],
  ["403", "not-allowed", "the operation is for others"],
  ["404", "no-such-route", "nothing is at this address"],
  ["413", "body-too-large", "more than 256 kB, or more than a file may have"],
  ["415", "unsupported-media-type", "the body is not JSON, or no file of a type that is taken"],
  ["422", "invalid-input", "fields are not valid: `errors` has the path of each, such as `body.terms.tiers`"],
  ["422", "idempotency-key-reused", "the key was used with another body"],
  ["429", "too-many-requests", "wait as many seconds as `Retry-After` says"],
  ["503", "service-unreachable", "a part of Minka is away: try again"],
] as const;

/** As a program reads it. */
export const refusalExample = {
  type: "about:blank#invalid-input",
  title: "Some fields are not valid.",
  status: 422,
  code: "invalid-input",
  errors: [{ path: "body.districtCode", message: "six digits, INEI code of a district" }],
  requestId: "3f0c5a52-6f0e-4d8e-9c43-0f5b7d1f2a10",
};

const provider = ["404 provider-unknown", "403 not-your-provider"];
const step = [...provider, "409 illegal-transition"];
const offer = ["404 offer-unknown", "403 not-your-provider"];
const terms = ["422 offer-terms-wrong", "422 area-unknown"];
const list = ["422 cursor-wrong", "422 district-unknown"];
const request = ["404 no-such-request", "403 not-yours"];
const match = ["404 no-such-match", "403 not-yours"];
const engagement = ["404 no-such-engagement", "403 not-yours"];

const ofProviders: Record<string, readonly string[]> = {
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
  "POST /api/catalog/providers/:providerId/submission": [...step, "409 provider-incomplete"],
  "POST /api/catalog/providers/:providerId/verification": [...step, "403 maker-cannot-check"],
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

const ofOffers: Record<string, readonly string[]> = {
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

const ofRequests: Record<string, readonly string[]> = {
  "POST /api/matching/requests": [
    "422 district-unknown",
    "422 wrong-channel",
    "403 not-yours",
    "409 too-many-open-requests",
  ],
  "GET /api/matching/requests/:requestId": request,
  "GET /api/matching/requests": ["422 cursor-wrong", "403 not-yours"],
  "POST /api/matching/matches/:matchId/choice": [
    ...match,
    "409 illegal-transition",
    "409 match-not-listed",
    "409 list-expired",
    "409 already-asking",
    "409 capacity-gone",
    "409 provider-gone",
  ],
  "POST /api/matching/requests/:requestId/refusal": [
    ...request,
    "409 illegal-transition",
    "409 list-expired",
  ],
  "POST /api/matching/requests/:requestId/cancellation": [...request, "409 illegal-transition"],
  "POST /api/matching/requests/:requestId/search": ["404 no-such-request", "409 illegal-transition"],
  "POST /api/matching/requests/:requestId/attendance": [
    ...request,
    "409 illegal-transition",
    "409 not-attended",
  ],
  "POST /api/matching/matches/:matchId/answer": [
    ...match,
    "409 illegal-transition",
    "409 already-answered",
    "409 ask-expired",
    "422 visit-day-out-of-range",
  ],
  "GET /api/matching/complaints": ["422 cursor-wrong"],
  "GET /api/matching/complaints/:complaintId": ["404 no-such-complaint"],
  "POST /api/matching/complaints/:complaintId/dealing": [
    "404 no-such-complaint",
    "422 not-a-dealing",
    "409 complaint-settled",
    "409 complained-already",
  ],
  "POST /api/matching/complaints/:complaintId/settlement": [
    "404 no-such-complaint",
    "409 illegal-transition",
  ],
  "POST /api/matching/engagements/:engagementId/outcome": [
    ...engagement,
    "409 illegal-transition",
    "409 visit-not-due",
    "409 contest-too-late",
  ],
  "POST /api/matching/engagements/:engagementId/rating": [...engagement, "409 not-done", "409 already-rated"],
};

const ofSignIn: Record<string, readonly string[]> = {
  "POST /api/auth/codes": ["429 too-many-codes"],
  "POST /api/auth/tokens": ["401 code-refused", "409 which-person"],
  "POST /api/auth/tokens/refresh": ["401 refresh-refused"],
  "POST /api/auth/sign-out-everywhere": ["403 not-while-acting"],
};

/** By method and path, for what an integrator begins with: sign-in, providers, offers and requests. */
export const refusals: Readonly<Record<string, readonly string[]>> = {
  ...ofSignIn,
  ...ofProviders,
  ...ofOffers,
  ...ofRequests,
};
