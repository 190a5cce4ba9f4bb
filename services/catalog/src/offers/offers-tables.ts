import type { OfferTerms } from "@minka/contracts/offer-terms";
import { instant } from "@minka/database/columns";
import { integer, jsonb, pgSchema, primaryKey, text, uuid } from "@minka/database/table";
import { offers } from "../tables.ts";

const schema = pgSchema("catalog");

/** What an offer said at each of its versions: a match keeps the one it was made with. */
export const offerVersions = schema.table(
  "offer_versions",
  {
    offerId: uuid("offer_id")
      .notNull()
      .references(() => offers.id),
    version: integer("version").notNull(),
    terms: jsonb("terms").$type<OfferTerms>().notNull(),
    coverage: text("coverage").array().notNull(),
    /** From when it held. */
    since: instant("since").notNull(),
    /** Who wrote it. */
    by: text("by").notNull(),
  },
  (table) => [primaryKey({ columns: [table.offerId, table.version] })],
);
