import type { Kind } from "@minka/domain/vocabulary";
import { z } from "zod";
import { endpoint } from "./endpoint.ts";

/**
 * "Que me atienda una mujer". The person's preference is kept in profiles (`prefersWoman`); here is what it does to
 * one request, and how matching knows who is a woman.
 */
export const attendances = ["woman", "anybody"] as const;
export type Attendance = (typeof attendances)[number];

/** Where somebody comes to the farm or stands before a group. Who sells or lends is not chosen so. */
export const attendedKinds: readonly Kind[] = ["assistance", "training"];

export const chooseAttendance = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/requests/:requestId/attendance",
  summary:
    "Who may come for this request: only a woman, or anybody. The list that stands is made anew; somebody who is asked already stays asked. For visits and training alone: 409 `not-attended`.",
  access: ["service", "person", "operator"],
  params: z.object({ requestId: z.uuid() }),
  body: z.object({ by: z.enum(attendances) }),
  answer: z.object({
    requestId: z.uuid(),
    searches: z.boolean().describe("A new list follows within seconds; false where nothing changes for now"),
  }),
});

export const womenAmong = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/people/women",
  summary: "Which of these people have said that they are women; who has said nothing is not among them.",
  access: ["service"],
  body: z.object({ personIds: z.array(z.uuid()).min(1).max(200) }),
  answer: z.object({ women: z.array(z.uuid()) }),
});

export const attendanceEndpoints = [chooseAttendance, womenAmong];
