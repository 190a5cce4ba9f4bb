import { reminderHours } from "@minka/contracts/invitations";
import { newId } from "@minka/database/new-id";
import { insertRows, Json } from "./insert-rows.ts";
import type { Means, Try } from "./tries.ts";
import type { Rows } from "./world.ts";

const hourMs = 60 * 60 * 1000;
const packs = 2;
const price = 100_00;

type OrderState = "joined" | "asked" | "confirmed" | "final";
type PoolMade = {
  readonly state: "open" | "proposed" | "asking_suppliers" | "asking_members" | "undecided" | "ordered";
  readonly order?: OrderState;
  /** Whoever the role is, the organization's. */
  readonly ofOrganization?: boolean;
  /** Else quotes are open until the deadline. */
  readonly sealed?: boolean;
  /** Of what was brought, what is missing. */
  readonly claimed?: boolean;
};

/** Staff and agents arrange for their provider, whoever else for their organization. */
export function organizerOf({ role, own, rows }: Try): { kind: "organization" | "provider"; id: string } {
  const isProvider = own && (role === "staff" || role === "owner" || role === "agent");
  return isProvider
    ? { kind: "provider", id: rows["providerId"] ?? "" }
    : { kind: "organization", id: rows["organizationId"] ?? "" };
}

/**
 * A joint purchase that somebody else opened, with an order of the rows' person, the quote of the rows' provider, and
 * as far as it has come the award, the invoice, the delivery and what came.
 */
