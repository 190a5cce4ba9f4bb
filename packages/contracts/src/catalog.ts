import {
  certificates,
  cropStates,
  crops,
  equipmentProducts,
  hiredServices,
  inputProducts,
  kinds,
  languages,
  loanRequirements,
  topics,
} from "@minka/domain/vocabulary";
import { z } from "zod";
import { askerConditions } from "./asker.ts";
import { centimos, districtCode, instantText, limaDay, page, pageQuery, pointInPeru } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { need } from "./need.ts";
import { coverage, publicOfferTerms } from "./offer-terms.ts";
import { topicLevels } from "./provider-details.ts";
import { providerKinds } from "./providers.ts";

export const offer = z.object({
  id: z.uuid(),
  version: z.int(),
  provider: z.object({
    id: z.uuid(),
    name: z.string(),
    kinds: z.array(z.enum(providerKinds)),
    districtCode: districtCode.nullable().default(null).describe("Where the provider is at home"),
  }),
  terms: publicOfferTerms,
  coverage,
  confirmedOn: z.iso.date(),
});

/** An offer that could serve a need, with what ranking has to know and nothing private. */
export const candidate = z.object({
  offerId: z.uuid(),
  offerVersion: z.int(),
  providerId: z.uuid(),
  providerName: z.string(),
  providerPersonId: z.uuid(),
  distanceKm: z.number().nullable().describe("Null where the offer has no base point: it serves an area"),
  priceCentimos: centimos.nullable(),
  priceUnit: z.string().nullable().describe('What the price is for: "visita", "saco"'),
  monthlyCapacity: z.int().nullable(),
  fits: z
    .object({ topic: z.boolean(), crop: z.boolean() })
    .describe("What of the need the offer names itself: an offer for every crop matches, but fits less"),
  confirmedOn: z.iso.date(),
  title: z
    .string()
    .default("")
    .describe("As lists call it; empty for assistance, which is called by its topics"),
  product: z
    .enum([...inputProducts, ...equipmentProducts, ...hiredServices])
    .nullable()
    .default(null)
    .describe("The very product or service"),
  state: z.enum(cropStates).nullable().default(null).describe("In which a harvest is bought"),
  byPhone: z.boolean().default(false).describe("Advice by phone or message: nobody comes"),
  adviserSells: z
    .boolean()
    .default(false)
    .describe("Who advises also sells inputs, or who sells this input also advises: shown as such"),
  womenFocused: z.boolean().default(false).describe("For women, or for women first"),
  languages: z.array(z.enum(languages)).default([]).describe("That an agent speaks with producers"),
  topicLevel: z
    .enum(topicLevels)
    .nullable()
    .default(null)
    .describe("How well an agent knows the topic asked for"),
  certified: z
    .boolean()
    .default(false)
    .describe("Holds a certificate for this kind of work that an operator has seen and that has not run out"),
  missing: z
    .array(z.enum(loanRequirements))
    .default([])
    .describe("What a lender asks for and the asker is not known to have, nor anything in its place"),
  asks: z
    .array(z.enum(certificates))
    .default([])
    .describe("Certificates that a buyer asks for and the asker is not known to have"),
  stockLeft: z
    .int()
    .nullable()
    .default(null)
    .describe("Packs or pieces that there are; null when nobody said"),
});
export type Candidate = z.output<typeof candidate>;

/** What is looked for, where and for whom. */
const search = z.object({
  need,
  districtCode,
  /** Where exactly the asker is, when known: distances are measured from there instead of the district's town. */
  point: pointInPeru.optional(),
  requesterPersonId: z.uuid().describe("Nobody is matched with themself"),
  requester: askerConditions
    .prefault({})
    .describe(
      "As `asker` of profiles tells it. Offers for women only are for who is known to be one; who is known to lack what is asked for, and what would do instead, is not sent there",
    ),
  organicOnly: z.boolean().default(false).describe("Demands inputs that may be used in organic farming"),
  excludeOfferIds: z.array(z.uuid()).max(500).default([]),
  excludeProviderIds: z.array(z.uuid()).max(500).default([]).describe("Blocked by either side"),
  onlyOfferIds: z
    .array(z.uuid())
    .max(20)
    .optional()
    .describe("Whether these very offers are candidates; no others are looked for"),
  consultation: z
    .boolean()
    .default(false)
    .describe("Only advice by phone or message, whoever gives it and wherever they are"),
  on: limaDay
    .optional()
    .describe("Day on which it has to hold: a training not over, a buyer who takes; today"),
  wider: z
    .boolean()
    .default(false)
    .describe(
      "A wider search: half as far again, other topics of the same crop, and a harvest in whatever state unless the need names one",
    ),
});
export type CandidateSearch = z.output<typeof search>;

export const findCandidates = endpoint({
  service: "catalog",
  method: "POST",
  path: "/api/catalog/candidates",
  summary: "Verified, published offers that could serve a need at a place, the nearest first.",
  access: ["service"],
  body: search.extend({ limit: z.int().min(1).max(50).default(20) }),
  answer: z.object({
    candidates: z.array(candidate),
    emptyBecause: z
      .enum(["nobody-offers-this", "nobody-reaches-there", "other-topics-only", "conditions-not-met"])
      .nullable()
      .describe(
        "Why there are none: nobody offers this at all, not here, only other topics or crops, or none whose conditions are met",
      ),
  }),
});

