import { kinds } from "@minka/domain/vocabulary";
import { z } from "zod";
import { declineReasons } from "./asks.ts";
import { attendances } from "./attendance.ts";
import {
  areaCode,
  channel,
  districtCode,
  instantText,
  limaDay,
  page,
  pageQuery,
  pointInPeru,
  reason,
} from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { engagement, engagementStates } from "./engagements.ts";
import { cancelReasons } from "./follow-ups.ts";
import { match } from "./matches.ts";
import { need } from "./need.ts";
import { publicOfferTerms } from "./offer-terms.ts";
import { codesOf, emptyReasons, requestReasons } from "./reason-codes.ts";

export const requestStates = [
  "searching",
  "listed",
  "asking",
  "agreed",
  "done",
  "with_operator",
  "cancelled",
  "lapsed",
] as const;

/** How far a search goes: near, then further, then by phone and to later dates. */
export const searchStages = ["near", "wider", "phone-or-later"] as const;
export type SearchStage = (typeof searchStages)[number];

/** A hamlet by its name. Its point serves to measure distances and is in no answer. */
export const hamlet = z.string().trim().min(2).max(80);

export const request = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  openedThrough: z
    .uuid()
    .nullable()
    .default(null)
    .describe(
      "Who opened it in their name, where somebody did; told to them and to operators, never to providers",
    ),
  need,
  districtCode,
  /** The hamlet, where one was named; told to a provider once both have agreed. */
  placeName: hamlet.nullable().default(null),
  state: z.enum(requestStates),
  /** As they said it of this request, or as they prefer in general when it is first searched. */
  womanOnly: z.boolean().default(false).describe("Only women are proposed: visits and training alone"),
  openedAt: instantText,
  round: z.int().describe("Of the list shown last"),
  listExpiresAt: instantText.nullable(),
  reason: reason
    .nullable()
    .describe(
      codesOf(
        "Why it is searched further, with an operator or over, where there is a reason.",
        requestReasons,
      ),
    ),
  matches: z.array(match),
  tried: z
    .array(
      z.object({
        round: z.int(),
        stage: z.enum(searchStages),
        at: instantText,
        candidates: z.int().describe("Found by catalog"),
        listed: z.int(),
        dropped: z
          .record(z.string(), z.int())
          .describe(
            "Of the others how many for which why-not code: `full`, `tried`, `other-offer-better`, `lower-rank`",
          ),
        emptyBecause: z.string().nullable().describe(codesOf("Why nothing was listed.", emptyReasons)),
      }),
    )
    .default([])
    .describe("What was searched for it, the first first: where an operator reads one request"),
  /** The one that stands, if any. */
  engagement: engagement.nullable(),
  waitsFor: z
    .enum(["requester", "provider", "operator", "timer"])
    .nullable()
    .default(null)
    .describe("Who has to do something next; null when it is over"),
  until: instantText.nullable().default(null).describe("Until when; then Minka goes on by itself"),
});
export type Request = z.output<typeof request>;

const requestId = z.object({ requestId: z.uuid() });
const matchId = z.object({ matchId: z.uuid() });
const engagementId = z.object({ engagementId: z.uuid() });
const whoever = ["service", "person", "operator"] as const;

export const openRequest = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/requests",
  summary: "Ask for something. Matches follow within seconds: read the request, or wait for the SMS.",
  access: ["service", "person"],
  body: z.object({
    personId: z.uuid().describe("For whom; a signed-in person asks for themself"),
    need,
    districtCode,
    place: z
      .object({ name: hamlet, point: pointInPeru })
      .optional()
      .describe("The hamlet within the district: distances are measured from there"),
    offerId: z
      .uuid()
      .optional()
      .describe("The offer that they have picked themselves: its provider is asked at once, if it can serve"),
    attendedBy: z
      .enum(attendances)
      .optional()
      .describe(
        "Who may come, a woman alone or anybody, before anybody is asked; as they prefer in general unless said. For visits and training alone: 422 `not-attended`",
      ),
    channel,
  }),
  answer: z.object({ requestId: z.uuid() }),
  status: 201,
});

export const readRequest = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/requests/:requestId",
  summary: "A request with its matches and how far it is.",
  access: whoever,
  params: requestId,
  answer: z.object({ request }),
});

