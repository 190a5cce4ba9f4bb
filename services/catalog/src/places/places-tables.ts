import { sql } from "@minka/database/query";
import { doublePrecision, index, integer, pgSchema, text } from "@minka/database/table";

const schema = pgSchema("catalog");

/** Hamlets, villages and towns as the statistics office lists them; an import replaces them all. */
export const places = schema.table(
  "places",
  {
    number: integer("number").primaryKey().generatedAlwaysAsIdentity(),
    districtCode: text("district_code").notNull(),
    name: text("name").notNull(),
    latitude: doublePrecision("latitude").notNull(),
    longitude: doublePrecision("longitude").notNull(),
    /** The name as it is compared: without accents, case and spaces, and as it sounds. */
    plain: text("plain").notNull(),
    sound: text("sound").notNull(),
  },
  (table) => [
    // A province is a stretch of its districts' codes.
    index("places_district").on(table.districtCode),
    index("places_plain").on(sql`plain text_pattern_ops`),
    index("places_sound").on(table.sound),
  ],
);
export type PlaceRow = typeof places.$inferSelect;
