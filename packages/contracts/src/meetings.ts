import { z } from "zod";
import { phoneText } from "./auth.ts";
import { endpoint } from "./endpoint.ts";

export const readEngagementContact = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/engagements/:engagementId/contact",
  summary:
    "Of what was agreed the other side, by name and phone, for each of the two: what the SMS of the agreement told them. 409 `engagement-over` once it is called off or nobody came.",
  access: ["person"],
  params: z.object({ engagementId: z.uuid() }),
  answer: z.object({
    personId: z.uuid(),
    name: z.string().nullable(),
    phone: phoneText.nullable().describe("Null for who has none, or has left Minka"),
  }),
});

export const meetingEndpoints = [readEngagementContact];
