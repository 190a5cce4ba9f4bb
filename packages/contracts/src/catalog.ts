import { crops, kinds, modalities, topics } from "@minka/domain/vocabulary";
import { z } from "zod";
import { centimos, districtCode, instantText, page, pageQuery, pointInPeru } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { need } from "./need.ts";

const coverage = z
  .array(z.string().regex(/^(PE|\d{2}|\d{4}|\d{6})$/, "INEI prefix of 2, 4 or 6 digits, or PE"))
  .min(1)
  .max(50);

export const assistanceTerms = z.object({
  kind: z.literal("assistance"),
  topics: z.array(z.enum(topics)).min(1),
  crops: z.array(z.enum(crops)).min(1),
  modalities: z.array(z.enum(modalities)).min(1),
  /** A visit; 0 when somebody else pays. */
  pricePerVisitCentimos: centimos,
  /** Producers a month: a community trainer's quota is 180 to 200. */
  monthlyCapacity: z.int().min(1).max(1_000),
  base: pointInPeru,
  reachKm: z.number().min(1).max(500),
});

/** Kinds other than assistance, described as far as the home page and the lists show them. */
export const otherTerms = z.object({
  kind: z.enum(kinds).exclude(["assistance"]),
  title: z.string().trim().min(3).max(80),
  products: z.array(z.string().max(40)).max(40).default([]),
  crops: z.array(z.enum(crops)).default([]),
  priceCentimos: centimos.nullable(),
  priceUnit: z.string().max(20).nullable(),
});

export const offerTerms = z.discriminatedUnion("kind", [assistanceTerms, otherTerms]);
export type OfferTerms = z.output<typeof offerTerms>;

export const providerKinds = ["agent", "supplier", "lender", "buyer", "trainer"] as const;

export const offer = z.object({
  id: z.uuid(),
  version: z.int(),
  provider: z.object({ id: z.uuid(), name: z.string(), kind: z.enum(providerKinds) }),
  /** Without the base point: where an agent lives is nobody's business. */
  terms: z.discriminatedUnion("kind", [assistanceTerms.omit({ base: true }), otherTerms]),
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
  /** Null where the offer has no base point: it serves an area. */
  distanceKm: z.number().nullable(),
  priceCentimos: centimos.nullable(),
  /** What the price is for: "visita", "saco". */
  priceUnit: z.string().nullable(),
  monthlyCapacity: z.int().nullable(),
  /** What of the need the offer names itself: an offer for every crop matches, but fits less. */
  fits: z.object({ topic: z.boolean(), crop: z.boolean() }),
  confirmedOn: z.iso.date(),
});
export type Candidate = z.output<typeof candidate>;

export const findCandidates = endpoint({
  service: "catalog",
  method: "POST",
  path: "/api/catalog/candidates",
  summary: "Verified, published offers that could serve a need at a place, the nearest first.",
  access: ["service"],
  body: z.object({
    need,
    districtCode,
    /** Nobody is matched with themself. */
    requesterPersonId: z.uuid(),
    excludeOfferIds: z.array(z.uuid()).max(500).default([]),
    /** A wider search: half as far again, and other topics of the same crop. */
    wider: z.boolean().default(false),
    limit: z.int().min(1).max(50).default(20),
  }),
  answer: z.object({
    candidates: z.array(candidate),
    /** Why there are none: nobody offers this at all, not here, or only other topics or crops. */
    emptyBecause: z.enum(["nobody-offers-this", "nobody-reaches-there", "other-topics-only"]).nullable(),
  }),
});

export const listOffers = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/offers",
  summary: "Published offers, newest confirmation first.",
  access: ["anyone"],
  query: z.object({ kind: z.enum(kinds).optional(), districtCode: districtCode.optional(), ...pageQuery }),
  answer: page(offer),
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

const providerId = z.object({ providerId: z.uuid() });

export const registerProvider = endpoint({
  service: "catalog",
  method: "POST",
  path: "/api/catalog/providers",
  summary: "Register a provider as a draft; its person is who gets asks by SMS.",
  access: ["operator"],
  body: z.object({
    kind: z.enum(providerKinds),
    name: z.string().trim().min(2).max(80),
    personId: z.uuid(),
    districtCode,
    document: z.object({ type: z.enum(["dni", "ruc"]), number: z.string().max(11) }).optional(),
  }),
  answer: z.object({ providerId: z.uuid(), state: z.enum(["draft", "verified"]) }),
  status: 201,
});

export const verifyProvider = endpoint({
  service: "catalog",
  method: "POST",
  path: "/api/catalog/providers/:providerId/verification",
  summary: "An operator states that the provider is who it says; only then are its offers found.",
  access: ["operator"],
  params: providerId,
  body: z.object({ evidence: z.string().trim().min(3).max(200) }),
  answer: z.object({ providerId: z.uuid(), state: z.enum(["draft", "verified"]) }),
});

export const publishOffer = endpoint({
  service: "catalog",
  method: "POST",
  path: "/api/catalog/providers/:providerId/offers",
  summary: "Publish an offer of a provider.",
  access: ["operator", "person"],
  params: providerId,
  body: z.object({ terms: offerTerms, coverage }),
  answer: z.object({ offerId: z.uuid(), version: z.int() }),
  status: 201,
});

export const catalogEndpoints = [
  findCandidates,
  listOffers,
  offersByDistrict,
  registerProvider,
  verifyProvider,
  publishOffer,
];
