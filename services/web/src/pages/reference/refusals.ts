import { brokeringRefusals } from "./brokering-refusals.ts";
import { offerRefusals, providerRefusals } from "./catalog-refusals.ts";
import { deskRefusals } from "./desk-refusals.ts";
import { planRefusals } from "./plan-refusals.ts";

/** What an operation may refuse with beside the general refusals, as "status code"; a test looks for each in the source. */

/** Of any operation; said once, at the top of the reference. */
export const generalRefusals = [
  ["400", "bad-request", "the request cannot be read"],
  ["401", "sign-in-needed", "no token was sent"],
  ["401", "token-malformed", "the `Authorization` header is not `Bearer` and a token"],
  ["401", "token-refused", "the token is wrong or over: refresh it, or sign in again"],
  ["403", "not-allowed", "the operation is for others"],
  ["404", "no-such-route", "nothing is at this address"],
  ["413", "body-too-large", "more than 256 kB, or more than a file may have"],
  ["415", "unsupported-media-type", "the body is not JSON, or no file of a type that is taken"],
  [
    "422",
    "invalid-input",
    "fields are not valid, or a query parameter is not known: `errors` has the path of each, such as `body.terms.tiers`",
  ],
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

const request = ["404 no-such-request", "403 not-yours"];
const match = ["404 no-such-match", "403 not-yours"];
const sponsorship = ["404 no-such-sponsorship", "403 not-your-sponsor"] as const;
const engagement = ["404 no-such-engagement", "403 not-yours"];

const ofRequests: Record<string, readonly string[]> = {
  "POST /api/matching/requests": [
    "422 district-unknown",
    "422 wrong-channel",
    "422 urgency-not-for-this-kind",
    "422 not-attended",
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
    "409 provider-busy",
    "409 provider-gone",
  ],
  "POST /api/matching/matches/:matchId/withdrawal": [
    ...match,
    "409 not-asked",
    "409 match-not-listed",
    "409 capacity-gone",
    "409 provider-busy",
  ],
  "POST /api/matching/requests/:requestId/refusal": [
    ...request,
    "409 illegal-transition",
    "409 list-expired",
  ],
  "POST /api/matching/requests/:requestId/cancellation": [
    ...request,
    "409 illegal-transition",
    "409 dispute-open",
  ],
  "GET /api/matching/requests/:requestId/history": request,
  "POST /api/matching/requests/:requestId/search": [
    "404 no-such-request",
    "409 illegal-transition",
    "409 dispute-open",
  ],
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
    "409 another-was-quicker",
    "409 ask-taken-back",
    "409 place-closed",
    "409 quote-open",
    "422 visit-day-out-of-range",
  ],
  "POST /api/matching/closures": [
    "422 area-unknown",
    "422 hamlet-needs-district",
    "422 closure-out-of-range",
    "403 not-your-organization",
    "403 not-your-province",
    "404 organization-unknown",
  ],
  "POST /api/matching/closures/:closureId/end": ["404 no-such-closure", "403 not-your-organization"],
  "POST /api/matching/engagements/:engagementId/arrival": [
    ...engagement,
    "409 not-today",
    "422 said-at-refused",
  ],
  "POST /api/matching/engagements/:engagementId/departure": [
    ...engagement,
    "409 not-arrived",
    "422 said-at-refused",
  ],
  "GET /api/matching/people/:personId/presence": ["403 not-yours"],
  "GET /api/matching/presence/:presenceId": ["404 no-such-presence"],
  "POST /api/matching/matches/:matchId/quotes": [
    ...match,
    "409 illegal-transition",
    "409 ask-expired",
    "409 quotes-used-up",
    "409 quote-not-for-urgent",
    "409 place-closed",
    "409 quote-open",
    "422 price-settled",
    "422 side-needed",
    "422 visit-day-out-of-range",
  ],
  "POST /api/matching/quotes/:quoteId/answer": [
    "404 no-such-quote",
    "403 not-yours",
    "409 illegal-transition",
    "409 quote-closed",
    "409 ask-expired",
    "422 visit-day-out-of-range",
  ],
  "GET /api/matching/requests/:requestId/offers/:offerId/explanation": [...request, "404 offer-unknown"],
  "POST /api/matching/requests/:requestId/review": request,
  "GET /api/matching/reviews": ["422 cursor-wrong"],
  "POST /api/matching/reviews/:reviewId/settlement": [
    "404 no-such-review",
    "409 review-settled",
    "409 illegal-transition",
  ],
  "POST /api/matching/blocks": ["403 not-yours", "409 never-dealt"],
  "DELETE /api/matching/blocks/:blockId": ["404 no-such-block", "403 not-yours"],
  "GET /api/matching/blocks": ["422 cursor-wrong", "403 not-yours"],
  "GET /api/matching/weights/versions": ["422 cursor-wrong"],
  "PUT /api/matching/weights": ["409 weights-changed"],
  "GET /api/matching/fairness": ["422 period-wrong"],
  "GET /api/matching/outcomes": ["422 period-wrong"],
  "GET /api/matching/reports": ["422 cursor-wrong"],
  "GET /api/matching/reports/:reportId": ["404 no-such-report"],
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
  "POST /api/matching/sponsorships": ["403 not-your-sponsor", "409 not-a-sponsor", "422 period-wrong"],
  "GET /api/matching/sponsorships": ["403 not-your-sponsor", "422 sponsor-missing", "422 cursor-wrong"],
  "GET /api/matching/sponsorships/:sponsorshipId": sponsorship,
  "POST /api/matching/sponsorships/:sponsorshipId/approval": [
    "404 no-such-sponsorship",
    "403 maker-cannot-check",
    "409 illegal-transition",
    "409 not-a-sponsor",
  ],
  "POST /api/matching/sponsorships/:sponsorshipId/pause": [...sponsorship, "409 illegal-transition"],
  "POST /api/matching/sponsorships/:sponsorshipId/resumption": [
    "404 no-such-sponsorship",
    "409 illegal-transition",
    "409 not-a-sponsor",
  ],
  "POST /api/matching/sponsorships/:sponsorshipId/end": [...sponsorship, "409 illegal-transition"],
  "POST /api/matching/sponsorships/:sponsorshipId/budget": [
    ...sponsorship,
    "409 sponsorship-ended",
    "422 budget-not-raised",
  ],
  "GET /api/matching/sponsorships/:sponsorshipId/report": sponsorship,
  "GET /api/matching/sponsorships/:sponsorshipId/report-file": sponsorship,
  "POST /api/matching/engagements/:engagementId/outcome": [
    ...engagement,
    "409 illegal-transition",
    "409 visit-not-due",
    "409 contest-too-late",
    "409 dispute-open",
  ],
  "POST /api/matching/engagements/:engagementId/rating": [
    ...engagement,
    "409 not-done",
    "409 already-rated",
    "409 rating-closed",
  ],
  "POST /api/matching/engagements/:engagementId/cancellation": [
    ...engagement,
    "409 illegal-transition",
    "409 visit-day-come",
  ],
  "POST /api/matching/engagements/:engagementId/rework": [
    ...engagement,
    "409 illegal-transition",
    "409 too-long-ago",
    "409 reworks-used-up",
  ],
  "POST /api/matching/engagements/:engagementId/rework/answer": [
    ...engagement,
    "409 illegal-transition",
    "409 ask-expired",
    "422 visit-day-out-of-range",
  ],
  "POST /api/matching/engagements/:engagementId/dispute": [
    ...engagement,
    "409 illegal-transition",
    "409 too-long-ago",
    "422 side-needed",
  ],
  "POST /api/matching/engagements/:engagementId/settlement": [
    "404 no-such-engagement",
    "409 illegal-transition",
  ],
  "GET /api/matching/engagements/:engagementId/contact": [...engagement, "409 engagement-over"],
  "POST /api/matching/engagements/:engagementId/help": [...engagement, "409 not-done", "409 help-said"],
};

