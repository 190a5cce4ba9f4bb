import { z } from "zod";
import { endpoint } from "./endpoint.ts";

/** For a credit whose borrower agreed to it: only how many. */
export const countVisitsDone = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/people/:personId/visits-done",
  summary: "How many visits and services that a person asked for took place.",
  access: ["service"],
  params: z.object({ personId: z.uuid() }),
  answer: z.object({ visits: z.int() }),
});

export const visitsDoneEndpoints = [countVisitsDone];
