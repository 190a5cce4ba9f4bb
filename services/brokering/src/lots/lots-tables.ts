import {
  lotCrops,
  lotFairness,
  lotStates,
  organizerKinds,
  type LotDemand,
  type UsedConversion,
} from "@minka/contracts/lots";
import type { purchaseQuality } from "@minka/contracts/offer-terms";
import { id, instant } from "@minka/database/columns";
import { certificates, cropStates } from "@minka/domain/vocabulary";
import { sql } from "@minka/database/query";
import {
  bigint,
  boolean,
  check,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSchema,
  text,
  uuid,
} from "@minka/database/table";
import type { z } from "zod";

const schema = pgSchema("brokering");

const grams = (name: string) => bigint(name, { mode: "number" });

/** What a lot waits for somebody to do. */
export const lotWaits = [
  "signature", // the terms are agreed, and a side has not signed
  "composition", // all was to be brought by now, and nothing is composed
  "composition-decision", // proposed, and nobody has approved it
  "buyer", // composed, and no contract is signed
  "delivery", // signed, the time to deliver is over, and nothing has reached the buyer
  "delivery-answer", // the organizer wrote down what came, and the buyer has not said whether it is so
  "settlement", // delivered, and not settled
  "settlement-decision", // proposed, and nobody has approved it
] as const;
export type LotWait = (typeof lotWaits)[number];

/** What follows a silence, in this order. */
export const waitSteps = ["reminded", "called"] as const;
export type WaitStep = (typeof waitSteps)[number];

/** Pooled harvest. Its row is the lock for its pledges and for all that is decided on it. */
export const lots = schema.table(
  "lots",
  {
    id: id(),
    state: text("state", { enum: lotStates }).notNull(),
    organizerKind: text("organizer_kind", { enum: organizerKinds }).notNull(),
    organizerId: uuid("organizer_id").notNull(),
    /** A group of neighbours: any of its members speaks for it. */
    organizerIsGroup: boolean("organizer_is_group").notNull(),
    /** As members read it. */
    organizerName: text("organizer_name").notNull(),
    title: text("title").notNull(),
    crop: text("crop", { enum: lotCrops }).notNull(),
    cropState: text("crop_state", { enum: cropStates }).notNull(),
    minimumGrams: grams("minimum_grams").notNull(),
    maximumGrams: grams("maximum_grams").notNull(),
    limits: jsonb("limits").$type<z.output<typeof purchaseQuality>>().notNull(),
    certificates: text("certificates", { enum: certificates }).array().notNull(),
    minimumWomenSharePercent: doublePrecision("minimum_women_share_percent").notNull(),
    pledgeUntil: instant("pledge_until").notNull(),
    /** Days in Lima, both included. */
    collectFrom: date("collect_from", { mode: "string" }).notNull(),
    collectUntil: date("collect_until", { mode: "string" }).notNull(),
    fairness: text("fairness", { enum: lotFairness }).notNull(),
    parts: boolean("parts").notNull(),
    minimumPartGrams: grams("minimum_part_grams").notNull(),
    feeCentimosPerKg: integer("fee_centimos_per_kg").notNull(),
    feePercent: doublePrecision("fee_percent").notNull(),
    expectedCentimosPerKg: integer("expected_centimos_per_kg"),
    /** Every factor of the crop, with whose it is. */
    conversions: jsonb("conversions").$type<UsedConversion[]>().notNull(),
    openToNeighbours: boolean("open_to_neighbours").notNull(),
    /** The buyer's offer as it was when the lot was opened. */
    demand: jsonb("demand").$type<LotDemand>(),
    buyerId: uuid("buyer_id"),
    /** How many receipts were written: the next has the number after. */
    receipts: integer("receipts").notNull().default(0),
    /** When members who had not answered were last reminded, and how many. */
    remindedAt: instant("reminded_at"),
    remindedPeople: integer("reminded_people"),
    openedAt: instant("opened_at").notNull(),
    settledAt: instant("settled_at"),
    /** When somebody looks next whether it waits for anybody; null: at once. */
    lookAt: instant("look_at"),
    /** What it was last found to wait for, since when, and what of that silence has followed. */
    waitsFor: text("waits_for", { enum: lotWaits }),
    waitsSince: instant("waits_since"),
    waitStep: text("wait_step", { enum: waitSteps }),
    waitStepAt: instant("wait_step_at"),
    /** Since when members may take home what nobody has composed; null: not yet. */
    freeSince: instant("free_since"),
    trace: text("trace").notNull(),
  },
  (table) => [
    check("lots_volume", sql`minimum_grams between 1 and maximum_grams`),
    index("lots_organizer").on(table.organizerId, table.id),
    index("lots_buyer").on(table.buyerId, table.id),
    index("lots_deadline")
      .on(table.pledgeUntil)
      .where(sql`state = 'open'`),
    index("lots_look")
      .on(table.lookAt)
      .where(sql`state in ('open', 'collecting', 'composed')`),
  ],
);
export type LotRow = typeof lots.$inferSelect;

/** Where members bring their harvest. */
export const lotPoints = schema.table(
  "lot_points",
  {
    id: id(),
    lotId: uuid("lot_id")
      .notNull()
      .references(() => lots.id),
    name: text("name").notNull(),
    districtCode: text("district_code").notNull(),
    pickupCentimos: integer("pickup_centimos").notNull(),
    collectsOn: date("collects_on", { mode: "string" }),
  },
  (table) => [index("lot_points_lot").on(table.lotId, table.id)],
);