export async function newPool(attempt: Try, means: Means, made: PoolMade): Promise<Rows> {
  const { rows } = attempt;
  const { state, order = "joined", ofOrganization = false, claimed = false } = made;
  const [poolId, pointId, orderId, quoteId, awardId] = [newId(), newId(), newId(), newId(), newId()];
  const [invoiceId, deliveryId, receiptId, claimId] = [newId(), newId(), newId(), newId()];
  const organizer = organizerOf(ofOrganization ? { ...attempt, own: false } : attempt);
  const at = means.platform.clock();
  const later = new Date(at.getTime() + 48 * hourMs);
  const isAwarded = state !== "open";
  const isOrdered = state === "ordered";
  const trace = "rights-test";
  const providerId = rows["providerId"] ?? "";
  const contactId = rows["contactId"] ?? newId();
  const money = {
    packs,
    goodsCentimos: packs * price,
    deliveryCentimos: 0,
    feeCentimos: 0,
    totalCentimos: packs * price,
  };
  const supply = { packs, goodsCentimos: packs * price, deliveryCentimos: 0 };
  await insertRows(means, [
    [
      "pools",
      {
        id: poolId,
        organizerKind: organizer.kind,
        organizerId: organizer.id,
        organizerName: "Asociación",
        organizerIsGroup: false,
        makers: [newId()],
        state,
        title: "Urea 46%",
        product: "urea",
        packAmount: 50,
        packUnit: "kg",
        districts: [rows["districtCode"]],
        joiners: "members_and_neighbours",
        deadline: isAwarded ? new Date(at.getTime() - hourMs) : later,
        minimumPacks: 1,
        split: true,
        sealed: made.sealed ?? isAwarded,
        deliveryShared: "by_point",
        feeCentimosPerPack: 0,
        whenMissed: "smaller",
        extendDays: 7,
        confirmHours: 24,
        people: 1,
        packs,
        mostPacks: packs,
        nextAt: isOrdered ? null : later,
        awardId: isAwarded ? awardId : null,
        suppliersInvitedAt: at,
        openedAt: new Date(at.getTime() - reminderHours * hourMs),
        // So long ago that what was ordered should have come.
        orderedAt: isOrdered ? new Date(at.getTime() - 11 * 24 * hourMs) : null,
        trace,
      },
    ],
    ["pool_points", { id: pointId, poolId, name: "Local comunal", districtCode: rows["districtCode"] }],
    [
      "pool_suppliers",
      { poolId, providerId, providerName: "Proveedor", personId: contactId, found: true, invitedAt: at },
    ],
    [
      "pool_orders",
      {
        id: orderId,
        poolId,
        personId: rows["personId"],
        pointId,
        state: order,
        minimumPacks: packs,
        packs,
        maximumPacks: packs,
        agreedPriceCentimos: price,
        joinedAt: at,
        changedAt: at,
        confirmBy: order === "asked" ? later : null,
        ...(order === "final"
          ? {
              finalPacks: packs,
              goodsCentimos: money.goodsCentimos,
              deliveryCentimos: 0,
              feeCentimos: 0,
              totalCentimos: money.totalCentimos,
            }
          : {}),
        trace,
      },
    ],
    [
      "pool_quotes",
      {
        id: quoteId,
        poolId,
        providerId,
        providerName: "Proveedor",
        personId: contactId,
        version: 1,
        state: "standing",
        tiers: new Json([{ minimumPacks: 1, priceCentimos: price }]),
        deliveryCentimos: new Json({ [pointId]: 0 }),
        casePacks: 1,
        validUntil: new Date(later.getTime() + 200 * hourMs),
        quotedAt: at,
      },
    ],
  ]);
  if (isAwarded)
    await insertRows(means, [
      [
        "pool_awards",
        {
          id: awardId,
          poolId,
          number: 1,
          state: state === "proposed" ? "proposed" : isOrdered ? "stands" : "approved",
          cause: "deadline",
          ...money,
          toleranceUsed: false,
          makers: [newId()],
          proposedAt: at,
        },
      ],
      ["pool_award_orders", { awardId, orderId, ...money, reasons: new Json([]) }],
      [
        "pool_supplies",
        {
          id: newId(),
          awardId,
          quoteId,
          providerId,
          personId: contactId,
          state: state === "proposed" ? "waiting" : state === "asking_suppliers" ? "asked" : "confirmed",
          tierPriceCentimos: price,
          ...supply,
          points: new Json({ [pointId]: packs }),
          answerBy: state === "asking_suppliers" ? later : null,
        },
      ],
    ]);
  if (isOrdered)
    await insertRows(means, [
      [
        "pool_invoices",
        {
          id: invoiceId,
          poolId,
          awardId,
          quoteId,
          providerId,
          ...supply,
          totalCentimos: packs * price,
          at,
        },
      ],
      [
        "pool_deliveries",
        {
          id: deliveryId,
          poolId,
          invoiceId,
          pointId,
          part: 1,
          packs,
          state: claimed ? "brought" : "planned",
          broughtAt: claimed ? at : null,
        },
      ],
      [
        "pool_receipts",
        { id: receiptId, deliveryId, orderId, packs, state: claimed ? "some" : "waiting", trace },
      ],
      ...(claimed
        ? [
            [
              "pool_claims",
              { id: claimId, receiptId, reason: "short", packs: 1, state: "open", raisedAt: at },
            ] as const,
          ]
        : []),
    ]);
  return { poolId, pointId, orderId, quoteId, awardId, deliveryId, receiptId, claimId, invoiceId };
}

type PaymentMade = { readonly subjectId: string; readonly to: "person" | "organizer" };

/** Money for an order that waits for the word of who receives it: written down by the other side. */
export async function newPayment(attempt: Try, means: Means, { subjectId, to }: PaymentMade): Promise<Rows> {
  const paymentId = newId();
  const organizer = organizerOf(attempt);
  const person = { kind: "person", id: attempt.rows["personId"] };
  const [payer, receiver] = to === "person" ? [organizer, person] : [person, organizer];
  const at = means.platform.clock();
  await insertRows(means, [
    [
      "payments",
      {
        id: paymentId,
        subjectKind: "pool-order",
        subjectId,
        payerKind: payer.kind,
        payerId: payer.id,
        receiverKind: receiver.kind,
        receiverId: receiver.id,
        amountCentimos: 10_00,
        back: to === "person",
        deposit: false,
        method: "cash",
        operationNumber: null,
        paidOn: "2026-11-24",
        state: "recorded",
        recordedAs: "payer",
        recordedBy: [newId()],
        recordedAt: at,
        flags: new Json([]),
        trace: "rights-test",
      },
    ],
  ]);
  return { paymentId };
}
