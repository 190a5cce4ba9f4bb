import { equipmentProducts, inputProducts, packUnits } from "@minka/domain/vocabulary";
import { z } from "zod";
import { poolOrderFlags, poolOrderReasons } from "./brokering-reasons.ts";
import { districtCode, instantText, page, pageQuery, reason } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { codesOf } from "./reason-codes.ts";

/**
 * A joint purchase. `open`: people join and suppliers quote until the deadline; `closed`: it is over and the award is
 * being computed; `proposed`: a second person of the organization has to approve the award; `asking_suppliers` and
 * `asking_members`: they confirm; `undecided`: members left twice, the organizer says whether to go on;
 * `completed`: what was ordered came, and is paid.
 */
export const poolStates = [
  "open",
  "closed",
  "proposed",
  "asking_suppliers",
  "asking_members",
  "undecided",
  "ordered",
  "completed",
  "cancelled",
] as const;
export type PoolState = (typeof poolStates)[number];

/** Whose pool it is: an organization's brokers and managers, or a provider's people, act for it. */
export const organizerKinds = ["organization", "provider"] as const;

/** Neighbours: whoever lives in the pool's districts, in another organization or in none. */
export const poolJoiners = ["members", "members_and_neighbours"] as const;

/** What becomes of a pool that has fewer packs than its minimum at the deadline. */
export const minimumRules = ["extend", "smaller", "cancel"] as const;

/** `by_point`: who fetches at a point shares what bringing it there costs; `by_pack`: all share all of it. */
export const deliveryShares = ["by_point", "by_pack"] as const;

/** Why a pool ended without an order. */
export const poolCancelCauses = [
  "organizer",
  "minimum_missed",
  "no_quote",
  "nobody_joined",
  "undecided",
] as const;

export const poolProducts = [...inputProducts, ...equipmentProducts] as const;
export type PoolProduct = (typeof poolProducts)[number];

const product = z.enum(poolProducts);
const centimos = z.int().min(0).describe("Céntimos of a sol (PEN)");
const pack = z
  .object({ amount: z.number().min(0.01).max(100_000), unit: z.enum(packUnits) })
  .describe("What one pack holds: 50 kg, 1 liter, 1 piece");
const title = z.string().trim().min(3).max(80);
const tier = z.object({
  minimumPacks: z.int().describe("From so many packs of all together on"),
  priceCentimos: z.int().describe("A pack"),
});

export const poolPoint = z.object({
  id: z.uuid(),
  name: z.string(),
  districtCode,
});

const organizer = z.object({ kind: z.enum(organizerKinds), id: z.uuid() });

/** What is told of a pool before it opens, and again by whoever reads it. */
const terms = {
  title: title.describe("As people read it: Urea 46%, sacos de 50 kg"),
  product,
  pack,
  districts: z.array(districtCode).min(1).max(50).describe("For whom it is"),
  deadline: instantText.describe("Until when one joins and quotes: 1 to 90 days from now"),
  minimumPacks: z.int().min(1).max(1_000_000).describe("Without which it does not come about"),
  split: z.boolean().describe("Several suppliers may share it where that is cheaper"),
  sealed: z
    .boolean()
    .describe("Until the deadline nobody but a supplier itself sees its quote; else all see tiers, no names"),
  deliveryShared: z.enum(deliveryShares),
  feeCentimosPerPack: z
    .int()
    .min(0)
    .max(100_000)
    .describe("What the organizer asks for each pack, on top of goods and delivery: all see it"),
  joiners: z.enum(poolJoiners).describe("Of a provider's pool everybody in its districts"),
  whenMissed: z
    .enum(minimumRules)
    .describe(
      "When the minimum is missed: extend it once by `extendDays`, the best smaller purchase there is, or cancel",
    ),
  extendDays: z.int().min(1).max(30).describe("By how many days it is extended"),
  confirmHours: z
    .int()
    .min(12)
    .max(168)
    .describe("Hours that members have to confirm the final price: never without an evening and a dawn"),
};

/** What a pack costs now, and how far the next price is. */
export const priceNow = z.object({
  priceCentimos: z
    .int()
    .nullable()
    .describe("A pack, landed, at what is known now, with the fee; null while nobody sells so few"),
  from: z
    .enum(["quotes", "offers"])
    .describe(
      "`offers`: the quotes are sealed, and this is what the suppliers publish for everybody, without delivery",
    ),
  next: z
    .object({ missingPacks: z.int(), priceCentimos: z.int() })
    .nullable()
    .describe("So many packs more, and all pay this"),
});
export type PriceNow = z.output<typeof priceNow>;

const standing = {
  id: z.uuid(),
  state: z.enum(poolStates),
  organizer: organizer.extend({ name: z.string() }),
  ...terms,
  points: z.array(poolPoint).describe("Where it is delivered"),
  extended: z.int().describe("How often the deadline was put off"),
  openedAt: instantText,
  orderedAt: instantText.nullable(),
  packs: z.int().describe("That are wanted so far"),
  people: z.int().nullable().describe("Who want them; null under five"),
  price: priceNow.nullable().describe("Null while nothing is known, and after the deadline"),
};

/** A pool as everybody may see it in a list. */
export const listedPool = z.object(standing);

/** One line of what a person wants and gets. */
export const poolOrderStates = ["joined", "left", "asked", "confirmed", "out", "final"] as const;
export type PoolOrderState = (typeof poolOrderStates)[number];

