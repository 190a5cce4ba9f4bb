import { settlementStates } from "@minka/contracts/lot-settlements";
import { id, instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import {
  bigint,
  boolean,
  check,
  index,
  pgSchema,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "@minka/database/table";
import { lots } from "./lots-tables.ts";

const schema = pgSchema("brokering");

const whole = (name: string) => bigint(name, { mode: "number" });

/** What members get of what the buyer pays. The check is the last word: whatever a use case gets wrong. */
export const settlements = schema.table(
  "lot_settlements",
  {
    id: id(),
    lotId: uuid("lot_id")
      .notNull()
      .references(() => lots.id),
    state: text("state", { enum: settlementStates }).notNull(),
    contractCentimos: whole("contract_centimos").notNull(),
    grossCentimos: whole("gross_centimos").notNull(),
    premiumCentimos: whole("premium_centimos").notNull(),
    advanceCentimos: whole("advance_centimos").notNull(),
    feeCentimos: whole("fee_centimos").notNull(),
    creditCentimos: whole("credit_centimos").notNull(),
    netCentimos: whole("net_centimos").notNull(),
    makers: uuid("makers").array().notNull(),
    /** Who is asked by SMS; others of the organizer may decide too. */
    approverId: uuid("approver_id"),
    proposedAt: instant("proposed_at").notNull(),
    decidedAt: instant("decided_at"),
    trace: text("trace").notNull(),
  },
  (table) => [
    index("lot_settlements_lot").on(table.lotId, table.id),
    uniqueIndex("lot_settlements_one")
      .on(table.lotId)
      .where(sql`state <> 'rejected'`),
    check("lot_settlements_whole", sql`gross_centimos + premium_centimos = contract_centimos`),
    check(
      "lot_settlements_net",
      sql`net_centimos = contract_centimos - advance_centimos - fee_centimos - credit_centimos`,
    ),
  ],
);
export type SettlementRow = typeof settlements.$inferSelect;

/** One member's part. Whether it is a woman's stays with it: a premium has to be accounted for. */
export const settlementLines = schema.table(
  "lot_settlement_lines",
  {
    /** By which it is paid. */
    id: id(),
    settlementId: uuid("settlement_id")
      .notNull()
      .references(() => settlements.id),
    personId: uuid("person_id").notNull(),
    lotId: uuid("lot_id").notNull(),
    woman: boolean("woman").notNull(),
    grams: whole("grams").notNull(),
    grossCentimos: whole("gross_centimos").notNull(),
    premiumCentimos: whole("premium_centimos").notNull(),
    advanceCentimos: whole("advance_centimos").notNull(),
    feeCentimos: whole("fee_centimos").notNull(),
    creditCentimos: whole("credit_centimos").notNull(),
    carriedCentimos: whole("carried_centimos").notNull(),
    netCentimos: whole("net_centimos").notNull(),
  },
  (table) => [
    unique("lot_settlement_lines_once").on(table.settlementId, table.personId),
    index("lot_settlement_lines_person").on(table.personId, table.lotId),
    check(
      "lot_settlement_lines_net",
      sql`net_centimos = gross_centimos + premium_centimos - advance_centimos - fee_centimos - credit_centimos and net_centimos >= 0`,
    ),
  ],
);
export type SettlementLineRow = typeof settlementLines.$inferSelect;

/** Loans that a settlement repays: which of them, and how much. */
export const settlementCredits = schema.table(
  "lot_settlement_credits",
  {
    settlementId: uuid("settlement_id")
      .notNull()
      .references(() => settlements.id),
    creditId: uuid("credit_id").notNull(),
    personId: uuid("person_id").notNull(),
    centimos: whole("centimos").notNull(),
  },
  (table) => [primaryKey({ columns: [table.settlementId, table.creditId] })],
);

/** Money promised to a member before the settlement; what of it was paid is taken off there. */
export const lotAdvances = schema.table(
  "lot_advances",
  {
    id: id(),
    lotId: uuid("lot_id")
      .notNull()
      .references(() => lots.id),
    personId: uuid("person_id").notNull(),
    centimos: whole("centimos").notNull(),
    /** What settlements took off for it; null until one did, and where that was before it was written down. */
    takenCentimos: whole("taken_centimos"),
    promisedAt: instant("promised_at").notNull(),
  },
  (table) => [
    index("lot_advances_lot").on(table.lotId, table.personId),
    index("lot_advances_person").on(table.personId),
    check("lot_advances_something", sql`centimos > 0`),
    check("lot_advances_taken", sql`taken_centimos >= 0`),
  ],
);
export type LotAdvanceRow = typeof lotAdvances.$inferSelect;
