import { z } from "zod";
import { districtCode, instantText, limaDay } from "./common.ts";
import { endpoint } from "./endpoint.ts";

/** Why nobody gets to a place. */
export const closureReasons = ["rain", "road", "other"] as const;

/** A road does not stay closed longer without somebody saying so again. */
export const longestClosureDays = 60;

const area = z
  .string()
  .regex(/^\d{2}(\d{2}){0,2}$/)
  .describe("INEI code of a region, a province or a district");
const placeName = z.string().trim().min(2).max(80);

export const closure = z.object({
  id: z.uuid(),
  area,
  placeName: placeName.nullable().describe("One hamlet of the district; null: the whole area"),
  until: limaDay.describe("The last day on which nobody can get there"),
  reason: z.enum(closureReasons),
  organizationId: z.uuid().nullable().describe("Whose manager said so; null for an operator"),
  at: instantText,
});
export type Closure = z.output<typeof closure>;

export const closePlace = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/closures",
  summary:
    "Nobody gets to a place until a day, after rain for example: no visit there is proposed or agreed for a day before its end. An operator anywhere, an organization's manager in their province. Time to answer is not shortened.",
  access: ["operator", "person"],
  body: z.object({
    area,
    placeName: placeName.optional().describe("One hamlet: with the code of its district"),
    until: limaDay.describe(`Today, or up to ${longestClosureDays} days from now`),
    reason: z.enum(closureReasons),
    organizationId: z.uuid().optional().describe("In whose name a manager says it; operators need none"),
  }),
  answer: z.object({ closure }),
  status: 201,
});

export const openPlace = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/closures/:closureId/end",
  summary: "The way is open again before the day that was said. Ending it again changes nothing.",
  access: ["operator", "person"],
  params: z.object({ closureId: z.uuid() }),
  answer: z.object({ closureId: z.uuid() }),
});

export const listClosures = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/closures",
  summary: "Where nobody gets to today, the soonest open first; of one district where it is named.",
  access: ["anyone"],
  query: z.object({ districtCode: districtCode.optional() }),
  answer: z.object({ closures: z.array(closure) }),
});

export const closuresEndpoints = [closePlace, openPlace, listClosures];