const ofThemselves: Record<string, readonly string[]> = {
  "GET /api/matching/providers/:providerId/standing": ["404 provider-unknown", "403 not-your-provider"],
  "GET /api/matching/providers/:providerId/month-load": ["404 provider-unknown", "403 not-your-provider"],
  "GET /api/matching/agents/:providerId/earnings": ["403 not-your-provider", "422 cursor-wrong"],
  "GET /api/notifications/people/:personId/messages": [
    "403 not-yours",
    "403 not-while-acting",
    "403 word-needed",
    "422 cursor-wrong",
  ],
};

const ofSignIn: Record<string, readonly string[]> = {
  "POST /api/auth/codes": ["429 too-many-codes"],
  "POST /api/auth/tokens": ["401 code-refused", "401 code-tries-used", "409 which-person"],
  "POST /api/auth/tokens/refresh": ["401 refresh-refused"],
  "POST /api/auth/sign-out-everywhere": ["403 not-while-acting"],
};

/** By method and path, for what an integrator begins with: sign-in, providers, offers and requests. */
export const refusals: Readonly<Record<string, readonly string[]>> = {
  ...ofSignIn,
  ...providerRefusals,
  ...offerRefusals,
  ...ofRequests,
  ...ofThemselves,
  ...planRefusals,
  ...brokeringRefusals,
  ...deskRefusals,
};
