import { kinds } from "@minka/domain/vocabulary";
import { z } from "zod";
import { instantText, limaDay, reason } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { providerCertificates } from "./provider-details.ts";
import { providerStates } from "./provider-decisions.ts";
import { codesOf } from "./reason-codes.ts";

/** Of `reasons` of a provider's standing: what keeps it further down lists, or off them, and what helps. */
export const standingReasons = {
  "not-verified": "its entry is not verified: none of its offers is found (`state`)",
  resting: "it rests (`until`): none of its offers is found",
  "offers-hidden": "offers that were not confirmed for too long are not found (`count`)",
  "offers-sunk": "offers that were not confirmed lately come last (`count`)",
  "offers-aging": "offers are soon to be confirmed (`count`)",
  "silent-in-row": "did not answer the last questions (`count`, `restsAt`: at so many it is sent to rest)",
  "answers-seldom": "answers few of what it is asked (`percent`)",
  "answers-late": "takes long to answer (`hours`)",
  "many-open-asks": "has many questions open (`count`)",
  "did-not-come": "did not come to what was agreed (`count`)",
  "calls-off": "called off what was agreed, shortly before the day (`count`)",
  "rated-low": "published ratings are lower than most (`mean`, `count`)",
  "helped-few": "a month later few said that it helped (`percent`, `count`)",
  "certificate-expired": "a certificate is over (`certificate`, `day`)",
  "certificate-expires": "a certificate is soon over (`certificate`, `day`)",
  "certificate-unchecked": "nobody of Minka has seen a certificate yet (`certificate`)",
  "no-certificate": "no certificate speaks for its work",
} as const satisfies Readonly<Record<string, string>>;
export type StandingReasonCode = keyof typeof standingReasons;

const share = z.number().min(0).max(1);

/** What catalog knows of it. */
export const upkeep = z.object({
  state: z.enum(providerStates),
  restsUntil: limaDay.nullable().describe("The last day of its rest"),
  offers: z
    .array(
      z.object({
        offerId: z.uuid(),
        kind: z.enum(kinds),
        confirmedOn: limaDay,
        stage: z
          .enum(["fresh", "aging", "sunk", "hidden"])
          .describe("aging: it is asked whether it holds; sunk: comes last; hidden: is not found"),
      }),
    )
    .describe("Those that are published, who waits longest for a confirmation first; 100 at most"),
  certificates: z.array(
    z.object({
      id: z.uuid(),
      kind: z.enum(providerCertificates),
      expiresOn: limaDay.nullable(),
      checked: z.boolean(),
    }),
  ),
});
export type Upkeep = z.output<typeof upkeep>;

export const readUpkeep = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/providers/:providerId/upkeep",
  summary: "What a provider has to keep up: its state, rest, offers to confirm and certificates to renew.",
  access: ["service"],
  params: z.object({ providerId: z.uuid() }),
  answer: upkeep,
});

export const readStanding = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/providers/:providerId/standing",
  summary:
    "How a provider stands, for its managers and operators: what it is ranked by, and what lowers it, the gravest first. Of ratings only those that are published. No complaint, and nobody's name.",
  access: ["person", "operator"],
  params: z.object({ providerId: z.uuid() }),
  answer: z.object({
    providerId: z.uuid(),
    rating: z.object({ mean: z.number().nullable(), count: z.int() }).describe("Published ones"),
    asked: z.int().describe("Questions that were answered or ran out"),
    answered: z.int(),
    answerShare: share.nullable().describe("Null: never asked"),
    answerHours: z.number().nullable().describe("Waking hours to an answer, on average"),
    openAsks: z.int(),
    silentInRow: z.int().describe("Questions in a row that ran out without an answer"),
    completed: z.int(),
    noShows: z.int(),
    calledOff: z.int().describe("By the provider, shortly before the day"),
    completionShare: share.nullable().describe("Null: nothing was agreed yet"),
    helped: z.int().describe("Said a month later that it helped, much or some"),
    helpAsked: z.int(),
    ...upkeep.shape,
    reasons: z
      .array(reason)
      .describe(
        codesOf(
          "What lowers its place, the gravest first; `packages/language` says each, and what helps.",
          standingReasons,
        ),
      ),
    asOf: instantText,
  }),
});

const id = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const someIds = new RegExp(`^${id}(,${id}){0,19}$`, "i");

/** Of fewer people nothing is told: what one of them said could be guessed. */
export const fewestTold = 3;

export const readReputations = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/reputations",
  summary:
    "What those who dealt with providers found, for anybody who chooses among them. Of ratings only those that are published, and nothing that fewer than three people said. Of agents also on which days they work. Of whom nothing is known, nothing.",
  access: ["anyone"],
  query: z.object({
    providerIds: z.string().max(740).regex(someIds).describe("Up to twenty ids with commas between them"),
  }),
  answer: z.object({
    reputations: z.array(
      z.object({
        providerId: z.uuid(),
        rating: z
          .object({ mean: z.number().describe("1 to 5"), count: z.int() })
          .nullable()
          .describe("Null under three"),
        answerShare: share.nullable().describe("Of what it was asked; null under three"),
        answerHours: z.number().nullable().describe("Waking hours to an answer; null under three"),
        completed: z.int().nullable().describe("Agreed and done; null under three"),
        weekdays: z
          .array(z.int().min(0).max(6))
          .nullable()
          .default(null)
          .describe("On which an agent works, 0 Sunday … 6 Saturday; null where nobody has said"),
      }),
    ),
  }),
});

export const standingEndpoints = [readUpkeep, readStanding, readReputations];
