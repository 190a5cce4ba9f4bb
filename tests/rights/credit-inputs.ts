import { newId } from "@minka/database/new-id";
import { newCredit, newEndorsement, newGuarantor, newLimit } from "./make-credit.ts";
import type { Try, Written } from "./tries.ts";

type CreditMade = Parameters<typeof newCredit>[2];

const asked = { amountCentimos: 1_000_00, months: 6, purpose: "fertilizer" };

/** A service says whose word it passes on: the borrower's, or of who answers for the lender. */
const saidBy = ({ role, rows }: Try, whose: "personId" | "contactId" = "personId") =>
  role === "service" ? { personId: rows[whose] ?? "" } : {};

/** Of a credit that is made for this try, by its borrower. */
const ofCredit =
  (made: CreditMade, body: (offerId: string) => object = () => ({})): Written =>
  async (attempt, means) => {
    const params = await newCredit(attempt, means, made);
    return { params, body: { ...body(params["offerId"] ?? ""), ...saidBy(attempt) } };
  };

/** By its lender. */
const ofLender =
  (body: object): Written =>
  async (attempt, means) => ({
    params: await newCredit(attempt, means, { state: "submitted", ofAnother: true }),
    body: { ...body, ...saidBy(attempt, "contactId") },
  });

const ofEndorsement =
  (state: "asked" | "proposed", body?: object): Written =>
  async (attempt, means) => {
    const { creditId = "" } = await newCredit(attempt, means, { state: "draft", ofAnother: true });
    const { changeId } = await newLimit(attempt, means);
    await means.done(means.world.checker, "POST", `/api/brokering/endorsement-limits/${changeId}/approval`);
    return {
      params: await newEndorsement(attempt, means, { creditId, state }),
      ...(body ? { body } : {}),
    };
  };

const ofOrganization: Written = ({ rows }) => ({ query: { organizationId: rows["organizationId"] ?? "" } });
const ofPerson: Written = ({ rows }) => ({ query: { personId: rows["personId"] ?? "" } });

/** Of members' credit and who vouches for it; by operation. */
export const creditsWritten: Readonly<Record<string, Written>> = {
  "POST /api/brokering/credits": (attempt) => ({
    body: {
      borrower: {
        kind: "person",
        personId: attempt.rows["personId"],
        ...(attempt.role === "agent" ? { interest: "none" } : {}),
      },
      ...asked,
      ...saidBy(attempt),
    },
  }),
  "GET /api/brokering/credits": ofPerson,
  "GET /api/brokering/credits/:creditId": async (attempt, means) => ({
    params: await newCredit(attempt, means, { state: "draft" }),
    query: saidBy(attempt) as Record<string, string>,
  }),
  "PUT /api/brokering/credits/:creditId": ofCredit({ state: "draft" }, () => asked),
  "POST /api/brokering/credits/:creditId/products": ofCredit({ state: "draft" }),
  "POST /api/brokering/credits/:creditId/choice": ofCredit({ state: "draft" }, (offerId) => ({ offerId })),
  "POST /api/brokering/credits/:creditId/consents/:consent": async (attempt, means) => ({
    params: { ...(await newCredit(attempt, means, { state: "draft" })), consent: "history" },
    body: { given: true, lenderId: attempt.rows["providerId"], ...saidBy(attempt) },
  }),
  "POST /api/brokering/credits/:creditId/submission": ofCredit({ state: "draft" }, () => ({ version: 0 })),
  "POST /api/brokering/credits/:creditId/withdrawal": ofCredit({ state: "submitted" }),
  "POST /api/brokering/credits/:creditId/acceptance": ofCredit({ state: "approved" }, () => ({
    accepted: true,
  })),
  "POST /api/brokering/credits/:creditId/use": ofCredit({ state: "disbursed" }, () => ({
    by: "receipt",
    receiptNumber: "F001-123",
  })),
  "GET /api/brokering/credits/:creditId/lender-view": async (attempt, means) => ({
    params: await newCredit(attempt, means, { state: "submitted", ofAnother: true }),
  }),
  "GET /api/brokering/credits/:creditId/standing": async (attempt, means) => ({
    params: await newCredit(attempt, means, { state: "submitted" }),
    query: saidBy(attempt) as Record<string, string>,
  }),
  "GET /api/brokering/credit-lenders/:providerId/kept-back": () => ({ query: {} }),
  "GET /api/brokering/organizations/:organizationId/kept-back": () => ({ query: {} }),
  "POST /api/brokering/credits/:creditId/review": ofLender({}),
  "POST /api/brokering/credits/:creditId/more": ofLender({ requirements: ["savings"] }),
  "POST /api/brokering/credits/:creditId/more/answer": ofCredit({ state: "more_asked" }),
  "POST /api/brokering/credits/:creditId/approval": ofLender({}),
  "POST /api/brokering/credits/:creditId/refusal": ofLender({ reasons: [{ code: "no_funds" }] }),
  "POST /api/brokering/credits/:creditId/endorsements": async (attempt, means) => ({
    params: await newCredit(attempt, means, { state: "draft" }),
    body: { organizationId: attempt.rows["organizationId"], ...saidBy(attempt) },
  }),
  "GET /api/brokering/endorsements": ofOrganization,
  "POST /api/brokering/endorsements/:endorsementId/proposal": ofEndorsement("asked", { amountCentimos: 100 }),
  "POST /api/brokering/endorsements/:endorsementId/approval": ofEndorsement("proposed", { version: 0 }),
  "POST /api/brokering/endorsements/:endorsementId/refusal": ofEndorsement("asked", { reason: "too_new" }),
  "POST /api/brokering/endorsement-limits": ({ rows }) => ({
    body: { organizationId: rows["organizationId"], limitCentimos: 1_000_00 },
  }),
  "POST /api/brokering/endorsement-limits/:changeId/approval": async (attempt, means) => ({
    params: await newLimit(attempt, means),
  }),
  // Whose organization declined names neighbours.
  "POST /api/brokering/credits/:creditId/guarantee": async (attempt, means) => {
    const params = await newCredit(attempt, means, { state: "draft" });
    await newEndorsement(attempt, means, { creditId: params["creditId"] ?? "", state: "refused" });
    const guarantors = [1, 2, 3].map(() => ({ personId: newId() }));
    return { params, body: { guarantors, ...saidBy(attempt) } };
  },
  "POST /api/brokering/group-guarantees/:guarantorId/answer": async (attempt, means) => ({
    params: await newGuarantor(attempt, means),
    body: { accepted: true, ...saidBy(attempt) },
  }),
  "GET /api/brokering/group-guarantees": ofPerson,
  "GET /api/brokering/decision-makers": ({ rows }) => ({
    query: { organizationId: rows["organizationId"] ?? "", from: "2026-11-01", until: "2026-11-30" },
  }),
};
