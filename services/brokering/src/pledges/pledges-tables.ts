import type { Reason } from "@minka/contracts/common";
import type { FarmPlot } from "@minka/contracts/farm-facts";
import { measures, pledgeStates } from "@minka/contracts/lot-pledges";
import type { UsedConversion } from "@minka/contracts/lots";
import { id, instant } from "@minka/database/columns";
import { harvestUnits } from "@minka/domain/harvest-weights";
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
  primaryKey,
  text,
  unique,
  uuid,
} from "@minka/database/table";
import { lotPoints, lots } from "../lots/lots-tables.ts";

const schema = pgSchema("brokering");

const grams = (name: string) => bigint(name, { mode: "number" });

/** What one member offers to a lot: once it is weighed, a contribution. */
export const pledges = schema.table(
  "pledges",
  {
    id: id(),
    lotId: uuid("lot_id")
      .notNull()
      .references(() => lots.id),
    personId: uuid("person_id").notNull(),
    state: text("state", { enum: pledgeStates }).notNull(),
    /** As it was said. */
    amount: doublePrecision("amount").notNull(),
    unit: text("unit", { enum: harvestUnits }).notNull(),
    cropState: text("crop_state", { enum: cropStates }).notNull(),
    /** In the lot's state. */
    grams: grams("grams").notNull(),
    conversions: jsonb("conversions").$type<UsedConversion[]>().notNull(),
    variety: text("variety"),
    certificates: text("certificates", { enum: certificates }).array().notNull(),
    pointId: uuid("point_id").references(() => lotPoints.id),
    flags: jsonb("flags").$type<Reason[]>().notNull(),
    /** False while somebody else wrote it down and the person has not agreed. */
    confirmed: boolean("confirmed").notNull(),
    pledgedAt: instant("pledged_at").notNull(),
    /** In the lot's state; null until something is weighed. */
    weighedGrams: grams("weighed_grams"),
    /** Of the approved composition. */
    takenGrams: grams("taken_grams"),
    leftGrams: grams("left_grams"),
    leftBecause: jsonb("left_because").$type<Reason>(),
    /** Of what was left, what other lots have got. */
    carriedGrams: grams("carried_grams").notNull().default(0),
    carriedFrom: uuid("carried_from"),
    trace: text("trace").notNull(),
  },
  (table) => [
    index("pledges_lot").on(table.lotId, table.id),
    index("pledges_person").on(table.personId, table.id),
    check("pledges_weight", sql`grams > 0`),
    check("pledges_carried", sql`carried_grams <= coalesce(left_grams, 0)`),
  ],
);
export type PledgeRow = typeof pledges.$inferSelect;

/**
 * The plots where a pledge grew, as profiles knew them when they were last read: afterwards somebody may correct or give
 * up a plot, and what was sold still came from there.
 */
export const pledgePlots = schema.table(
  "pledge_plots",
  {
    pledgeId: uuid("pledge_id")
      .notNull()
      .references(() => pledges.id, { onDelete: "cascade" }),
    plotId: uuid("plot_id").notNull(),
    /** Null once the person holds it no more, unless it had been read before. */
    plot: jsonb("plot").$type<FarmPlot>(),
    gone: boolean("gone").notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.pledgeId, table.plotId] })],
);

/** What a scale showed. A correction is a receipt of its own, so that both stay readable. */
export const receipts = schema.table(
  "lot_receipts",
  {
    id: id(),
    lotId: uuid("lot_id")
      .notNull()
      .references(() => lots.id),
    pledgeId: uuid("pledge_id")
      .notNull()
      .references(() => pledges.id),
    /** Within the lot, from 1. */
    number: integer("number").notNull(),
    grams: grams("grams").notNull(),
    cropState: text("crop_state", { enum: cropStates }).notNull(),
    lotGrams: grams("lot_grams").notNull(),
    conversions: jsonb("conversions").$type<UsedConversion[]>().notNull(),
    pointId: uuid("point_id")
      .notNull()
      .references(() => lotPoints.id),
    weighedBy: uuid("weighed_by"),
    weighedAt: instant("weighed_at").notNull(),
    correctedAt: instant("corrected_at"),
    corrects: integer("corrects"),
    note: text("note"),
  },
  (table) => [
    unique("lot_receipts_number").on(table.lotId, table.number),
    index("lot_receipts_pledge").on(table.pledgeId, table.id),
    check("lot_receipts_weight", sql`grams > 0`),
  ],
);
export type ReceiptRow = typeof receipts.$inferSelect;

/** One result of one measurement; the one that was not replaced holds. */
export const qualityResults = schema.table(
  "quality_results",
  {
    id: id(),
    pledgeId: uuid("pledge_id")
      .notNull()
      .references(() => pledges.id),
    measure: text("measure", { enum: measures }).notNull(),
    value: doublePrecision("value").notNull(),
    measuredOn: date("measured_on", { mode: "string" }).notNull(),
    laboratory: text("laboratory"),
    measuredBy: uuid("measured_by"),
    recordedAt: instant("recorded_at").notNull(),
    replacedAt: instant("replaced_at"),
  },
  (table) => [index("quality_results_pledge").on(table.pledgeId, table.id)],
);
export type QualityRow = typeof qualityResults.$inferSelect;
