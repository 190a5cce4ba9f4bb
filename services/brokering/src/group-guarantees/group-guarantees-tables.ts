import { guaranteeStates, guarantorStates } from "@minka/contracts/group-guarantees";
import { id, instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import { index, integer, pgSchema, text, uniqueIndex, uuid } from "@minka/database/table";
import { credits } from "../credits/credits-tables.ts";

const schema = pgSchema("brokering");

/** At least three people answer for a credit, each for an equal share. */
export const guarantees = schema.table(
  "group_guarantees",
  {
    id: id(),
    creditId: uuid("credit_id")
      .notNull()
      .references(() => credits.id),
    state: text("state", { enum: guaranteeStates }).notNull(),
    createdAt: instant("created_at").notNull(),
    trace: text("trace").notNull(),
  },
  (table) => [
    uniqueIndex("group_guarantees_open")
      .on(table.creditId)
      .where(sql`state in ('gathering', 'standing', 'called')`),
  ],
);
export type GuaranteeRow = typeof guarantees.$inferSelect;

export const guarantors = schema.table(
  "guarantors",
  {
    id: id(),
    guaranteeId: uuid("guarantee_id")
      .notNull()
      .references(() => guarantees.id),
    /** Null for a phone at which Minka knows nobody. */
    personId: uuid("person_id"),
    centimos: integer("centimos").notNull(),
    state: text("state", { enum: guarantorStates }).notNull(),
    askedAt: instant("asked_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    trace: text("trace").notNull(),
  },
  (table) => [
    uniqueIndex("guarantors_once").on(table.guaranteeId, table.personId),
    index("guarantors_person").on(table.personId, table.id),
    index("guarantors_due")
      .on(table.expiresAt)
      .where(sql`state = 'asked'`),
  ],
);
export type GuarantorRow = typeof guarantors.$inferSelect;
