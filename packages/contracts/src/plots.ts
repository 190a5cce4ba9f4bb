import { areaUnits } from "@minka/domain/area-units";
import { harvestUnits } from "@minka/domain/harvest-weights";
import { cropStates, crops, landDocuments, tenures } from "@minka/domain/vocabulary";
import { z } from "zod";
import { districtCode, page, pageQuery, pointInPeru } from "./common.ts";
import { endpoint, fileAnswer } from "./endpoint.ts";

const personId = z.object({ personId: z.uuid() });
const plotId = personId.extend({ plotId: z.uuid() });

/**
 * A number would lose the zeros at its end, and with them how exactly it was measured: due diligence asks
 * for six decimals, so degrees travel and are kept as text.
 */
const degrees = z
  .string()
  .regex(/^-?\d{1,3}\.\d{6,15}$/, 'decimal degrees as text, six decimals or more, such as "-76.512340"');

const position = z
  .tuple([degrees, degrees])
  .refine(
    ([longitude, latitude]) =>
      pointInPeru.safeParse({ longitude: Number(longitude), latitude: Number(latitude) }).success,
    "lies outside Peru; longitude comes first",
  )
  .describe("Longitude, latitude");

export const plotGeometry = z.discriminatedUnion("type", [
  z.object({ type: z.literal("Point"), coordinates: position }),
  z.object({
    type: z.literal("Polygon"),
    coordinates: z
      .array(z.array(position).min(4).max(1_000))
      .length(1)
      .describe("One ring, whose last position is its first; above 4 hectares a polygon is demanded"),
  }),
]);
export type PlotGeometry = z.output<typeof plotGeometry>;

const area = z
  .object({ amount: z.number().positive().max(1_000_000_000), unit: z.enum(areaUnits) })
  .describe("As it was said: ha, m², yugada (2,700 m²) or topo (3,493 m²)");

const plotName = z.string().trim().min(1).max(60).nullable();
const tenure = z.enum(tenures);
const document = z.enum(landDocuments);
const coHolderIds = z
  .array(z.uuid())
  .max(10)
  .describe("Other registered people who hold it with the same rights, such as both of a couple");

const plot = z.object({
  id: z.uuid(),
  name: z.string().nullable(),
  districtCode: districtCode.nullable(),
  area: z.object({ amount: z.number(), unit: z.enum(areaUnits), squareMetres: z.int() }),
  tenure,
  document,
  /** Communal land is its community's: no lender may take it. */
  neverCollateral: z.boolean(),
  coHolderIds: z.array(z.uuid()),
  geometry: plotGeometry.nullable(),
});
export type Plot = z.output<typeof plot>;

export const listPlots = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/people/:personId/plots",
  summary: "Plots that a person holds, alone or with others, the latest entered first.",
  access: ["person", "operator"],
  params: personId,
  query: z.object(pageQuery),
  answer: page(plot),
});

export const addPlot = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/people/:personId/plots",
  summary: "Enter a plot of a person and of whoever holds it with them.",
  access: ["person", "operator"],
  params: personId,
  body: z.object({
    name: plotName.default(null),
    districtCode: districtCode.nullable().default(null),
    area,
    tenure,
    document: document.default("none"),
    coHolderIds: coHolderIds.default([]),
    geometry: plotGeometry.nullable().default(null),
  }),
  answer: z.object({ plot }),
  status: 201,
});

export const readPlot = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/people/:personId/plots/:plotId",
  summary: "One plot that a person holds.",
  access: ["person", "operator"],
  params: plotId,
  answer: z.object({ plot }),
});

export const changePlot = endpoint({
  service: "profiles",
  method: "PUT",
  path: "/api/profiles/people/:personId/plots/:plotId",
  summary:
    "Correct a plot; what is left out stays. Holders may be added, but nobody takes another's part away.",
  access: ["person", "operator"],
  params: plotId,
  body: z.object({
    name: plotName.optional(),
    districtCode: districtCode.nullable().optional(),
    area: area.optional(),
    tenure: tenure.optional(),
    document: document.optional(),
    coHolderIds: coHolderIds.optional(),
    geometry: plotGeometry.nullable().optional(),
  }),
  answer: z.object({ plot }),
});

