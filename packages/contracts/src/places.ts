import { z } from "zod";
import { districtCode, pointInPeru } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { importEndpointsOf } from "./imports.ts";

/** A hamlet, village or town of the statistics office's list. */
const populatedPlace = z.object({ name: z.string(), districtCode, point: pointInPeru });
export type PopulatedPlace = z.output<typeof populatedPlace>;

export const placesImport = importEndpointsOf({
  service: "catalog",
  base: "/api/catalog/places/imports",
  owner: null,
  what: "the list of populated places (district code of INEI, name, latitude, longitude), which takes the place of the one before",
  columns: "Ubigeo, Nombre, Latitud, Longitud, all needed.",
  maximumBytes: 24 * 1024 * 1024,
});

export const findPlaces = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/places",
  summary:
    "Hamlets, villages and towns whose name begins so or sounds so; within a district also those that contain it or are a slip away. The nearest spelling first.",
  access: ["anyone"],
  query: z.object({
    q: z.string().trim().min(2).max(80),
    districtCode: districtCode.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  answer: z.object({ places: z.array(populatedPlace) }),
});

/** The longest that is looked through for a name. */
export const longestMention = 120;

export const resolveHamlet = endpoint({
  service: "catalog",
  method: "POST",
  path: "/api/catalog/places/resolution",
  summary:
    "The hamlet with whose name a text begins: in the sender's district, then in its province, never beyond. Slips are forgiven, but no hamlet's name is taken for another's.",
  access: ["service"],
  body: z.object({
    text: z.string().trim().min(1).max(longestMention),
    districtCode: districtCode.describe("The sender's"),
    exactly: z.boolean().default(false).describe("Forgive no slips: nothing says that it is a hamlet"),
  }),
  answer: z.object({
    kind: z.enum(["one", "several", "none"]),
    places: z.array(populatedPlace).describe("Several bear the name; at most 10"),
  }),
});

export const placesEndpoints = [...Object.values(placesImport), findPlaces, resolveHamlet];
