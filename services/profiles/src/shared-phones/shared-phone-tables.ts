import { instant } from "@minka/database/columns";
import { index, pgSchema, primaryKey, text, uuid } from "@minka/database/table";
import { people } from "../tables.ts";

const schema = pgSchema("profiles");

/** The private word with which each of the people of one phone says who is writing. */
export const phoneWords = schema.table(
  "phone_words",
  {
    phone: text("phone").notNull(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id),
    /** Of the folded word, keyed: a word of five letters is guessed from a plain hash at once. */
    hash: text("hash").notNull(),
    setAt: instant("set_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.phone, table.personId] })],
);

/** Wrong words, which are counted for an hour. */
export const wordTries = schema.table(
  "word_tries",
  { phone: text("phone").notNull(), at: instant("at").notNull() },
  (table) => [index("word_tries_phone").on(table.phone, table.at)],
);
