import { z } from "zod";
import { phoneText } from "./auth.ts";
import { districtCode, instantText } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { event } from "./event.ts";
import { need } from "./need.ts";

/**
 * "PARA 987654321 técnico para roya, Uchiza": an agent, or whoever stands for an organization, asks something for
 * another phone's owner, or registers them. That person is asked once; nothing is opened before their SI, and from it
 * on the request is theirs.
 */
export const errandStates = ["asked", "agreed", "refused", "lapsed"] as const;

const errandId = z.object({ errandId: z.uuid() });

export const runErrand = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/errands",
  summary:
    "Ask a phone's owner whether a helper may ask this for them (SI or NO by SMS, within three days). The answer is the same whether or not the phone is known. 403 `not-a-helper`; 409 `already-asked`, `said-no` (to this helper, within 30 days), `name-needed`; 422 `phone-is-yours`; 429 `too-many-errands`: 20 a day.",
  access: ["service"],
  body: z.object({
    helperPersonId: z.uuid(),
    phone: phoneText,
    need: need.optional().describe("What is asked; left out where they are only registered"),
    name: z.string().trim().min(1).max(80).optional().describe("Theirs, as the helper says it"),
    districtCode: districtCode.describe("Where the farm is"),
  }),
  answer: z.object({ errandId: z.uuid(), expiresAt: instantText }),
  status: 202,
});

export const readErrand = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/errands/:errandId",
  summary: "An errand as it stands; the person is named only once they have agreed.",
  access: ["service"],
  params: errandId,
  answer: z.object({
    errand: z.object({
      id: z.uuid(),
      state: z.enum(errandStates),
      helperPersonId: z.uuid(),
      organizationId: z.uuid().nullable().describe("For which the helper stands, unless an agent asks"),
      personId: z.uuid().nullable(),
      need: need.nullable(),
      districtCode: districtCode.nullable(),
    }),
  }),
});

export const errandNews = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/errands/:errandId/news",
  summary: "What the helper is told of how it came out, and until when it is news.",
  access: ["service"],
  params: errandId,
  answer: z.object({
    news: z.array(
      z.object({
        personId: z.uuid(),
        text: z.string(),
        parameters: z.record(z.string(), z.union([z.string(), z.number()])),
      }),
    ),
    until: instantText,
  }),
});

export const isAgent = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/people/:personId/agent",
  summary: "Whether a person acts for a verified agent of the programme.",
  access: ["service"],
  params: z.object({ personId: z.uuid() }),
  answer: z.object({ agent: z.boolean() }),
});

/** Whom a helper asked has answered, or not in time. */
export const errandSettled = event({
  name: "errand.settled",
  emitter: "profiles",
  subscribers: ["matching", "notifications"],
  payload: z.object({ errandId: z.uuid() }),
});

export const errandEndpoints = [runErrand, readErrand, errandNews, isAgent];
