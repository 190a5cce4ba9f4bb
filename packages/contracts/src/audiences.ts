import { z } from "zod";
import { phoneText } from "./auth.ts";
import { audience } from "./bulletins.ts";
import { endpoint } from "./endpoint.ts";

export const listAudience = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/audiences",
  summary: "Who agreed to bulletins and is to be reached, page by page in order of id, each with one phone.",
  access: ["service"],
  body: audience.extend({
    after: z.uuid().nullable().default(null).describe("`next` of the page before"),
    limit: z.int().min(1).max(500).default(500),
  }),
  answer: z.object({
    people: z.array(z.object({ personId: z.uuid(), phone: phoneText })),
    next: z.uuid().nullable(),
  }),
});

export const countAudience = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/audiences/count",
  summary: "How many people an audience has.",
  access: ["service"],
  body: audience,
  answer: z.object({ people: z.int() }),
});

export const audienceEndpoints = [listAudience, countAudience];
