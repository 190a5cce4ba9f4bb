import { newId } from "@minka/database/new-id";
import { newPayment, newPool, organizerOf } from "./make-pool.ts";
import type { Means, Try, Written } from "./tries.ts";
import type { Rows } from "./world.ts";

type PoolMade = Parameters<typeof newPool>[2];

const dayMs = 24 * 60 * 60 * 1000;
const inDays = ({ platform }: Means, days: number) =>
  new Date(platform.clock().getTime() + days * dayMs).toISOString();

const open: PoolMade = { state: "open" };
/** Nobody quotes any more: also who sells in it reads what was quoted. */
const allQuoted: PoolMade = { state: "asking_members", order: "asked" };
const ordered: PoolMade = { state: "ordered", order: "final" };
const brought: PoolMade = { ...ordered, claimed: true };

/** Of a purchase that is made for this try. */
const ofPool =
  (made: PoolMade, body?: object, query?: Record<string, string>): Written =>
  async (attempt, means) => ({
    params: await newPool(attempt, means, made),
    ...(body ? { body } : {}),
    ...(query ? { query } : {}),
  });

/** Members' to a purchase. */
const invitation: Written = async (attempt, means) => {
  const { poolId = "" } = await newPool(attempt, means, open);
  return { params: { kind: "pool", id: poolId } };
};

/** A service says whose word it passes on. */
const saidBy = ({ role, rows }: Try): Rows =>
  role === "service" ? { personId: rows["personId"] ?? "" } : {};

