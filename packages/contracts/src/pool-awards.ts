import { z } from "zod";
import { instantText, reason } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { poolParams, poolStates, poolStep } from "./pools.ts";

/**
 * `proposed`: a second person has to approve it; `approved`: suppliers and members are asked; `stands`: it was ordered;
 * `sent_back`, `replaced`: another one takes its place, or the pool ended.
 */
export const awardStates = ["proposed", "approved", "stands", "sent_back", "replaced"] as const;

/** What led to it. */
export const awardCauses = ["deadline", "sent_back", "supplier_declined", "members_left", "go_on"] as const;

const centimos = z.int().min(0).describe("Céntimos of a sol (PEN)");

/** `asked` until it says yes or no in time. Who confirmed more is not asked about less. */
export const supplyStates = ["waiting", "asked", "confirmed", "declined", "silent"] as const;

export const poolSupply = z.object({
  quoteId: z.uuid(),
  providerId: z.uuid(),
  providerName: z.string(),
  organizersOwn: z.boolean().describe("The organizer sells this itself"),
  state: z.enum(supplyStates),
  packs: z.int(),
  tierPriceCentimos: z.int().describe("A pack"),
  goodsCentimos: centimos,
  deliveryCentimos: centimos,
  totalCentimos: centimos.describe("What its invoice says"),
  points: z.record(z.string(), z.int()).describe("Packs by the point's id"),
  answerBy: instantText.nullable(),
});

export const poolAward = z.object({
  id: z.uuid(),
  poolId: z.uuid(),
  number: z.int().describe("From 1; a later one replaces it"),
  state: z.enum(awardStates),
  cause: z.enum(awardCauses),
  packs: z.int(),
  goodsCentimos: centimos,
  deliveryCentimos: centimos,
  feeCentimos: centimos,
  totalCentimos: centimos.describe("Of members: the suppliers' invoices and the fee, to the céntimo"),
  toleranceUsed: z.boolean(),
  proposedAt: instantText,
  makers: z
    .array(z.uuid())
    .describe("Who opened the pool or had it computed anew: somebody else approves it"),
  approvedBy: z.uuid().nullable(),
  approvedAt: instantText.nullable(),
  sentBackReason: z.string().nullable(),
  suppliers: z.array(poolSupply),
  orders: z.array(
    z.object({
      orderId: z.uuid(),
      personId: z.uuid(),
      packs: z.int(),
      goodsCentimos: centimos,
      deliveryCentimos: centimos,
      feeCentimos: centimos,
      totalCentimos: centimos,
      reasons: z.array(reason),
    }),
  ),
});
export type PoolAward = z.output<typeof poolAward>;

const params = z.object({ awardId: z.uuid() });
const base = "/api/brokering/pool-awards";

export const readPoolAward = endpoint({
  service: "brokering",
  method: "GET",
  path: `${base}/:awardId`,
  summary:
    "Who delivers how much where, and what each order gets and pays and why: for the organizer's people. 403 `quotes-sealed` as with quotes.",
  access: ["person", "operator"],
  params,
  answer: z.object({ award: poolAward }),
});

export const listPoolAwards = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/pools/:poolId/awards",
  summary: "The awards of a pool without their lines, the newest first: for the organizer's people.",
  access: ["person", "operator"],
  params: poolParams,
  answer: z.object({ awards: z.array(poolAward.omit({ suppliers: true, orders: true })) }),
});

export const approvePoolAward = endpoint({
  service: "brokering",
  method: "POST",
  path: `${base}/:awardId/approval`,
  summary:
    "A second broker or manager (of a group, another member) approves the award, and its suppliers are asked. 403 `own-proposal` for who opened the pool or had it computed anew.",
  access: ["person", "operator"],
  params,
  answer: poolStep,
});

export const sendBackPoolAward = endpoint({
  service: "brokering",
  method: "POST",
  path: `${base}/:awardId/sending-back`,
  summary:
    "The organizer does not take the award, and says why and what then: computed anew without some suppliers, more time, or the end.",
  access: ["person", "operator"],
  params,
  body: z.object({
    reason: z.string().trim().min(3).max(200),
    next: z.discriminatedUnion("do", [
      z.object({ do: z.literal("recompute"), withoutQuoteIds: z.array(z.uuid()).max(50).default([]) }),
      z.object({ do: z.literal("extend"), days: z.int().min(1).max(30) }),
      z.object({ do: z.literal("cancel") }),
    ]),
  }),
  answer: poolStep,
});

export const answerSupply = endpoint({
  service: "brokering",
  method: "POST",
  path: `${base}/:awardId/supplies/:quoteId/answer`,
  summary:
    "A supplier of an approved award says that it delivers, or that it does not: then the award is made without it and approved again. Silence until `answerBy` is a no.",
  access: ["person", "operator"],
  params: params.extend({ quoteId: z.uuid() }),
  body: z.object({
    confirmed: z.boolean(),
    reason: z.string().trim().min(3).max(200).optional(),
  }),
  answer: z.object({ poolId: z.uuid(), state: z.enum(poolStates) }),
});

export const poolAwardEndpoints = [
  listPoolAwards,
  readPoolAward,
  approvePoolAward,
  sendBackPoolAward,
  answerSupply,
];
