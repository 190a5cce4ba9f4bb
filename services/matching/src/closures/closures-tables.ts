import { closureReasons } from "@minka/contracts/closures";
import { id, instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import { date, index, pgSchema, text, uuid } from "@minka/database/table";

const schema = pgSchema("matching");

/** Places that nobody gets to until a day, as somebody who knows said. */
export const closures = schema.table(
  "closures",
  {
    id: id(),
    /** INEI code of a region, a province or a district. */
    area: text("area").notNull(),
    /** One hamlet of the district; null: the whole area. */
    placeName: text("place_name"),
    /** The last day, in Lima. */
    until: date("until", { mode: "string" }).notNull(),
    reason: text("reason", { enum: closureReasons }).notNull(),
    /** Whose manager said it; null for an operator. */
    organizationId: uuid("organization_id"),
    closedBy: text("closed_by").notNull(),
    closedAt: instant("closed_at").notNull(),
    /** When it was said to be open again, before its day. */
    openedAt: instant("opened_at"),
  },
  (table) => [
    index("closures_standing")
      .on(table.until)
      .where(sql`opened_at is null`),
  ],
);
export type ClosureRow = typeof closures.$inferSelect;
