import { z } from "zod";
import { districtCode, instantText, limaDay, sumCentimos } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { event } from "./event.ts";
import { poolParams } from "./pools.ts";

/** `missed`: its day is over and nothing came; what was to come is claimed of the supplier. */
export const deliveryStates = ["planned", "brought", "missed"] as const;

/**
 * `waiting` until it was brought; `asked` whether all came; `all`; `some`; `unclear`: not all came, and how much is not
 * said yet; `silent`: nobody answered in time, which counts as all.
 */
export const receiptStates = ["waiting", "asked", "all", "some", "unclear", "silent"] as const;
export type ReceiptState = (typeof receiptStates)[number];

/** What is wrong with packs: `short` are missing, the others came and are not as they should be. */
export const claimReasons = [
  "short",
  "damaged",
  "expired",
  "wrong_product",
  "wrong_pack",
  "bad_quality",
] as const;
export type ClaimReason = (typeof claimReasons)[number];

/**
 * `promised`: the supplier brings it on a day; `credited` off its invoice; `brought` afterwards; `renewed`: it did not
 * come on that day either, and is claimed anew.
 */
export const claimStates = ["open", "promised", "credited", "brought", "renewed"] as const;
export type ClaimState = (typeof claimStates)[number];

const packs = z.int().min(0);

/** What one supplier brings to one point on one day. */
export const poolDelivery = z.object({
  id: z.uuid(),
  poolId: z.uuid(),
  providerId: z.uuid(),
  providerName: z.string(),
  pointId: z.uuid(),
  pointName: z.string(),
  districtCode,
  part: z.int().describe("1 is the order itself, later ones bring what was missing"),
  packs,
  day: limaDay.nullable().describe("Null until somebody says it"),
  state: z.enum(deliveryStates),
  broughtAt: instantText.nullable(),
  openClaims: z.int().describe("Shortages and complaints that the supplier has not answered"),
});
export type PoolDelivery = z.output<typeof poolDelivery>;

/** What one member gets of one delivery. */
export const poolReceipt = z.object({
  id: z.uuid(),
  orderId: z.uuid(),
  delivery: poolDelivery.omit({ openClaims: true, packs: true }),
  packs: packs.describe("That should come"),
  cameSound: packs.nullable().describe("That came as they should; null until it is said"),
  state: z.enum(receiptStates),
  answerBy: instantText.nullable().describe("Until when silence is not taken for a yes"),
  claims: z.array(
    z.object({
      id: z.uuid(),
      reason: z.enum(claimReasons),
      packs,
      state: z.enum(claimStates),
      bringOn: limaDay.nullable(),
      creditCentimos: sumCentimos.nullable().describe("What is off the member's due"),
    }),
  ),
});
export type PoolReceipt = z.output<typeof poolReceipt>;

const people = ["person", "operator"] as const;
const whoever = ["person", "operator", "service"] as const;
const params = z.object({ deliveryId: z.uuid() });
const base = "/api/brokering/pool-deliveries";
const delivery = z.object({ delivery: poolDelivery });

export const listPoolDeliveries = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/pools/:poolId/deliveries",
  summary: "Who brings how much where and when: all for the organizer's people, its own for a supplier's.",
  access: people,
  params: poolParams,
  query: z.object({ providerId: z.uuid().optional().describe("For which supplier its people ask") }),
  answer: z.object({ deliveries: z.array(poolDelivery) }),
});

export const setDeliveryDay = endpoint({
  service: "brokering",
  method: "PUT",
  path: `${base}/:deliveryId`,
  summary:
    "The organizer or the supplier says on which day it comes, or on which other: members who get something of it are told.",
  access: people,
  params,
  body: z.object({ day: limaDay.describe("From today on, within 180 days") }),
  answer: delivery,
});

export const markDeliveryBrought = endpoint({
  service: "brokering",
  method: "POST",
  path: `${base}/:deliveryId/arrival`,
  summary:
    "It is at the point: each member who gets something of it is asked whether all came. 409 `delivery-not-due` before its day: say the new day first.",
  access: people,
  params,
  answer: delivery,
});

export const markDeliveryMissed = endpoint({
  service: "brokering",
  method: "POST",
  path: `${base}/:deliveryId/absence`,
  summary:
    "The organizer says that nothing came, once the day is over (where none was said, ten days after the order): what was to come is claimed of the supplier for each member, whose silence means nothing here. Also where the supplier said that it came, while no member has. 409 `delivery-not-due` before.",
  access: people,
  params,
  answer: delivery,
});

