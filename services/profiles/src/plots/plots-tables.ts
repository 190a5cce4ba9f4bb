import { id, instant } from "@minka/database/columns";
import { areaUnits } from "@minka/domain/area-units";
import { landDocuments, tenures } from "@minka/domain/vocabulary";
import {
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  uuid,
} from "@minka/database/table";
import type { PlotGeometry } from "@minka/contracts/plots";
import { people } from "../tables.ts";

const schema = pgSchema("profiles");

export const plots = schema.table("plots", {
  id: id(),
  name: text("name"),
  districtCode: text("district_code"),
  /** As it was said; `square_metres` is derived from it. */
  areaAmount: doublePrecision("area_amount").notNull(),
  areaUnit: text("area_unit", { enum: areaUnits }).notNull(),
  squareMetres: integer("square_metres").notNull(),
  tenure: text("tenure", { enum: tenures }).notNull(),
  document: text("document", { enum: landDocuments }).notNull(),
  /** Degrees are texts in it, with every decimal that was given. */
  geometry: jsonb("geometry").$type<PlotGeometry>(),
  createdAt: instant("created_at").notNull(),
  updatedAt: instant("updated_at").notNull(),
});

/** Who holds a plot: all with the same rights, so that a couple both do. */
export const plotHolders = schema.table(
  "plot_holders",
  {
    plotId: uuid("plot_id")
      .notNull()
      .references(() => plots.id, { onDelete: "cascade" }),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id),
    since: instant("since").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.plotId, table.personId] }),
    index("plot_holders_person").on(table.personId, table.plotId),
  ],
);