/** Of joint purchases, what is paid and delivered of them, and what is looked for; by operation. */
export const poolsWritten: Readonly<Record<string, Written>> = {
  "POST /api/brokering/pools": (attempt, means) => ({
    body: {
      organizer: organizerOf(attempt),
      title: "Urea 46%, sacos de 50 kg",
      product: "urea",
      pack: { amount: 50, unit: "kg" },
      districts: [attempt.rows["districtCode"]],
      deadline: inDays(means, 7),
      minimumPacks: 10,
      points: [{ name: "Local comunal", districtCode: attempt.rows["districtCode"] }],
    },
  }),
  "GET /api/brokering/pools": () => ({ query: {} }),
  "GET /api/brokering/pools/:poolId": ofPool(open, undefined, {}),
  "POST /api/brokering/pools/:poolId/cancellation": ofPool(open, { reason: "Nadie trae camión" }),
  "POST /api/brokering/pools/:poolId/decision": ofPool(
    { state: "undecided", order: "confirmed" },
    { decision: "cancel" },
  ),
  "GET /api/brokering/invitations/:kind/:id": invitation,
  "POST /api/brokering/invitations/:kind/:id/reminders": invitation,
  "POST /api/brokering/pools/:poolId/orders": async (attempt, means) => {
    const { poolId = "" } = await newPool(
      { ...attempt, rows: { ...attempt.rows, personId: newId() } },
      means,
      {
        ...open,
        ofOrganization: true,
      },
    );
    return { params: { poolId }, body: { personId: attempt.rows["personId"], packs: 4 } };
  },
  "GET /api/brokering/pools/:poolId/orders": ofPool(open, undefined, {}),
  "GET /api/brokering/pool-orders/:orderId": ofPool(open),
  "PUT /api/brokering/pool-orders/:orderId": ofPool(open, { packs: 6, maximumPacks: 8 }),
  "POST /api/brokering/pool-orders/:orderId/leaving": ofPool(open),
  "POST /api/brokering/pool-orders/:orderId/answer": ofPool(
    { state: "asking_members", order: "asked" },
    { accepted: true },
  ),
  "GET /api/brokering/people/:personId/pool-orders": () => ({ query: {} }),
  "GET /api/brokering/people/:personId/joinable-pools": () => ({ query: {} }),
  "GET /api/brokering/people/:personId/debts": () => ({}),
  "POST /api/brokering/pools/:poolId/quotes": async (attempt, means) => {
    const { poolId = "", pointId = "" } = await newPool(attempt, means, open);
    return {
      params: { poolId },
      body: {
        providerId: attempt.rows["providerId"],
        tiers: [{ minimumPacks: 1, priceCentimos: 100_00 }],
        deliveryCentimos: { [pointId]: 50_00 },
        validUntil: inDays(means, 30),
      },
    };
  },
  "GET /api/brokering/pools/:poolId/quotes": ofPool(allQuoted, undefined, {}),
  "POST /api/brokering/pools/:poolId/suppliers": async (attempt, means) => ({
    params: await newPool(attempt, means, open),
    body: { providerId: attempt.rows["providerId"] },
  }),
  "GET /api/brokering/pools/:poolId/suppliers": ofPool(open),
  "GET /api/brokering/providers/:providerId/pools": () => ({ query: {} }),
  "GET /api/brokering/pools/:poolId/awards": ofPool(allQuoted),
  "GET /api/brokering/pool-awards/:awardId": ofPool(allQuoted),
  "POST /api/brokering/pool-awards/:awardId/approval": ofPool({ state: "proposed", ofOrganization: true }),
  "POST /api/brokering/pool-awards/:awardId/sending-back": ofPool(
    { state: "proposed" },
    { reason: "El precio es muy alto", next: { do: "cancel" } },
  ),
  "POST /api/brokering/pool-awards/:awardId/supplies/:quoteId/answer": ofPool(
    { state: "asking_suppliers" },
    { confirmed: true },
  ),
  "POST /api/brokering/payments": async (attempt, means) => {
    const { orderId } = await newPool(attempt, means, { ...ordered, ofOrganization: true });
    const subject = { kind: "pool-order", id: orderId };
    return { body: { subject, amountCentimos: 10_00, method: "cash", ...saidBy(attempt) } };
  },
  "GET /api/brokering/payments": ({ rows }) => ({ query: { personId: rows["personId"] ?? "" } }),
  "GET /api/brokering/payments/:paymentId": async (attempt, means) => {
    const { orderId = "" } = await newPool(attempt, means, ordered);
    const params = await newPayment(attempt, means, { subjectId: orderId, to: "organizer" });
    return { params, query: saidBy(attempt) };
  },
  "POST /api/brokering/payments/:paymentId/answer": async (attempt, means) => {
    const { orderId = "" } = await newPool(attempt, means, ordered);
    const params = await newPayment(attempt, means, { subjectId: orderId, to: "person" });
    return { params, body: { received: true, ...saidBy(attempt) } };
  },
  "POST /api/brokering/payments/:paymentId/cancellation": async (attempt, means) => {
    const { orderId = "" } = await newPool(attempt, means, ordered);
    const params = await newPayment(attempt, means, { subjectId: orderId, to: "organizer" });
    return { params, body: saidBy(attempt) };
  },
  "GET /api/brokering/payment-accounts/:kind/:id": async (attempt, means) => {
    const { orderId = "" } = await newPool(attempt, means, ordered);
    return { params: { kind: "pool-order", id: orderId }, query: saidBy(attempt) };
  },
  "GET /api/brokering/pools/:poolId/deliveries": ofPool(ordered, undefined, {}),
  "PUT /api/brokering/pool-deliveries/:deliveryId": ofPool(ordered, { day: "2026-12-10" }),
  "POST /api/brokering/pool-deliveries/:deliveryId/arrival": ofPool(ordered),
  "POST /api/brokering/pool-deliveries/:deliveryId/absence": ofPool(ordered),
  "GET /api/brokering/pools/:poolId/packing-list": ofPool(ordered, undefined, {}),
  "GET /api/brokering/pool-orders/:orderId/receipts": async (attempt, means) => ({
    params: await newPool(attempt, means, ordered),
    query: saidBy(attempt),
  }),
  "POST /api/brokering/pool-receipts/:receiptId/answer": async (attempt, means) => ({
    params: await newPool(attempt, means, brought),
    body: { packs: 2, ...saidBy(attempt) },
  }),
  "GET /api/brokering/pool-deliveries/:deliveryId/claims": ofPool(brought),
  "POST /api/brokering/pool-deliveries/:deliveryId/claims/answer": ofPool(
    { ...brought, ofOrganization: true },
    { answer: { do: "credit" } },
  ),
  "GET /api/brokering/pools/:poolId/report": ofPool(ordered),
  "GET /api/brokering/pools/:poolId/report/file": ofPool(ordered, undefined, { part: "members" }),
  "GET /api/brokering/demand": ({ role, rows }) => {
    const asked = role === "broker" ? "organizationId" : "providerId";
    return { query: { [asked]: rows[asked] ?? "" } };
  },
};
