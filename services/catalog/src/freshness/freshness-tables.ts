import { freshnessStages } from "@minka/contracts/freshness";
import { instant } from "@minka/database/columns";
import { date, index, integer, pgSchema, text, uuid } from "@minka/database/table";
import { offers } from "../tables.ts";

const schema = pgSchema("catalog");

/**
 * How long published offers of verified providers have gone unconfirmed. What happens after how many days is a
 * setting of those who look here, so that a changed setting holds for every offer at once.
 */
export const freshness = schema.table(
  "freshness",
  {
    offerId: uuid("offer_id")
      .primaryKey()
      .references(() => offers.id),
    stage: text("stage", { enum: freshnessStages }).notNull(),
    confirmedOn: date("confirmed_on", { mode: "string" }).notNull(),
    /** The question is due so many days after this; null when it is not to be asked again. */
    askFrom: instant("ask_from"),
    /** How often and when last, since it was confirmed. */
    asked: integer("asked").notNull(),
    askedAt: instant("asked_at"),
  },
  (table) => [
    index("freshness_aging").on(table.stage, table.confirmedOn),
    index("freshness_asks").on(table.askFrom),
  ],
);

/** On which day somebody was last asked about an offer: once a day is enough for anybody. */
export const askedPeople = schema.table("asked_people", {
  personId: uuid("person_id").primaryKey(),
  lastAskedOn: date("last_asked_on", { mode: "string" }).notNull(),
});
