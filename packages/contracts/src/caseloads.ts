import { crops, topics } from "@minka/domain/vocabulary";
import { z } from "zod";
import { districtCode, instantText, limaDay, page, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";

const providerId = z.object({
  providerId: z
    .uuid()
    .describe(
      "The agent, as a provider of the catalog. It is the organization's that the provider is, and that of each to which it granted its offers: POST /api/catalog/providers/:providerId/grants",
    ),
});

/** A clock on a wall in Lima, to the minute. */
export const wallTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "HH:MM")
  .describe("Time of day in Lima, HH:MM");

/** Of a routine visit a month: to whom, on what. */
const owed = {
  personId: z.uuid(),
  topic: z.enum(topics),
  crop: z.enum(crops),
};

/** Why an entry was not taken. */
export const caseloadRefusals = [
  "person-unknown", // or does not agree that Minka serves them
  "not-a-member", // a manager enters members of the own organization
  "in-another-caseload", // of an agent that is not the manager's
  "agent-cannot", // the agent does not know the topic or crop
] as const;

export const putCaseload = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/agents/:providerId/caseload",
  summary:
    "Enter whom an agent owes a routine visit a month, and on what; up to 500 a call, the same again changes nothing. Whom another agent had for the same comes over. Operators, and managers of the agent's organization for its members.",
  access: ["person", "operator"],
  params: providerId,
  body: z.object({ entries: z.array(z.object(owed)).min(1).max(500) }),
  answer: z.object({
    added: z.int(),
    moved: z.int().describe("Came over from another agent"),
    unchanged: z.int(),
    refused: z.array(z.object({ index: z.int(), code: z.enum(caseloadRefusals) })),
    size: z.int().describe("Entries of the agent now"),
    quota: z.int().nullable().describe("Producers a month, as the agent's profile says"),
  }),
});

export const listCaseload = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/agents/:providerId/caseload",
  summary:
    "Whom an agent owes a routine visit a month. Operators and the agent see everybody, managers of its organization their members.",
  access: ["person", "operator"],
  params: providerId,
  query: z.object(pageQuery),
  answer: page(
    z.object({
      ...owed,
      id: z.uuid(),
      organizationId: z.uuid().nullable().describe("Whose members they are; null: nobody's"),
      addedAt: instantText,
    }),
  ),
});

export const removeFromCaseload = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/agents/:providerId/caseload/removal",
  summary:
    "Take people off an agent's caseload, up to 500 a call; managers their organization's members. Plans that are made already stay.",
  access: ["person", "operator"],
  params: providerId,
  body: z.object({ personIds: z.array(z.uuid()).min(1).max(500) }),
  answer: z.object({ removed: z.int(), size: z.int() }),
});

const weekday = z.int().min(0).max(6).describe("0 Sunday … 6 Saturday");
const weekdays = z
  .array(weekday)
  .max(7)
  .refine((days) => new Set(days).size === days.length, "each once");

export const agentCalendar = z.object({
  weekdays: weekdays.min(1).default([1, 2, 3, 4, 5, 6]).describe("On which they work"),
  daysOff: z.array(limaDay).max(62).default([]),
  stopsADay: z.int().min(1).max(30).default(8).describe("A group session is one stop"),
});
export type AgentCalendar = z.output<typeof agentCalendar>;

const appointment = z.object({
  id: z.uuid(),
  ...owed,
  day: limaDay,
  startsAt: wallTime,
});

const calendarAnswer = z.object({ calendar: agentCalendar, appointments: z.array(appointment) });

export const putAgentCalendar = endpoint({
  service: "matching",
  method: "PUT",
  path: "/api/matching/agents/:providerId/calendar",
  summary:
    "When an agent works; replaces what was there. The agent, managers of its organization, operators.",
  access: ["person", "operator"],
  params: providerId,
  body: agentCalendar,
  answer: calendarAnswer,
});

export const readAgentCalendar = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/agents/:providerId/calendar",
  summary: "When an agent works, and what is fixed already from today on.",
  access: ["person", "operator"],
  params: providerId,
  answer: calendarAnswer,
});

export const addAppointment = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/agents/:providerId/appointments",
  summary:
    "A visit whose day and hour are fixed: a plan puts it there and nowhere else. 422 `appointment-past`; 409 `appointment-taken` where the agent has one at that hour.",
  access: ["person", "operator"],
  params: providerId,
  body: appointment.omit({ id: true }),
  answer: z.object({ appointment }),
  status: 201,
});

export const removeAppointment = endpoint({
  service: "matching",
  method: "DELETE",
  path: "/api/matching/agents/:providerId/appointments/:appointmentId",
  summary: "A fixed visit is fixed no more. Plans that are made already stay.",
  access: ["person", "operator"],
  params: providerId.extend({ appointmentId: z.uuid() }),
  answer: z.object({ removed: z.literal(true) }),
});

const placeDays = z.object({
  districtCode,
  placeName: z.string().trim().min(2).max(80).nullable().default(null).describe("A hamlet; null: all of it"),
  market: weekdays.default([]).describe("When people are at the market, and nobody is visited"),
  school: weekdays.default([]).describe("When the school holds its meetings, and nobody is visited"),
});

export const putPlaceDays = endpoint({
  service: "matching",
  method: "PUT",
  path: "/api/matching/place-days",
  summary:
    "Market and school weekdays of a district or a hamlet in it; replaces what was there, none takes it away. A hamlet's own are added to its district's.",
  access: ["operator"],
  body: placeDays,
  answer: z.object({ place: placeDays }),
});

export const listPlaceDays = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/place-days",
  summary: "Market and school weekdays that are known, by district.",
  access: ["anyone"],
  query: z.object({ districtCode: districtCode.optional(), ...pageQuery }),
  answer: page(placeDays),
});

export const caseloadEndpoints = [
  putCaseload,
  listCaseload,
  removeFromCaseload,
  putAgentCalendar,
  readAgentCalendar,
  addAppointment,
  removeAppointment,
  putPlaceDays,
  listPlaceDays,
];
