import type { purchaseQuality } from "@minka/contracts/offer-terms";
import { sql } from "@minka/database/query";
import {
  boolean,
  customType,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "@minka/database/table";
import type { z } from "zod";
import { offers, providers } from "../tables.ts";

const schema = pgSchema("catalog");
const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });
/** Compared by bytes, so that a prefix is one stretch of the index. */
const plainText = customType<{ data: string }>({ dataType: () => 'text collate "C"' });

/**
 * The offers that are found, one row each: published, of a verified provider, confirmed not too long ago. What
 * candidates and lists read of an offer stands here in few bytes; `refreshPostings` keeps it true.
 */
export const listings = schema.table(
  "listings",
  {
    /** Short, because tens of postings repeat it. */
    number: integer("number").primaryKey().generatedAlwaysAsIdentity(),
    offerId: uuid("offer_id")
      .notNull()
      .references(() => offers.id),
    providerId: uuid("provider_id")
      .notNull()
      .references(() => providers.id),
    /** Who is asked, and is nobody's own candidate. */
    personId: uuid("person_id").notNull(),
    offerVersion: integer("offer_version").notNull(),
    kind: text("kind").notNull(),
    crops: text("crops").array().notNull(),
    subjects: text("subjects").array().notNull(),
    priceCentimos: integer("price_centimos"),
    priceUnit: text("price_unit"),
    monthlyCapacity: integer("monthly_capacity"),
    /** Céntimos for a loan, kg for a harvest; null without a limit. */
    leastAmount: doublePrecision("least_amount"),
    mostAmount: doublePrecision("most_amount"),
    // The other conditions of an offer: see `conditions.ts`.
    /** First and last day: a training is over, a buyer does not take yet. */
    opensOn: date("opens_on", { mode: "string" }),
    closesOn: date("closes_on", { mode: "string" }),
    /** In which a harvest is bought. */
    state: text("state"),
    quality: jsonb("quality").$type<z.output<typeof purchaseQuality>>(),
    certificates: text("certificates")
      .array()
      .notNull()
      .default(sql`'{}'`),
    packAmount: doublePrecision("pack_amount"),
    packUnit: text("pack_unit"),
    leastPacks: integer("least_packs"),
    stockPacks: integer("stock_packs"),
    /** What a lender asks for, each with what would do instead, as bits. */
    requirements: integer("requirements")
      .array()
      .notNull()
      .default(sql`'{}'`),
    title: text("title").notNull().default(""),
    womenFocused: boolean("women_focused").notNull().default(false),
    specialistTopics: text("specialist_topics")
      .array()
      .notNull()
      .default(sql`'{}'`),
    providerName: text("provider_name").notNull().default(""),
    // What is known of its provider, as `keep-provider-facts.ts` keeps it.
    /** That an agent speaks; of visits alone. */
    languages: text("languages")
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Of an agent's profile: all topics, and those that they know well. */
    knownTopics: text("known_topics")
      .array()
      .notNull()
      .default(sql`'{}'`),
    expertTopics: text("expert_topics")
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Last day on which a checked certificate for this kind of work is in force; null without one. */
    certifiedUntil: date("certified_until", { mode: "string" }),
    adviserSells: boolean("adviser_sells").notNull().default(false),
    /** Never shown: what services compare places with. */
    baseLatitude: doublePrecision("base_latitude"),
    baseLongitude: doublePrecision("base_longitude"),
    /** Where about that is, which is all that the public lists go by: see `public-point.ts`. */
    publicLatitude: doublePrecision("public_latitude"),
    publicLongitude: doublePrecision("public_longitude"),
    confirmedOn: date("confirmed_on", { mode: "string" }).notNull(),
    /** Its place among the freshest, and among the cheapest: see `listing-places.ts`. */
    freshPlace: integer("fresh_place").notNull(),
    pricePlace: integer("price_place").notNull(),
    /** The terms by which it is searched: see `listing-terms.ts`. */
    document: tsvector("document").notNull(),
  },
  (table) => [
    uniqueIndex("listings_offer").on(table.offerId),
    index("listings_provider").on(table.providerId, table.kind),
    index("listings_person").on(table.personId),
    index("listings_by_freshness").on(table.freshPlace, table.number),
    index("listings_by_price").on(table.pricePlace, table.number),
    index("listings_of_kind_by_freshness").on(table.kind, table.freshPlace, table.number),
    index("listings_of_kind_by_price").on(table.kind, table.pricePlace, table.number),
    index("listings_document").using("gin", table.document).with({ fastupdate: false }),
  ],
);

/** The providers that are found: verified ones, with the terms of all their listed offers. */
export const providerListings = schema.table(
  "provider_listings",
  {
    number: integer("number").primaryKey().generatedAlwaysAsIdentity(),
    providerId: uuid("provider_id")
      .notNull()
      .references(() => providers.id),
    /** The name as it is sorted by. */
    sortName: plainText("sort_name").notNull(),
    publicLatitude: doublePrecision("public_latitude"),
    publicLongitude: doublePrecision("public_longitude"),
    freshPlace: integer("fresh_place").notNull(),
    document: tsvector("document").notNull(),
  },
  (table) => [
    uniqueIndex("provider_listings_provider").on(table.providerId),
    index("provider_listings_by_freshness").on(table.freshPlace, table.number),
    index("provider_listings_by_name").on(table.sortName, table.number),
    index("provider_listings_document").using("gin", table.document).with({ fastupdate: false }),
  ],
);

/** Verified providers from before there was a public list, until `list-provider` has put them into it. */
export const unlistedProviders = schema.table("unlisted_providers", {
  providerId: uuid("provider_id")
    .primaryKey()
    .references(() => providers.id),
});

/** Every term that a listing has or had, with how many have it: which way of searching is the quick one. */
export const searchTerms = schema.table("search_terms", {
  term: plainText("term").primaryKey(),
  offers: integer("offers").notNull(),
  providers: integer("providers").notNull(),
});

/** For each word, hashes of what is left of its sound when letters are missing: where slips lead to. */
export const spellings = schema.table(
  "spellings",
  { key: integer("key").notNull(), word: plainText("word").notNull() },
  (table) => [primaryKey({ columns: [table.key, table.word] })],
);
