import { loanRequirements } from "@minka/domain/vocabulary";
import { z } from "zod";
import { offer } from "./catalog.ts";
import { centimos, instantText, limaDay, page, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { coverage, fullCostPercent, offerTerms, sum } from "./offer-terms.ts";

const offerStates = ["draft", "published", "paused", "expired", "withdrawn"] as const;
export type OfferState = (typeof offerStates)[number];

/** What its managers can do with an offer; a refused one answers 409 with those that are `allowed`. */
const offerChanges = ["publish", "pause", "resume", "withdraw"] as const;
export type OfferChange = (typeof offerChanges)[number];

const providerId = z.object({ providerId: z.uuid() });
const offerId = z.object({ offerId: z.uuid() });
const version = z.int().min(1);
const offerAnswer = z.object({ offerId: z.uuid(), version, state: z.enum(offerStates) });

export const publishOffer = endpoint({
  service: "catalog",
  method: "POST",
  path: "/api/catalog/providers/:providerId/offers",
  summary:
    "Enter an offer of a provider and publish it, or leave it a draft. It is found once the provider is verified.",
  access: ["operator", "person"],
  params: providerId,
  body: z.object({
    terms: offerTerms,
    coverage,
    publish: z.boolean().default(true).describe("false leaves a draft that only managers see"),
  }),
  answer: offerAnswer,
  status: 201,
});

export const editOffer = endpoint({
  service: "catalog",
  method: "PUT",
  path: "/api/catalog/offers/:offerId",
  summary:
    "Change an offer's terms and coverage: a new version, unless they say what it says already. Matches keep the one they were made with. 409 `version-changed` when somebody else was faster.",
  access: ["operator", "person"],
  params: offerId,
  body: z.object({
    version: version.describe("The version that was read before the change"),
    terms: offerTerms.describe("Of the same kind as before"),
    coverage,
  }),
  answer: offerAnswer,
});

export const changeOffer = endpoint({
  service: "catalog",
  method: "POST",
  path: "/api/catalog/offers/:offerId/state",
  summary: "Publish, pause, resume or withdraw an offer. A withdrawn one does not come back.",
  access: ["operator", "person"],
  params: offerId,
  body: z.object({ change: z.enum(offerChanges) }),
  answer: offerAnswer,
});

export const readOffer = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/offers/:offerId",
  summary: "A published offer of a verified provider, as it is now.",
  access: ["anyone"],
  params: offerId,
  answer: z.object({ offer }),
});

/** All of an offer, for those who manage it. */
const offerRecord = z.object({
  id: z.uuid(),
  providerId: z.uuid(),
  state: z.enum(offerStates),
  version,
  terms: offerTerms,
  coverage,
  confirmedOn: limaDay,
  /** When it was first published. */
  publishedAt: instantText.nullable(),
  /** When it is over by itself: after a training, or a buyer's delivery window. */
  expiresAt: instantText.nullable(),
  allowed: z.array(z.enum(offerChanges)).describe("What can be done next"),
});

export const readOfferRecord = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/offers/:offerId/record",
  summary: "An offer in any state, with its versions: for the provider's managers and operators.",
  access: ["operator", "person"],
  params: offerId,
  answer: z.object({
    offer: offerRecord.extend({
      versions: z
        .array(z.object({ version, since: instantText, by: z.string() }))
        .describe("The newest first"),
    }),
  }),
});

export const readOfferVersion = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/offers/:offerId/versions/:version",
  summary:
    "What an offer said at a version, which is what a match was made with: for the provider's managers and staff. The match itself carries the version's number and price.",
  access: ["service", "operator", "person"],
  params: offerId.extend({ version: z.coerce.number().int().min(1).max(1_000_000) }),
  answer: z.object({
    offerId: z.uuid(),
    version,
    terms: offerTerms,
    coverage,
    since: instantText.describe("From when it held"),
  }),
});

export const listProviderOffers = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/providers/:providerId/offers",
  summary: "A verified provider's published offers, the newest first.",
  access: ["anyone"],
  params: providerId,
  query: z.object(pageQuery),
  answer: page(offer),
});

export const listOfferRecords = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/providers/:providerId/offer-records",
  summary: "All offers of a provider in any state, the newest first: for its managers and operators.",
  access: ["operator", "person"],
  params: providerId,
  query: z.object({ state: z.enum(offerStates).optional(), ...pageQuery }),
  answer: page(offerRecord),
});

const instalment = z.object({
  number: z.int(),
  dueOn: limaDay,
  capitalCentimos: sum,
  interestCentimos: sum,
  insuranceCentimos: sum,
  feeCentimos: sum,
  totalCentimos: sum,
  balanceCentimos: sum.describe("Owed after it is paid"),
});

export const quoteOffer = endpoint({
  service: "catalog",
  method: "POST",
  path: "/api/catalog/offers/:offerId/quote",
  summary:
    "What a loan costs for an amount and a term: each instalment, the total, the full cost rate (TCEA), and which requirements are met.",
  access: ["anyone"],
  params: offerId,
  body: z.object({
    amountCentimos: centimos,
    months: z.int().min(1).max(120),
    startsOn: limaDay.optional().describe("When it is handed out; today in Lima unless said"),
    has: z
      .array(z.enum(loanRequirements))
      .max(loanRequirements.length)
      .optional()
      .describe("What the borrower has: the answer says what is missing, and what would do instead"),
  }),
  answer: z.object({
    offerId: z.uuid(),
    version,
    instalments: z.array(instalment),
    receivedCentimos: sum.describe("What arrives in the borrower's hands"),
    addedInterestCentimos: sum.describe("Interest of the grace months that is added to the capital"),
    totalCentimos: sum.describe("All that is paid, the opening fee too"),
    costCentimos: sum.describe("Of the total, what is beyond the amount"),
    fullCostPercent,
    requirements: z
      .object({
        met: z.boolean(),
        requirements: z.array(
          z.object({
            requirement: z.enum(loanRequirements),
            met: z.boolean(),
            by: z.enum(loanRequirements).nullable().describe("What meets it: itself or a substitute"),
            wouldDo: z.array(z.enum(loanRequirements)),
          }),
        ),
      })
      .nullable()
      .describe("Null unless `has` was given"),
  }),
});

export const offersEndpoints = [
  publishOffer,
  editOffer,
  changeOffer,
  readOffer,
  readOfferRecord,
  readOfferVersion,
  listProviderOffers,
  listOfferRecords,
  quoteOffer,
];
