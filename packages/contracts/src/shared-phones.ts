import { z } from "zod";
import { phoneText, refreshToken } from "./auth.ts";
import { channel, instantText } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { event } from "./event.ts";
import { person } from "./profiles.ts";

/** One word of letters and digits that its owner writes before a message; compared without accents or capitals. */
const privateWord = z.string().trim().min(1).max(30);

const sharer = z.object({
  personId: z.uuid(),
  name: z.string().nullable(),
  /** Without a word a person says who they are by the number of a list. */
  hasWord: z.boolean(),
});

export const listSharers = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/phones/people",
  summary: "The people who are reached by one phone, who joined it first first.",
  access: ["service"],
  body: z.object({ phone: phoneText }),
  answer: z.object({ people: z.array(sharer) }),
});

export const recogniseWord = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/phones/speaker",
  summary:
    "Whose private word this is, among the people of a phone; null for nobody's. Wrong words are limited.",
  access: ["service"],
  body: z.object({ phone: phoneText, word: privateWord }),
  answer: z.object({
    person: person.nullable(),
    /** Too many wrong words within an hour: even a right one is not heard. */
    blocked: z.boolean(),
  }),
});

export const joinPhone = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/phones/newcomers",
  summary: "Register another person, who agreed, at a phone that is somebody's already.",
  access: ["service"],
  body: z.object({
    phone: phoneText,
    name: z.string().trim().min(1).max(80),
    word: privateWord,
    consent: z.object({ version: z.string().min(1).max(40), channel, at: instantText }),
  }),
  answer: z.object({ person }),
  status: 201,
});

export const setPrivateWord = endpoint({
  service: "profiles",
  method: "PUT",
  path: "/api/profiles/people/:personId/private-word",
  summary:
    "The word with which a person tells themself from others at their phone. Sign-ins that were made without it end. What was refused as `word-needed` opens with the next access token.",
  access: ["service", "person"],
  params: z.object({ personId: z.uuid() }),
  body: z.object({
    phone: phoneText,
    word: privateWord,
    refreshToken: refreshToken
      .optional()
      .describe("Of the sign-in that sets it, now or before: that one goes on"),
  }),
  answer: z.object({ personId: z.uuid() }),
});

/** On a page, by whoever was signed in as them, where others of their phone could be. By SMS the phone reads the answer. */
export const firstWordSet = event({
  name: "private-word.first-set",
  emitter: "profiles",
  subscribers: ["notifications"],
  payload: z.object({ personId: z.uuid() }),
});

export const sharedPhonesEndpoints = [listSharers, recogniseWord, joinPhone, setPrivateWord];