export const readPackingList = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/pools/:poolId/packing-list",
  summary: "Who gets how many packs of whom at each point, with names: for the organizer's people.",
  access: people,
  params: poolParams,
  query: z.object({ pointId: z.uuid().optional().describe("Of this point alone") }),
  answer: z.object({
    title: z.string(),
    points: z.array(
      z.object({
        pointId: z.uuid(),
        name: z.string(),
        districtCode,
        packs,
        deliveries: z.array(
          poolDelivery.pick({
            id: true,
            providerName: true,
            part: true,
            packs: true,
            day: true,
            state: true,
          }),
        ),
        lines: z.array(
          z.object({
            orderId: z.uuid(),
            personId: z.uuid(),
            name: z.string().nullable().describe("Null: erased, or not said"),
            packs,
            of: z.array(z.object({ deliveryId: z.uuid(), packs, state: z.enum(receiptStates) })),
            owedCentimos: sumCentimos.describe("What they have still to pay"),
          }),
        ),
      }),
    ),
  }),
});

export const listPoolReceipts = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/pool-orders/:orderId/receipts",
  summary:
    "What comes for one order, of whom and when, and what came: for who joined and the organizer's people.",
  access: whoever,
  params: z.object({ orderId: z.uuid() }),
  query: z.object({
    personId: z.uuid().optional().describe("Who asks: given by services alone"),
  }),
  answer: z.object({ receipts: z.array(poolReceipt) }),
});

export const answerPoolReceipt = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/pool-receipts/:receiptId/answer",
  summary:
    "The member says how many packs came and what is wrong with them. What is missing or wrong goes to the supplier. Silence for five days counts as all; until the purchase is completed it may still be said. Once the day is over it may be said though nobody has said that it came.",
  access: whoever,
  params: z.object({ receiptId: z.uuid() }),
  body: z.object({
    packs: packs.max(1_000_000).describe("That came, good or bad"),
    complaints: z
      .array(z.object({ reason: z.enum(claimReasons).exclude(["short"]), packs: packs.min(1) }))
      .max(5)
      .default([])
      .describe("Of those that came: at most all of them, each reason once"),
    personId: z.uuid().optional().describe("Who said it: given by services alone"),
  }),
  answer: z.object({ receipt: poolReceipt }),
});

export const listDeliveryClaims = endpoint({
  service: "brokering",
  method: "GET",
  path: `${base}/:deliveryId/claims`,
  summary:
    "What was missing or wrong of a delivery, without names: for its supplier's and the organizer's people.",
  access: people,
  params,
  answer: z.object({
    claims: z.array(
      z.object({
        id: z.uuid(),
        reason: z.enum(claimReasons),
        packs,
        state: z.enum(claimStates),
        bringOn: limaDay.nullable(),
        creditCentimos: sumCentimos.nullable().describe("What is off the supplier's invoice"),
        raisedAt: instantText,
      }),
    ),
  }),
});

export const answerDeliveryClaims = endpoint({
  service: "brokering",
  method: "POST",
  path: `${base}/:deliveryId/claims/answer`,
  summary:
    "The supplier brings what was missing or wrong on a day, or takes it off its invoice: off what members pay too, to the céntimo.",
  access: people,
  params,
  body: z.object({
    claimIds: z.array(z.uuid()).min(1).max(500).optional().describe("All that are open unless said"),
    answer: z.discriminatedUnion("do", [
      z.object({ do: z.literal("bring"), day: limaDay.describe("From today on, within 180 days") }),
      z.object({ do: z.literal("credit") }),
    ]),
  }),
  answer: z.object({
    claims: z.int().describe("That were answered"),
    packs,
    creditCentimos: sumCentimos.nullable().describe("Off the invoice"),
    deliveryId: z.uuid().nullable().describe("Of the delivery that brings the rest"),
  }),
});

/** Nobody says whether a delivery came, or answers what was missing of it, though reminded: an operator has to look. */
export const deliveryUnattended = event({
  name: "delivery.unattended",
  emitter: "brokering",
  subscribers: ["notifications"],
  payload: z.object({
    deliveryId: z.uuid(),
    personIds: z.array(z.uuid()).describe("Who can say more, the one who is silent first"),
  }),
});

export const poolDeliveryEvents = [deliveryUnattended];

export const poolDeliveryEndpoints = [
  listPoolDeliveries,
  setDeliveryDay,
  markDeliveryBrought,
  markDeliveryMissed,
  readPackingList,
  listPoolReceipts,
  answerPoolReceipt,
  listDeliveryClaims,
  answerDeliveryClaims,
];
