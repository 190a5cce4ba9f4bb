import type { weightsByKind } from "@minka/contracts/weights";
import { instant } from "@minka/database/columns";
import { integer, jsonb, pgSchema, text } from "@minka/database/table";
import type { z } from "zod";

const schema = pgSchema("matching");

/** All that ever ranked: a new version replaces the last one and changes none. */
export const weightSets = schema.table("weight_sets", {
  version: integer("version").primaryKey(),
  at: instant("at").notNull(),
  by: text("by").notNull(),
  weights: jsonb("weights").$type<z.output<typeof weightsByKind>>().notNull(),
  /** By INEI prefix: how much longer the way takes than its kilometres. */
  travelFactors: jsonb("travel_factors").$type<Readonly<Record<string, number>>>().notNull(),
  note: text("note").notNull(),
});
export type WeightSetRow = typeof weightSets.$inferSelect;
