import {
  contractSides,
  contractStates,
  lotQuoteStates,
  type ContractTerms,
} from "@minka/contracts/lot-contracts";
import { id, instant } from "@minka/database/columns";
import type { Quality } from "@minka/pooling/lot-instance";
import { sql } from "@minka/database/query";
import {
  bigint,
  check,
  date,
  index,
  integer,
  jsonb,
  pgSchema,
  text,
  uniqueIndex,
  uuid,
} from "@minka/database/table";
import { lots } from "./lots-tables.ts";

const schema = pgSchema("brokering");

const whole = (name: string) => bigint(name, { mode: "number" });

/** What organizer and buyer negotiate and sign. Once signed its terms are changed by nobody. */
export const lotContracts = schema.table(
  "lot_contracts",
  {
    id: id(),
    lotId: uuid("lot_id")
      .notNull()
      .references(() => lots.id),
    buyerId: uuid("buyer_id").notNull(),
    buyerName: text("buyer_name").notNull(),
    state: text("state", { enum: contractStates }).notNull(),
    terms: jsonb("terms").$type<ContractTerms>(),
    /** Of the organizer's people, who stands behind the terms, proposed or accepted: none of them signs. */
    makers: uuid("makers").array().notNull(),
    /** Null until the terms are accepted, and where that was before it was written down. */
    agreedAt: instant("agreed_at"),
    /** Who is asked by SMS for each side; others of it may sign too. */
    approverId: uuid("approver_id"),
    buyerPersonId: uuid("buyer_person_id"),
    signedByOrganizer: uuid("signed_by_organizer"),
    signedByOrganizerAt: instant("signed_by_organizer_at"),
    signedByBuyer: uuid("signed_by_buyer"),
    signedByBuyerAt: instant("signed_by_buyer_at"),
    /** Everybody behind a signature, also who acted in another's name: none of them gives the other one. */
    signers: uuid("signers").array().notNull().default([]),
    createdAt: instant("created_at").notNull(),
    trace: text("trace").notNull(),
  },
  (table) => [
    uniqueIndex("lot_contracts_one")
      .on(table.lotId)
      .where(sql`state <> 'ended'`),
    index("lot_contracts_buyer").on(table.buyerId, table.lotId),
    check(
      "lot_contracts_signed",
      sql`state <> 'signed' or (terms is not null and signed_by_organizer_at is not null and signed_by_buyer_at is not null)`,
    ),
  ],
);
export type LotContractRow = typeof lotContracts.$inferSelect;

/** What one side proposed to the other. */
export const lotQuotes = schema.table(
  "lot_quotes",
  {
    id: id(),
    contractId: uuid("contract_id")
      .notNull()
      .references(() => lotContracts.id),
    by: text("by", { enum: contractSides }).notNull(),
    state: text("state", { enum: lotQuoteStates }).notNull(),
    terms: jsonb("terms").$type<ContractTerms>().notNull(),
    makers: uuid("makers").array().notNull(),
    at: instant("at").notNull(),
    validUntil: instant("valid_until").notNull(),
  },
  (table) => [
    index("lot_quotes_contract").on(table.contractId, table.id),
    uniqueIndex("lot_quotes_one_open")
      .on(table.contractId)
      .where(sql`state = 'open'`),
  ],
);
export type LotQuoteRow = typeof lotQuotes.$inferSelect;

/** What reached the buyer, and what it is worth by the contract. */
export const lotDeliveries = schema.table(
  "lot_deliveries",
  {
    id: id(),
    lotId: uuid("lot_id")
      .notNull()
      .references(() => lots.id),
    contractId: uuid("contract_id")
      .notNull()
      .references(() => lotContracts.id),
    state: text("state", { enum: ["recorded", "confirmed", "disputed"] }).notNull(),
    recordedBy: text("recorded_by", { enum: contractSides }).notNull(),
    /** Who wrote it down: none of them confirms it. */
    makers: uuid("makers").array().notNull().default([]),
    grams: whole("grams").notNull(),
    womenGrams: whole("women_grams").notNull(),
    quality: jsonb("quality").$type<Quality>().notNull(),
    centimosPerKg: integer("centimos_per_kg").notNull(),
    valueCentimos: whole("value_centimos").notNull(),
    womenPremiumCentimos: whole("women_premium_centimos").notNull(),
    deliveredOn: date("delivered_on", { mode: "string" }).notNull(),
    at: instant("at").notNull(),
    answeredAt: instant("answered_at"),
  },
  (table) => [
    index("lot_deliveries_lot").on(table.lotId, table.id),
    check("lot_deliveries_women", sql`women_grams between 0 and grams`),
  ],
);
export type LotDeliveryRow = typeof lotDeliveries.$inferSelect;
