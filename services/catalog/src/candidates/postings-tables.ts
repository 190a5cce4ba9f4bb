import { index, integer, pgSchema, primaryKey, text } from "@minka/database/table";

const schema = pgSchema("catalog");

/**
 * Where offers are looked for, in the numbers of `posting-codes.ts`: the first index holds all that a search
 * reads, in the order in which it wants it. No foreign key to `listings`, which is written with it and is
 * checked tens of times an offer for nothing.
 */
export const postings = schema.table(
  "postings",
  {
    range: integer("range").notNull(),
    place: integer("place").notNull(),
    number: integer("number").notNull(),
    bits: integer("bits").notNull(),
  },
  (table) => [
    index("postings_in_order").on(table.range, table.place, table.number, table.bits),
    index("postings_number").on(table.number),
  ],
);

/** How many listed offers serve a kind, crop and subject, wherever they are. */
export const supply = schema.table(
  "supply",
  {
    kind: text("kind").notNull(),
    crop: text("crop").notNull(),
    subject: text("subject").notNull(),
    offers: integer("offers").notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.crop, table.subject] })],
);
