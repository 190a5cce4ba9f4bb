import { id, instant } from "@minka/database/columns";
import { areaUnits } from "@minka/domain/area-units";
import { harvestUnits } from "@minka/domain/harvest-weights";
import { crops, cropStates } from "@minka/domain/vocabulary";
import { sql } from "@minka/database/query";
import {
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  pgSchema,
  smallint,
  text,
  unique,
  uuid,
} from "@minka/database/table";
import { plots } from "../plots/plots-tables.ts";
import { people } from "../tables.ts";

const schema = pgSchema("profiles");

/** A crop's season on a plot, which is all its holders', or of a person where no plot is known. */
export const seasons = schema.table(
  "seasons",
  {
    id: id(),
    personId: uuid("person_id").references(() => people.id),
    plotId: uuid("plot_id").references(() => plots.id, { onDelete: "cascade" }),
    crop: text("crop", { enum: crops }).notNull(),
    year: smallint("year").notNull(),
    areaAmount: doublePrecision("area_amount"),
    areaUnit: text("area_unit", { enum: areaUnits }),
    squareMetres: integer("square_metres"),
    /** As it was said: what was weighed, and in which state. */
    amount: doublePrecision("amount"),
    unit: text("unit", { enum: harvestUnits }),
    state: text("state", { enum: cropStates }),
    organic: boolean("organic"),
    variety: text("variety"),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [
    check("seasons_of_one", sql`num_nonnulls(person_id, plot_id) = 1`),
    // The same harvest told twice would count twice.
    unique("seasons_once")
      .on(table.personId, table.plotId, table.crop, table.year, table.variety)
      .nullsNotDistinct(),
    index("seasons_plot").on(table.plotId),
  ],
);
