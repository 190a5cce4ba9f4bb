import { sizeClasses } from "@minka/domain/size-class";
import { z } from "zod";
import { districtCode } from "./common.ts";
import { endpoint } from "./endpoint.ts";

/** What figures are split by, and what a sponsored group is told apart by: no name, no phone, nothing of a plot. */
export const traits = z.object({
  personId: z.uuid(),
  sex: z.enum(["f", "m"]).nullable().describe("As they said it"),
  sizeClass: z
    .enum(sizeClasses)
    .nullable()
    .describe(
      "By last season's harvest of coffee or cacao: the larger class of who grows both; null where none is known",
    ),
  districtCode: districtCode.nullable(),
  organizationIds: z.array(z.uuid()).describe("Where they are active members"),
});
export type Traits = z.output<typeof traits>;

/** Most people of whom traits are read at once. */
export const mostTraits = 500;

export const readTraits = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/traits",
  summary:
    "What these people are counted by: sex, size class, district, organizations. Who is erased, unknown or has not agreed yet is left out.",
  access: ["service"],
  body: z.object({ personIds: z.array(z.uuid()).min(1).max(mostTraits) }),
  answer: z.object({ traits: z.array(traits) }),
});

export const traitsEndpoints = [readTraits];