export const listRequests = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/requests",
  summary: "Requests of a person, newest first unless said; an operator may list everybody's.",
  access: whoever,
  query: z.object({
    personId: z.uuid().optional(),
    state: z.enum(requestStates).optional(),
    kind: z.enum(kinds).optional(),
    area: areaCode.optional().describe("Where it was asked for"),
    from: limaDay.optional().describe("First day on which it was opened"),
    until: limaDay.optional().describe("Last day"),
    engagement: z
      .enum(engagementStates)
      .optional()
      .describe("With an agreement in this state, such as `disputed`"),
    order: z.enum(["newest", "oldest"]).default("newest"),
    ...pageQuery,
  }),
  answer: page(request),
});

export const chooseMatch = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/matches/:matchId/choice",
  summary: "The producer picks a match: its provider is asked.",
  access: whoever,
  params: matchId,
  answer: z.object({ requestId: z.uuid(), askExpiresAt: instantText }),
});

export const withdrawMatch = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/matches/:matchId/withdrawal",
  summary:
    "The producer takes back a question that is not answered yet; its provider is told. The request goes back to its list, or to another match of it that is asked instead.",
  access: whoever,
  params: matchId,
  body: z.object({ instead: z.uuid().optional().describe("A match that is still listed") }),
  answer: z.object({
    requestId: z.uuid(),
    askExpiresAt: instantText.nullable().describe("Of the one asked instead; null where nobody is"),
  }),
});

export const readMatchTerms = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/matches/:matchId/terms",
  summary:
    "What the offer of a match said when the match was made, whatever it says today: for who asked and for the provider who was asked.",
  access: whoever,
  params: matchId,
  answer: z.object({
    offerId: z.uuid(),
    offerVersion: z.int(),
    terms: publicOfferTerms,
    since: instantText.describe("From when the offer said so"),
  }),
});

export const refuseList = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/requests/:requestId/refusal",
  summary: "None of the list will do: search wider, then hand the request to a person.",
  access: whoever,
  params: requestId,
  answer: z.object({ requestId: z.uuid() }),
});

export const searchAgain = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/requests/:requestId/search",
  summary: "An operator has a request that was handed over searched anew: near first, then wider.",
  access: ["operator"],
  params: requestId,
  answer: z.object({ requestId: z.uuid() }),
});

export const cancelRequest = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/requests/:requestId/cancellation",
  summary: "The producer calls the request off; a provider who was asked or had agreed is told.",
  access: whoever,
  params: requestId,
  body: z.object({ reason: z.enum(cancelReasons).optional() }).default({}),
  answer: z.object({ requestId: z.uuid() }),
});

export const answerAsk = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/matches/:matchId/answer",
  summary: "The provider accepts or declines. The first answer stands.",
  access: whoever,
  params: matchId,
  body: z.discriminatedUnion("accept", [
    z.object({
      accept: z.literal(true),
      visitOn: limaDay.optional().describe("Two days from now unless said"),
    }),
    z.object({
      accept: z.literal(false),
      reason: z.enum(declineReasons).optional().describe("Why, where they say so"),
    }),
  ]),
  answer: z.object({ requestId: z.uuid(), engagementId: z.uuid().nullable() }),
});

export const reportOutcome = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/engagements/:engagementId/outcome",
  summary:
    "The visit took place, or nobody came. A no-show goes back to the next match. Before the day only the producer may say `done`, and the provider `no_show`, which calls it off.",
  access: whoever,
  params: engagementId,
  body: z.object({ outcome: z.enum(["done", "no_show"]), by: z.enum(["requester", "provider"]) }),
  answer: z.object({ requestId: z.uuid() }),
});

/** What a person may be in the middle of, as asker or as provider: what "listo" or "cancelar" is about. */
export const openMatters = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/people/:personId/open-matters",
  summary:
    "A person's open requests, and their engagements as provider, newest first; on request also those that have ended.",
  access: ["service"],
  params: z.object({ personId: z.uuid() }),
  query: z.object({
    endedSince: instantText.optional().describe("Also what they provided that was done or missed since"),
  }),
  answer: z.object({
    requests: z.array(request),
    providing: z.array(engagement.extend({ requestId: z.uuid() })),
    ended: z.array(engagement.extend({ requestId: z.uuid() })).default([]),
  }),
});

export const requestsByDistrict = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/overview",
  summary: "How many requests are open in each district, by kind; counts under five are withheld.",
  access: ["anyone"],
  answer: z.object({
    districts: z.array(z.object({ districtCode, kind: z.enum(kinds), open: z.int().nullable() })),
    asOf: instantText,
  }),
});

export const matchingEndpoints = [
  openRequest,
  readRequest,
  listRequests,
  chooseMatch,
  withdrawMatch,
  readMatchTerms,
  refuseList,
  searchAgain,
  cancelRequest,
  answerAsk,
  reportOutcome,
  openMatters,
  requestsByDistrict,
];