/** Why an offer does not serve a need; `parameters` say what it comes down to. */
export const notCandidateCodes = [
  "not-published",
  "provider-not-verified",
  "provider-resting",
  "stale-hidden",
  "wrong-kind",
  "other-crop",
  "other-topic",
  "outside-coverage",
  "out-of-reach",
  "own-offer",
  "excluded",
  "outside-amount",
  "women-only",
  "not-organic",
  "provider-excluded",
  "not-named",
  "not-by-phone",
  "unregistered",
  "not-open",
  "other-state",
  "quality-not-met",
  "too-few-packs",
  "not-enough-stock",
  "requirement-not-met",
  "certificate-not-held",
] as const;
export type NotCandidateCode = (typeof notCandidateCodes)[number];

export const explainCandidate = endpoint({
  service: "catalog",
  method: "POST",
  path: "/api/catalog/candidates/explanation",
  summary: "Why an offer was not a candidate for a need; no reasons when it was one.",
  access: ["service", "operator"],
  body: search.extend({ offerId: z.uuid() }),
  answer: z.object({
    candidate: z.boolean(),
    reasons: z.array(
      z.object({
        code: z
          .enum(notCandidateCodes)
          .describe("What each means: `excluded` of a request's explanation of an offer"),
        parameters: z.record(z.string(), z.union([z.string(), z.number()])),
      }),
    ),
  }),
});

const flag = (meaning: string) =>
  z
    .stringbool()
    .meta({ enum: ["true", "false"] })
    .optional()
    .describe(`${meaning}; no matter when left out`);

/** What offers and providers are looked for by; each is optional and all have to hold. */
const filters = {
  q: z
    .string()
    .trim()
    .min(1)
    .max(120)
    .optional()
    .describe("Words in Spanish, with or without accents; slips of the pen are forgiven"),
  kind: z.enum(kinds).optional().describe("Of the offers"),
  crop: z.enum(crops).optional().describe("Named by the offer, or served because it names none"),
  topic: z.enum(topics).optional(),
  product: z.enum([...inputProducts, ...equipmentProducts]).optional(),
  service: z.enum(hiredServices).optional(),
  districtCode: districtCode.optional().describe("INEI code of a district that is served"),
  nearKm: z.coerce
    .number()
    .min(1)
    .max(500)
    .optional()
    .describe(
      "Instead of who serves the district: who sets out from within so many km of it. Where that is the list knows to about 5 km, and no better",
    ),
  womenFocused: flag("For women, or for women first"),
  organicApproved: flag("May be used in organic farming"),
  certificate: z.enum(certificates).optional().describe("That a buyer asks for"),
};

export const offerSorts = ["relevance", "nearest", "price", "freshest"] as const;

export const listOffers = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/offers",
  summary:
    "Published offers of verified providers. Sorted by relevance when words are given, otherwise by the last confirmation; those long unconfirmed come last.",
  access: ["anyone"],
  query: z
    .object({
      ...filters,
      maximumPriceCentimos: z.coerce
        .number()
        .pipe(centimos)
        .optional()
        .describe("Offers with a price up to this"),
      sort: z.enum(offerSorts).optional().describe("`nearest` needs a districtCode"),
      ...pageQuery,
    })
    .refine(
      ({ nearKm, sort, districtCode: from }) =>
        from !== undefined || (nearKm === undefined && sort !== "nearest"),
      {
        path: ["districtCode"],
        message: "is needed to tell what is near",
      },
    ),
  answer: page(offer),
});

export const providerSorts = ["relevance", "nearest", "name", "freshest"] as const;

/** A provider in a list: what it offers is in `GET /api/catalog/offers` and under the provider. */
export const listedProvider = z.object({
  id: z.uuid(),
  name: z.string(),
  kinds: z.array(z.enum(providerKinds)),
  districtCode,
  coverage,
  offers: z.int().describe("How many offers are found now"),
  confirmedOn: z.iso.date(),
});

export const listProviders = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/providers",
  summary: "Verified providers, found by their name, their place and what they offer.",
  access: ["anyone"],
  query: z
    .object({
      ...filters,
      providerKind: z.enum(providerKinds).optional().describe("What the provider is"),
      sort: z.enum(providerSorts).optional().describe("`nearest` needs a districtCode"),
      ...pageQuery,
    })
    .refine(
      ({ nearKm, sort, districtCode: from }) =>
        from !== undefined || (nearKm === undefined && sort !== "nearest"),
      {
        path: ["districtCode"],
        message: "is needed to tell what is near",
      },
    ),
  answer: page(listedProvider),
});

export const confirmOffer = endpoint({
  service: "catalog",
  method: "POST",
  path: "/api/catalog/offers/:offerId/confirmation",
  summary:
    "Say that a published offer still holds, as its managers do by SMS: it is shown among the fresh ones again.",
  access: ["operator", "person"],
  params: z.object({ offerId: z.uuid() }),
  answer: z.object({ offerId: z.uuid(), confirmedOn: limaDay }),
});

export const offersByDistrict = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/overview",
  summary: "How many offers have their base in each district, by kind.",
  access: ["anyone"],
  answer: z.object({
    districts: z.array(z.object({ districtCode, kind: z.enum(kinds), offers: z.int() })),
    asOf: instantText,
  }),
});

export const catalogEndpoints = [
  findCandidates,
  explainCandidate,
  listOffers,
  listProviders,
  confirmOffer,
  offersByDistrict,
];
