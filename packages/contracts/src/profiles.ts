import { z } from "zod";
import { phoneText } from "./auth.ts";
import { channel, districtCode, instantText } from "./common.ts";
import { endpoint } from "./endpoint.ts";

export const person = z.object({
  id: z.uuid(),
  name: z.string().nullable(),
  districtCode: districtCode.nullable(),
  /** Agreed that Minka keeps their number and requests, and has not withdrawn. */
  consented: z.boolean(),
  operator: z.boolean(),
});
export type Person = z.output<typeof person>;

const personId = z.object({ personId: z.uuid() });

/** The phone travels in the body: addresses end up in logs. */
export const identifyPhone = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/phones/identify",
  summary: "Who is reached by a phone; null when nobody is known there.",
  access: ["service"],
  body: z.object({ phone: phoneText }),
  answer: z.object({ person: person.nullable() }),
});

export const registerPerson = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/people",
  summary: "Register a person who agreed. A person already at that phone is kept, and their consent renewed.",
  access: ["service"],
  body: z.object({
    phone: phoneText,
    name: z.string().trim().min(1).max(80).optional(),
    districtCode: districtCode.optional(),
    consent: z.object({ version: z.string().min(1).max(40), channel, at: instantText }),
  }),
  answer: z.object({ person }),
  status: 201,
});

export const updatePerson = endpoint({
  service: "profiles",
  method: "PUT",
  path: "/api/profiles/people/:personId",
  summary: "Correct a person's name or district.",
  access: ["service", "person", "operator"],
  params: personId,
  body: z.object({
    name: z.string().trim().min(1).max(80).optional(),
    districtCode: districtCode.optional(),
  }),
  answer: z.object({ person }),
});

export const readPerson = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/people/:personId",
  summary: "A person: themself, an operator or another service may read it.",
  access: ["service", "person", "operator"],
  params: personId,
  answer: z.object({ person }),
});

export const contactCards = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/contacts",
  summary: "Names and phones of people, to be shown to each other after both agreed.",
  access: ["service"],
  body: z.object({ personIds: z.array(z.uuid()).min(1).max(200) }),
  answer: z.object({
    contacts: z.array(
      z.object({
        personId: z.uuid(),
        name: z.string().nullable(),
        phone: phoneText,
        districtCode: districtCode.nullable(),
      }),
    ),
  }),
});

export const findOrganizations = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/organizations",
  summary: "Organizations of a district, its province and its region, the nearest area first.",
  access: ["anyone"],
  query: z.object({
    districtCode,
    crop: z.string().max(20).optional(),
    limit: z.coerce.number().int().min(1).max(20).default(3),
  }),
  answer: z.object({
    organizations: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        kind: z.enum(["association", "cooperative", "committee"]),
        districtCode,
        crops: z.array(z.string()),
        phone: phoneText.nullable(),
      }),
    ),
  }),
});

export const profilesEndpoints = [
  identifyPhone,
  registerPerson,
  updatePerson,
  readPerson,
  contactCards,
  findOrganizations,
];
