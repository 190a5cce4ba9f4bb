const spoken = ["403 not-while-acting", "422 person-missing"];
/** By who it is of, in their own name. */
const own = [...spoken, "403 word-needed"];
const credit = [...own, "404 no-such-credit"];
const draft = [...credit, "409 not-a-draft"];
const lender = [...spoken, "404 no-such-credit", "403 own-credit", "409 illegal-transition"];
const endorsement = [
  "403 not-while-acting",
  "404 no-such-endorsement",
  "403 not-your-organization",
  "403 own-credit",
  "409 illegal-transition",
];

/** Of members' credit, as `refusals` has them. */
export const creditRefusals: Readonly<Record<string, readonly string[]>> = {
  "POST /api/brokering/credits": [
    "422 not-theirs-to-declare",
    ...own,
    "403 not-yours",
    "403 not-your-organization",
    "409 not-a-member",
    "409 contract-not-signed",
    "422 interest-missing",
    "422 district-missing",
  ],
  "GET /api/brokering/credits": [...own, "403 not-yours", "403 not-your-organization", "422 cursor-wrong"],
  "GET /api/brokering/credit-originations": ["403 not-while-acting", "422 cursor-wrong"],
  "GET /api/brokering/credits/:creditId": credit,
  "GET /api/brokering/credits/:creditId/standing": credit,
  "PUT /api/brokering/credits/:creditId": [...draft, "422 not-theirs-to-declare"],
  "POST /api/brokering/credits/:creditId/products": draft,
  "POST /api/brokering/credits/:creditId/choice": [...draft, "409 not-compared"],
  "POST /api/brokering/credits/:creditId/consents/:consent": [
    ...draft,
    "409 nothing-asked",
    "409 changed-meanwhile",
  ],
  "POST /api/brokering/credits/:creditId/submission": [
    ...draft,
    "403 not-your-organization",
    "403 own-proposal",
    "409 nothing-chosen",
    "409 changed-meanwhile",
    "409 not-agreed",
    "409 contract-share-exceeded",
  ],
  "POST /api/brokering/credits/:creditId/withdrawal": [
    ...credit,
    "409 illegal-transition",
    "409 money-handed-over",
  ],
  "POST /api/brokering/credits/:creditId/acceptance": [
    ...credit,
    "403 not-your-organization",
    "409 illegal-transition",
    "422 settlement-is-a-condition",
  ],
  "POST /api/brokering/credits/:creditId/use": [
    ...credit,
    "403 own-proposal",
    "409 nothing-owed",
    "409 no-such-purchase",
    "409 purchase-counted",
  ],
  "GET /api/brokering/credit-lenders/:providerId/credits": [
    "403 not-while-acting",
    "403 not-your-provider",
    "422 cursor-wrong",
  ],
  "GET /api/brokering/credits/:creditId/lender-view": ["403 not-while-acting", "404 no-such-credit"],
  "POST /api/brokering/credits/:creditId/review": lender,
  "POST /api/brokering/credits/:creditId/more": [...lender, "409 asked-enough", "422 nothing-wanted"],
  "POST /api/brokering/credits/:creditId/more/answer": [
    ...credit,
    "409 illegal-transition",
    "409 changed-meanwhile",
  ],
  "POST /api/brokering/credits/:creditId/approval": [...lender, "422 outside-the-offer"],
  "POST /api/brokering/credits/:creditId/refusal": lender,
  "POST /api/brokering/credits/:creditId/endorsements": [
    ...credit,
    "409 not-a-member",
    "409 already-asked",
    "409 too-late",
  ],
  "GET /api/brokering/endorsements": [
    "403 not-while-acting",
    "403 not-your-organization",
    "422 cursor-wrong",
  ],
  "POST /api/brokering/endorsements/:endorsementId/proposal": [
    ...endorsement,
    "409 too-late",
    "409 nobody-approves",
    "422 more-than-asked",
  ],
  "POST /api/brokering/endorsements/:endorsementId/approval": [
    ...endorsement,
    "403 own-proposal",
    "409 changed-meanwhile",
    "409 too-late",
    "409 exposure-exceeded",
  ],
  "POST /api/brokering/endorsements/:endorsementId/refusal": endorsement,
  "GET /api/brokering/endorsement-exposures/:organizationId": ["403 not-your-organization"],
  "POST /api/brokering/endorsement-limits": ["403 not-your-organization", "409 nobody-approves"],
  "POST /api/brokering/endorsement-limits/:changeId/approval": [
    "404 no-such-limit",
    "403 not-your-organization",
    "403 own-proposal",
    "409 already-approved",
  ],
  "POST /api/brokering/credits/:creditId/guarantee": [
    ...credit,
    "409 has-an-association",
    "409 too-late",
    "409 guarantee-stands",
    "422 guarantor-wrong",
  ],
  "POST /api/brokering/group-guarantees/:guarantorId/answer": [
    ...own,
    "404 no-such-guarantee",
    "409 not-asked-any-more",
    "409 guarantees-too-much",
  ],
  "GET /api/brokering/group-guarantees": [...own, "403 not-yours", "422 cursor-wrong"],
  "GET /api/brokering/decision-makers": ["403 not-your-organization", "422 organization-missing"],
};
