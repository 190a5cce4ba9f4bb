import { lotTerms, newLot } from "./make-lot.ts";
import { organizerOf } from "./make-pool.ts";
import type { Means, Try, Written } from "./tries.ts";

type LotMade = Parameters<typeof newLot>[2];

const dayMs = 24 * 60 * 60 * 1000;
const inDays = ({ platform }: Means, days: number) =>
  new Date(platform.clock().getTime() + days * dayMs).toISOString();

const open: LotMade = { state: "open" };
const collecting: LotMade = { state: "collecting" };
const composed: LotMade = { state: "composed", composition: "approved", contract: "signed" };
const delivered: LotMade = { ...composed, delivered: "confirmed" };

/** Of a lot that is made for this try. */
const ofLot =
  (made: LotMade, body?: object): Written =>
  async (attempt, means) => ({
    params: await newLot(attempt, means, made),
    query: {},
    ...(body ? { body } : {}),
  });
const pledged = { amount: { amount: 100, unit: "kg" } };

/** Whom a service passes on: of the buyer its contact person. */
const saidBy = ({ role, rows }: Try) => (role === "service" ? { personId: rows["contactId"] ?? "" } : {});
/** The organization's people speak for the organizer, a provider's for the buyer, as whoever is passed on. */
const sideOf = ({ role, own }: Try) =>
  role === "service" || (own && (role === "staff" || role === "owner" || role === "agent"))
    ? "buyer"
    : "organizer";

/** Of harvest lots, by operation. */
export const lotsWritten: Readonly<Record<string, Written>> = {
  "POST /api/brokering/lots": (attempt, means) => ({
    body: {
      organizer: organizerOf(attempt),
      title: "Cacao seco de diciembre",
      crop: "cacao",
      cropState: "dry",
      minimumKg: 100,
      maximumKg: 1000,
      points: [{ name: "Acopio", districtCode: attempt.rows["districtCode"] }],
      pledgeUntil: inDays(means, 7),
      collectFrom: inDays(means, 8).slice(0, 10),
      collectUntil: inDays(means, 20).slice(0, 10),
    },
  }),
  "GET /api/brokering/lots": ({ rows }) => ({ query: { personId: rows["personId"] ?? "" } }),
  "GET /api/brokering/lots/:lotId": ofLot(open),
  "POST /api/brokering/lots/:lotId/extension": async (attempt, means) => ({
    params: await newLot(attempt, means, open),
    body: { pledgeUntil: inDays(means, 10) },
  }),
  "POST /api/brokering/lots/:lotId/closing": ofLot(open),
  "POST /api/brokering/lots/:lotId/cancellation": ofLot(open),
  "GET /api/brokering/lots/:lotId/invitees": ofLot(open),
  "POST /api/brokering/lots/:lotId/pledges": async (attempt, means) => ({
    params: await newLot(attempt, means, { ...open, empty: true, openToNeighbours: true }),
    body: { personId: attempt.rows["personId"], ...pledged },
  }),
  "GET /api/brokering/lots/:lotId/pledges": ofLot(open),
  "GET /api/brokering/people/:personId/pledges": () => ({ query: {} }),
  "GET /api/brokering/pledges/:pledgeId": ofLot(open),
  "POST /api/brokering/pledges/:pledgeId/change": ofLot(open, pledged),
  "POST /api/brokering/pledges/:pledgeId/withdrawal": ofLot(open),
  "POST /api/brokering/pledges/:pledgeId/confirmation": ofLot(
    { ...open, unconfirmed: true },
    { accepted: true },
  ),
  "POST /api/brokering/pledges/:pledgeId/receipts": async (attempt, means) => {
    const params = await newLot(attempt, means, collecting);
    return { params, body: { ...pledged, pointId: params["pointId"] } };
  },
  "POST /api/brokering/receipts/:receiptId/correction": ofLot(collecting, { ...pledged, note: "Mal pesado" }),
  "POST /api/brokering/pledges/:pledgeId/quality": ofLot(collecting, {
    results: { moisturePercent: 7 },
    measuredOn: "2026-11-20",
  }),
  "POST /api/brokering/pledges/:pledgeId/certificates": ofLot(collecting, { certificates: ["organic"] }),
  "POST /api/brokering/pledges/:pledgeId/carrying": async (attempt, means) => {
    const left: LotMade = { state: "composed", composition: "approved", left: 10_000 };
    const { pledgeId = "" } = await newLot(attempt, means, left);
    const { lotId = "" } = await newLot(attempt, means, { ...collecting, empty: true });
    return { params: { pledgeId }, body: { lotId } };
  },
  "POST /api/brokering/lots/:lotId/compositions": ofLot(collecting),
  "GET /api/brokering/lots/:lotId/compositions": ofLot({ ...collecting, composition: "proposed" }),
  "POST /api/brokering/compositions/:compositionId/decision": ofLot(
    { ...collecting, composition: "proposed" },
    { approve: true },
  ),
  "POST /api/brokering/lots/:lotId/quotes": async (attempt, means) => {
    const params = await newLot(attempt, means, { ...collecting, contract: "negotiating" });
    return {
      params,
      body: { as: "organizer", buyerId: params["buyerId"], terms: lotTerms, validUntil: inDays(means, 5) },
    };
  },
  "POST /api/brokering/lot-quotes/:quoteId/answer": ofLot(
    { ...collecting, contract: "negotiating", quotedBy: "buyer" },
    { accept: true },
  ),
  "POST /api/brokering/lot-contracts/:contractId/signature": async (attempt, means) => ({
    params: await newLot(attempt, means, { ...collecting, contract: "agreed", ofOrganization: true }),
    body: { as: sideOf(attempt), sign: true, ...saidBy(attempt) },
  }),
  "GET /api/brokering/lots/:lotId/contract": ofLot({ ...collecting, contract: "agreed" }),
  "POST /api/brokering/lots/:lotId/deliveries": async (attempt, means) => ({
    params: await newLot(attempt, means, { ...composed, ofOrganization: true }),
    body: { as: sideOf(attempt), kg: 100, deliveredOn: "2026-11-24" },
  }),
  // The buyer's people confirm: a broker has none.
  "POST /api/brokering/lot-deliveries/:deliveryId/answer": async (attempt, means) => ({
    params: await newLot(attempt, means, { ...composed, delivered: "recorded", ofOrganization: true }),
    body: { confirm: true, ...saidBy(attempt) },
  }),
  "POST /api/brokering/lots/:lotId/advances": async (attempt, means) => ({
    params: await newLot(attempt, means, collecting),
    body: { personId: attempt.rows["personId"], amountCentimos: 50_00 },
  }),
  "POST /api/brokering/lots/:lotId/settlements": ofLot(delivered),
  "GET /api/brokering/lots/:lotId/settlement": ofLot({ ...delivered, settlement: "proposed" }),
  "POST /api/brokering/settlements/:settlementId/decision": ofLot(
    { ...delivered, settlement: "proposed" },
    { approve: true },
  ),
  "GET /api/brokering/lots/:lotId/statements/:personId": ofLot({
    ...delivered,
    state: "settled",
    settlement: "approved",
  }),
  "GET /api/brokering/lots/premium-report": ({ rows }) => ({
    query: { organizationId: rows["organizationId"] ?? "", from: "2026-11-01", until: "2026-11-30" },
  }),
  "GET /api/brokering/lots/:lotId/trace": ofLot(composed),
  "GET /api/brokering/lots/:lotId/plots.geojson": ofLot(composed),
};
