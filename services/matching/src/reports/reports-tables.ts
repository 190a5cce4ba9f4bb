import type { ReportFigures } from "@minka/contracts/outcome-reports";
import { id, instant } from "@minka/database/columns";
import { date, jsonb, pgSchema, text } from "@minka/database/table";

const schema = pgSchema("matching");

/** Figures that somebody kept of a period, as they were then. Sums alone: nobody is in them. */
export const outcomeReports = schema.table("outcome_reports", {
  id: id(),
  at: instant("at").notNull(),
  title: text("title").notNull(),
  from: date("from_day", { mode: "string" }).notNull(),
  until: date("until_day", { mode: "string" }).notNull(),
  figures: jsonb("figures").$type<ReportFigures>().notNull(),
  by: text("by").notNull(),
});
