import type { Holding } from "@minka/database/holdings";
import { sql } from "@minka/database/query";
import { weightSets } from "../ranking/ranking-tables.ts";
import { outcomeReports } from "../reports/reports-tables.ts";

/** What operators decided or kept, under their id: it stays, since others go by it. */
export const operatorHoldings: readonly Holding[] = [
  {
    table: weightSets,
    of: ({ personId }) => sql`${weightSets.by} like ${`person:${personId}%`}`,
    show: {
      section: "weights",
      columns: { version: weightSets.version, at: weightSets.at, note: weightSets.note },
    },
    erase: "keep",
  },
  {
    table: outcomeReports,
    of: ({ personId }) => sql`${outcomeReports.by} like ${`person:${personId}%`}`,
    show: { section: "reports", columns: { at: outcomeReports.at, title: outcomeReports.title } },
    erase: "keep",
  },
];
