import { languages } from "@minka/domain/vocabulary";
import { z } from "zod";
import { phoneText } from "./auth.ts";
import { channel, districtCode, instantText } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { personFields } from "./people.ts";

export const person = z.object({
  id: z.uuid(),
  name: z.string().nullable(),
  districtCode: districtCode.nullable(),
  consented: z.boolean().describe("Agreed that Minka keeps their number and requests, and has not withdrawn"),
  operator: z.boolean(),
  /** As they said it, or null: some offers are for women alone. */
  sex: z.enum(["f", "m"]).nullable().default(null),
  language: z
    .enum(languages)
    .nullable()
    .optional()
    .describe("What to write to them in; null unless the consent `language` is in force"),
  prefersWoman: z.boolean().default(false).describe("Wants to be attended by a woman"),
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
  answer: z.object({
    person: person.nullable(),
    shared: z
      .boolean()
      .default(false)
      .describe(
        "Several people are reached there: the person is who used it last, and may not be who writes now",
      ),
  }),
});

export const registerPerson = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/people",
  summary: "Register a person who agreed. A person already at that phone is kept, and their consent renewed.",
  access: ["service"],
  body: z.object({
    phone: phoneText,
    personId: z.uuid().optional().describe("Who of the phone's people agreed, where it is known"),
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
  summary: "Correct what a person said of themself; what is left out stays, null takes it away.",
  access: ["service", "person", "operator"],
  params: personId,
  body: z.object(personFields),
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
  body: z.object({
    personIds: z.array(z.uuid()).min(1).max(200),
    invited: z
      .boolean()
      .default(false)
      .describe("Also who has been invited and not agreed yet: only to ask them whether they do"),
  }),
  answer: z.object({
    contacts: z.array(
      z.object({
        personId: z.uuid(),
        name: z.string().nullable(),
        phone: phoneText,
        shared: z
          .boolean()
          .default(false)
          .describe(
            "Others use the phone too: what it is told has to be neutral until the person says their word",
          ),
        withdrawn: z
          .boolean()
          .default(false)
          .describe("Took back the consent `service` and has not agreed again: is written to only in reply"),
        districtCode: districtCode.nullable(),
        language: z.enum(languages).nullable().optional().describe("What to write to them in"),
      }),
    ),
  }),
});

export const peopleNames = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/people/names",
  summary: "Names of people whose ids somebody has been given; who has none, or was erased, is left out.",
  access: ["service"],
  body: z.object({ personIds: z.array(z.uuid()).min(1).max(500) }),
  answer: z.object({ people: z.array(z.object({ personId: z.uuid(), name: z.string() })) }),
});

export const profilesEndpoints = [
  peopleNames,
  identifyPhone,
  registerPerson,
  updatePerson,
  readPerson,
  contactCards,
];
