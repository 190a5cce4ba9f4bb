import type { Reason } from "@minka/contracts/common";
import { compositionStates } from "@minka/contracts/lot-compositions";
import { id, instant } from "@minka/database/columns";
import type { Quality } from "@minka/pooling/lot-instance";
import { sql } from "@minka/database/query";
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "@minka/database/table";
import { pledges } from "../pledges/pledges-tables.ts";
import { lots } from "./lots-tables.ts";

const schema = pgSchema("brokering");

const whole = (name: string) => bigint(name, { mode: "number" });

/** What was proposed to make up a lot, and decided on. */
export const compositions = schema.table(
  "lot_compositions",
  {
    id: id(),
    lotId: uuid("lot_id")
      .notNull()
      .references(() => lots.id),
    state: text("state", { enum: compositionStates }).notNull(),
    grams: whole("grams").notNull(),
    averages: jsonb("averages").$type<Quality>().notNull(),
    womenSharePercent: doublePrecision("women_share_percent").notNull(),
    payCentimos: whole("pay_centimos").notNull(),
    pickupCentimos: whole("pickup_centimos").notNull(),
    netCentimos: whole("net_centimos").notNull(),
    proven: boolean("proven").notNull(),
    gapCentimos: whole("gap_centimos").notNull(),
    /** None of them approves it. */
    makers: uuid("makers").array().notNull(),
    /** Who is asked by SMS; others of the organizer may decide too. */
    approverId: uuid("approver_id"),
    proposedAt: instant("proposed_at").notNull(),
    decidedAt: instant("decided_at"),
  },
  (table) => [
    index("lot_compositions_lot").on(table.lotId, table.id),
    uniqueIndex("lot_compositions_one")
      .on(table.lotId)
      .where(sql`state in ('proposed', 'approved')`),
  ],
);
export type CompositionRow = typeof compositions.$inferSelect;

export const compositionLines = schema.table(
  "lot_composition_lines",
  {
    compositionId: uuid("composition_id")
      .notNull()
      .references(() => compositions.id),
    pledgeId: uuid("pledge_id")
      .notNull()
      .references(() => pledges.id),
    personId: uuid("person_id").notNull(),
    woman: boolean("woman").notNull(),
    offeredGrams: whole("offered_grams").notNull(),
    takenGrams: whole("taken_grams").notNull(),
    leftGrams: whole("left_grams").notNull(),
    centimosPerKg: integer("centimos_per_kg").notNull(),
    payCentimos: whole("pay_centimos").notNull(),
    reason: jsonb("reason").$type<Reason>(),
  },
  (table) => [primaryKey({ columns: [table.compositionId, table.pledgeId] })],
);
export type CompositionLineRow = typeof compositionLines.$inferSelect;
