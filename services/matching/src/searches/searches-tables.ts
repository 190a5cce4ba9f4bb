import { searchStages } from "@minka/contracts/matching";
import { id, instant } from "@minka/database/columns";
import { index, integer, jsonb, pgSchema, text, uuid } from "@minka/database/table";
import { requests } from "../tables.ts";

const schema = pgSchema("matching");

/** What each search for a request found, and why the rest was left out: what was tried, for whoever takes it over. */
export const searches = schema.table(
  "searches",
  {
    id: id(),
    requestId: uuid("request_id")
      .notNull()
      .references(() => requests.id),
    /** Of the list it was for. */
    round: integer("round").notNull(),
    stage: text("stage", { enum: searchStages }).notNull(),
    at: instant("at").notNull(),
    candidates: integer("candidates").notNull(),
    listed: integer("listed").notNull(),
    /** How many for which reason. */
    dropped: jsonb("dropped").$type<Readonly<Record<string, number>>>().notNull(),
    emptyBecause: text("empty_because"),
  },
  (table) => [index("searches_request").on(table.requestId, table.id)],
);
