import { certificates, crops, tenures, landDocuments } from "@minka/domain/vocabulary";
import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { plotGeometry } from "./plots.ts";

/** A plot as whoever traces a harvest needs it: where it is and how large, and nothing of who else holds it. */
export const farmPlot = z.object({
  plotId: z.uuid(),
  districtCode: z.string().nullable(),
  squareMetres: z.int(),
  tenure: z.enum(tenures),
  document: z.enum(landDocuments),
  geometry: plotGeometry.nullable().describe("Degrees as text, with every decimal that was given"),
});
export type FarmPlot = z.output<typeof farmPlot>;

export const farmFacts = z.object({
  personId: z.uuid(),
  plots: z.array(farmPlot),
  harvests: z
    .array(
      z.object({
        plotId: z.uuid().nullable(),
        crop: z.enum(crops),
        year: z.int(),
        squareMetres: z.int().nullable().describe("Of the crop, where it was said"),
        kg: z.number(),
        state: z.string().nullable().describe("In which it was weighed"),
      }),
    )
    .describe("Of each crop's last year with a harvest, on each plot and of the person"),
  certificates: z
    .array(
      z.object({
        certificate: z.enum(certificates),
        crop: z.enum(crops).nullable().describe("Null: of all that they grow"),
        expiresOn: z.iso.date().describe("Last day on which it holds, in Lima"),
      }),
    )
    .default([])
    .describe("All that they have entered, with those that have expired"),
});
export type FarmFacts = z.output<typeof farmFacts>;

export const readFarmFacts = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/farms",
  summary:
    "The plots these people hold and what they last harvested: to trace a lot to where it grew, to see whether it could have grown there, and as what it is certified. Who is erased or unknown is left out.",
  access: ["service"],
  body: z.object({ personIds: z.array(z.uuid()).min(1).max(500) }),
  answer: z.object({ farms: z.array(farmFacts) }),
});

export const farmFactsEndpoints = [readFarmFacts];