export const removePlot = endpoint({
  service: "profiles",
  method: "DELETE",
  path: "/api/profiles/people/:personId/plots/:plotId",
  summary: "Hold a plot no longer. With its last holder the plot goes, and its seasons with it.",
  access: ["person", "operator"],
  params: plotId,
  answer: z.object({ plotId: z.uuid(), gone: z.boolean().describe("False while others hold it") }),
});

export const exportPlots = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/people/:personId/plots.geojson",
  summary:
    "A person's plots as GeoJSON (RFC 7946, WGS 84) with every decimal that was given; each export is recorded.",
  access: ["person", "operator"],
  params: personId,
  answer: fileAnswer,
  download: { contentTypes: ["application/geo+json"] },
});

const production = z
  .object({
    amount: z.number().min(0.01).max(10_000_000),
    unit: z.enum(harvestUnits),
    state: z.enum(cropStates).nullable().default(null),
  })
  .describe(
    "A quintal is 46 kg, an arroba 11.5 kg. Coffee is weighed wet (fresh cherry), dry (dried cherry), parchment or green, cacao wet or dry; other crops have no state",
  );

const seasonFields = {
  crop: z.enum(crops),
  year: z.int().min(1990).max(2100).describe("Of the harvest"),
  area: area.nullable().default(null),
  production: production.nullable().default(null),
  organic: z.boolean().nullable().default(null),
  variety: z.string().trim().min(1).max(40).nullable().default(null),
};

const season = z.object({
  id: z.uuid(),
  plotId: z.uuid().nullable(),
  crop: z.enum(crops),
  year: z.int(),
  area: z.object({ amount: z.number(), unit: z.enum(areaUnits), squareMetres: z.int() }).nullable(),
  production: z
    .object({
      amount: z.number(),
      unit: z.enum(harvestUnits),
      state: z.enum(cropStates).nullable(),
      kg: z.number().describe("In the state it was weighed in"),
    })
    .nullable(),
  organic: z.boolean().nullable(),
  variety: z.string().nullable(),
});
export type Season = z.output<typeof season>;

export const listSeasons = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/people/:personId/seasons",
  summary: "Harvests of a person: their own and those of plots they hold, the latest entered first.",
  access: ["person", "operator"],
  params: personId,
  query: z.object({ ...pageQuery, plotId: z.uuid().optional(), crop: z.enum(crops).optional() }),
  answer: page(season),
});

export const addSeason = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/people/:personId/seasons",
  summary: "Enter a crop's season, on a plot or of the person where no plot is known.",
  access: ["person", "operator"],
  params: personId,
  body: z.object({ plotId: z.uuid().nullable().default(null), ...seasonFields }),
  answer: z.object({ season }),
  status: 201,
});

const seasonId = personId.extend({ seasonId: z.uuid() });

export const changeSeason = endpoint({
  service: "profiles",
  method: "PUT",
  path: "/api/profiles/people/:personId/seasons/:seasonId",
  summary: "Correct a season; the whole of it is sent, and it stays on its plot.",
  access: ["person", "operator"],
  params: seasonId,
  body: z.object(seasonFields),
  answer: z.object({ season }),
});

export const removeSeason = endpoint({
  service: "profiles",
  method: "DELETE",
  path: "/api/profiles/people/:personId/seasons/:seasonId",
  summary: "Take a season away.",
  access: ["person", "operator"],
  params: seasonId,
  answer: z.object({ seasonId: z.uuid() }),
});

export const plotsEndpoints = [
  listPlots,
  addPlot,
  readPlot,
  changePlot,
  removePlot,
  exportPlots,
  listSeasons,
  addSeason,
  changeSeason,
  removeSeason,
];
