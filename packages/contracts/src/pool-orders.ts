import { z } from "zod";
import { districtCode, page, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { listedPool, poolOrder, poolParams, poolProducts } from "./pools.ts";

/** More is a slip of the pen; long before that an order is flagged. */
export const mostOrderPacks = 100_000;

const packs = z.int().min(1).max(mostOrderPacks);

/** A tolerance lets packs be filled and tiers be reached: at most half of what is wanted, up or down. */
const wish = {
  packs: packs.describe("Wanted"),
  minimumPacks: packs
    .optional()
    .describe("The fewest that will do: at least half of `packs`; `packs` unless said"),
  maximumPacks: packs
    .optional()
    .describe("The most that will do: at most half as many again as `packs`; `packs` unless said"),
  pointId: z
    .uuid()
    .optional()
    .describe("Where it is fetched; the nearest to the person's district unless said"),
};

const params = z.object({ orderId: z.uuid() });
const answer = z.object({ order: poolOrder });
const who = ["person", "operator", "service"] as const;

export const joinPool = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/pools/:poolId/orders",
  summary:
    "Join a joint purchase: a person for themself, or the organizer's broker for them, which they are told. One order a person; who left may join again. At the deadline's instant 409 `pool-closed`.",
  access: who,
  params: poolParams,
  body: z.object({ personId: z.uuid().describe("Who joins"), ...wish }),
  answer,
  status: 201,
});

export const changeOrder = endpoint({
  service: "brokering",
  method: "PUT",
  path: "/api/brokering/pool-orders/:orderId",
  summary: "Want more, fewer or elsewhere, until the deadline: who joined, or the organizer's broker.",
  access: who,
  params,
  body: z.object(wish),
  answer,
});

export const leavePool = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/pool-orders/:orderId/leaving",
  summary: "Leave a joint purchase, until the deadline. Later the final price is agreed to or not.",
  access: who,
  params,
  answer,
});

export const answerPoolOrder = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/pool-orders/:orderId/answer",
  summary:
    "Say yes or no to the final price: the person themself. Who says nothing stays in unless the price is above the one they were told when they joined. 409 `changed-meanwhile` where it is another than they read.",
  access: ["person", "operator"],
  params,
  body: z.object({
    accepted: z.boolean(),
    totalCentimos: z.int().optional().describe("Of the award that they read and answer to"),
  }),
  answer,
});

export const readPoolOrder = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/pool-orders/:orderId",
  summary: "One order, for who joined and the organizer's brokers.",
  access: who,
  params,
  answer,
});

export const listPoolOrders = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/pools/:poolId/orders",
  summary:
    "Who wants how much, in the order of joining, with names and no phones: for the organizer's people.",
  access: ["person", "operator"],
  params: poolParams,
  query: z.object({ ...pageQuery }),
  answer: page(poolOrder.extend({ name: z.string().nullable().describe("Null: erased, or not said") })),
});

const mine = z.object({ order: poolOrder, pool: listedPool });

export const listOwnPoolOrders = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/people/:personId/pool-orders",
  summary: "The joint purchases that a person is or was in, the newest first.",
  access: who,
  params: z.object({ personId: z.uuid() }),
  query: z.object({ ...pageQuery }),
  answer: page(mine),
});

export const listJoinablePools = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/people/:personId/joinable-pools",
  summary:
    "Open joint purchases that a person may join or is in, and those in which they are asked to confirm a price: what a message about one may mean, and what a person may choose from, with the price now. The next deadline first, 20 at most.",
  access: who,
  params: z.object({ personId: z.uuid() }),
  query: z.object({
    product: z.enum(poolProducts).optional().describe("`fertilizer` finds every fertilizer"),
    districtCode: districtCode.optional().describe("Where they are now; their own district unless said"),
  }),
  answer: z.object({ pools: z.array(listedPool.extend({ order: poolOrder.nullable() })) }),
});

export const poolOrderEndpoints = [
  joinPool,
  listPoolOrders,
  readPoolOrder,
  changeOrder,
  leavePool,
  answerPoolOrder,
  listOwnPoolOrders,
  listJoinablePools,
];