/**
 * What one person wants of a pool. `asked`: is to confirm the final price; `out`: gets nothing, and `reasons` say why;
 * `final`: ordered, with what it costs.
 */
export const poolOrder = z.object({
  id: z.uuid(),
  poolId: z.uuid(),
  personId: z.uuid(),
  pointId: z.uuid(),
  state: z.enum(poolOrderStates),
  minimumPacks: z.int(),
  packs: z.int().describe("Wanted"),
  maximumPacks: z.int(),
  agreedPriceCentimos: z
    .int()
    .nullable()
    .describe("A pack, landed: what they were last told when they joined, changed or said yes"),
  placedBy: z
    .uuid()
    .nullable()
    .describe("Who entered it for them: a broker, an operator or who acts for them; null: themself"),
  flags: z.array(reason).describe(codesOf("What a broker should look at.", poolOrderFlags)),
  joinedAt: instantText,
  changedAt: instantText,
  award: z
    .object({
      packs: z.int(),
      goodsCentimos: centimos,
      deliveryCentimos: centimos,
      feeCentimos: centimos,
      totalCentimos: centimos,
      priceCentimos: z.int().describe("A pack, landed, rounded up"),
    })
    .nullable()
    .describe("What they would get or get: from when the price is asked about"),
  reasons: z.array(reason).describe(codesOf("Why they get what they get.", poolOrderReasons)),
  confirmBy: instantText.nullable().describe("Until when they say whether they agree with the price"),
});
export type PoolOrder = z.output<typeof poolOrder>;

export const pool = z.object({
  ...standing,
  order: poolOrder.nullable().describe("The asker's own"),
  tiers: z
    .array(
      z.object({
        tiers: z.array(tier),
        deliveryCentimos: z.record(z.string(), z.int()).describe("By point, where it delivers"),
        organizersOwn: z.boolean().describe("The organizer sells this itself"),
      }),
    )
    .nullable()
    .describe("What suppliers quote, without their names; null of sealed ones until none can be made anew"),
  organizerQuotes: z.boolean().describe("The organizer is among the suppliers: who joins should know"),
  quotes: z.int().nullable().describe("How many have quoted: for the organizer"),
  awardId: z.uuid().nullable().describe("Of the newest award: for the organizer"),
  answerBy: instantText.nullable().describe("Until when suppliers or members are waited for"),
  cancelled: z.object({ cause: z.enum(poolCancelCauses), reason: z.string().nullable() }).nullable(),
});
export type Pool = z.output<typeof pool>;

export const poolParams = z.object({ poolId: z.uuid() });
const base = "/api/brokering/pools";
export const poolStep = z.object({ poolId: z.uuid(), state: z.enum(poolStates) });
export const openPool = endpoint({
  service: "brokering",
  method: "POST",
  path: base,
  summary:
    "Open a joint purchase: a broker or manager of an organization (of a group of neighbours, any member), or an agent's or supplier's people. Suppliers that fit are invited, and members told.",
  access: ["person", "operator"],
  body: z.object({
    organizer,
    ...terms,
    points: z
      .array(z.object({ name: z.string().trim().min(2).max(60), districtCode }))
      .min(1)
      .max(30)
      .describe("Where it is delivered"),
    split: terms.split.default(true),
    sealed: terms.sealed.default(true),
    deliveryShared: terms.deliveryShared.default("by_point"),
    feeCentimosPerPack: terms.feeCentimosPerPack.default(0),
    joiners: terms.joiners.default("members_and_neighbours"),
    whenMissed: terms.whenMissed.default("smaller"),
    extendDays: terms.extendDays.default(7),
    confirmHours: terms.confirmHours.default(24),
  }),
  answer: poolStep,
  status: 201,
});

export const listPools = endpoint({
  service: "brokering",
  method: "GET",
  path: base,
  summary:
    "Joint purchases that are open to everybody of a district, the next deadline first. With `organizerId`, all of an organizer's, the newest first, for its people and operators.",
  access: ["anyone"],
  query: z.object({
    districtCode: districtCode.optional(),
    product: product.optional(),
    organizerId: z.uuid().optional(),
    state: z.enum(poolStates).optional().describe("Only with `organizerId`"),
    ...pageQuery,
  }),
  answer: page(listedPool),
});

export const readPool = endpoint({
  service: "brokering",
  method: "GET",
  path: `${base}/:poolId`,
  summary:
    "A joint purchase for who may join it, its organizer, its suppliers and operators: price now, how near the next price is, and their own order.",
  access: ["person", "operator", "service"],
  params: poolParams,
  query: z.object({ personId: z.uuid().optional().describe("For whom a service asks") }),
  answer: z.object({ pool }),
});

export const cancelPool = endpoint({
  service: "brokering",
  method: "POST",
  path: `${base}/:poolId/cancellation`,
  summary: "The organizer calls it off, with a reason that everybody in it is told, until it is ordered.",
  access: ["person", "operator"],
  params: poolParams,
  body: z.object({ reason: z.string().trim().min(3).max(200) }),
  answer: poolStep,
});

export const decidePool = endpoint({
  service: "brokering",
  method: "POST",
  path: `${base}/:poolId/decision`,
  summary:
    "After members have left in two rounds: the organizer goes on with those who remain, or calls it off. Nobody is bound to a price above the one they agreed to: they are asked once more.",
  access: ["person", "operator"],
  params: poolParams,
  body: z.object({ decision: z.enum(["go_on", "cancel"]) }),
  answer: poolStep,
});

export const poolEndpoints = [openPool, listPools, readPool, cancelPool, decidePool];
