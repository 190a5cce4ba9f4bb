import { z } from "zod";
import { instantText } from "./common.ts";
import { endpoint } from "./endpoint.ts";

/** How long a visit takes unless whoever arrives says otherwise. */
export const usualVisitHours = 3;
/** How long after the time that was expected somebody is called. */
export const overdueMinutes = 30;
/** Who was where is kept no longer. */
export const presenceDays = 30;
/** What was written without a signal is believed of its hour for so long. */
export const toldWithinDays = 7;

const hours = z
  .number()
  .min(0.5)
  .max(12)
  .describe(`How long they expect to stay; ${usualVisitHours} unless said`);
const at = instantText
  .optional()
  .describe(
    `When it was written, for what waited for a signal: not ahead, and no longer ago than ${toldWithinDays} days`,
  );
const engagementId = z.object({ engagementId: z.uuid() });

/** Where an agent is: for themself and for operators, and for nobody else. */
export const presence = z.object({
  id: z.uuid(),
  engagementId: z.uuid(),
  personId: z.uuid(),
  arrivedAt: instantText,
  expectedUntil: instantText,
  leftAt: instantText.nullable(),
  overdueAt: instantText.nullable().describe("When operators were alerted that no departure was said"),
});
export type Presence = z.output<typeof presence>;

export const reportArrival = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/engagements/:engagementId/arrival",
  summary:
    "The agent has arrived at a visit of today, or of the day on which they wrote it. Arriving again changes nothing but until when they expect to stay. Who is at another visit leaves it by arriving here.",
  access: ["person", "operator"],
  params: engagementId,
  body: z.object({ hours: hours.optional(), at }),
  answer: z.object({ presence }),
});

export const reportDeparture = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/engagements/:engagementId/departure",
  summary:
    "The agent has left a visit, safe. Leaving again changes nothing, nor does what was written before they came.",
  access: ["person", "operator"],
  params: engagementId,
  body: z.object({ at }).default({}),
  answer: z.object({ presence }),
});

export const togglePresence = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/people/:personId/presence",
  summary:
    "A person wrote the one neutral word: who is at a visit has left it, who is at none has arrived at the first of today's that they have not been at. Nothing for who has no visit today.",
  access: ["service"],
  params: z.object({ personId: z.uuid() }),
  body: z.object({ hours: hours.optional() }),
  answer: z.object({
    did: z.enum(["arrived", "left", "nothing"]),
    presence: presence.nullable(),
  }),
});

export const readPresences = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/people/:personId/presence",
  summary: "Where an agent said they were in the last 30 days, the latest first: for themself and operators.",
  access: ["person", "operator"],
  params: z.object({ personId: z.uuid() }),
  answer: z.object({ presences: z.array(presence) }),
});

export const listPresent = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/presence",
  summary: "Who is at a visit now, those from whom no departure came first.",
  access: ["operator", "service"],
  query: z.object({ overdue: z.stringbool().optional() }),
  answer: z.object({ presences: z.array(presence) }),
});

export const readPresence = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/presence/:presenceId",
  summary: "One stay at a visit, as it stands: news that is no longer true is not told.",
  access: ["service"],
  params: z.object({ presenceId: z.uuid() }),
  answer: z.object({ presence }),
});

export const presenceEndpoints = [
  reportArrival,
  reportDeparture,
  togglePresence,
  readPresences,
  listPresent,
  readPresence,
];
