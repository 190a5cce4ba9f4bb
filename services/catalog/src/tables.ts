import type { OfferTerms } from "@minka/contracts/catalog";
import { commonTables, id, instant } from "@minka/database/columns";
import { sql } from "drizzle-orm";
import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  real,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

const schema = pgSchema("catalog");
export const { idempotencyKeys, audit } = commonTables(schema);

export const providers = schema.table(
  "providers",
  {
    id: id(),
    kind: text("kind", { enum: ["agent", "supplier", "lender", "buyer", "trainer"] }).notNull(),
    name: text("name").notNull(),
    /** Who gets asks by SMS. */
    personId: uuid("person_id").notNull(),
    districtCode: text("district_code").notNull(),
    documentType: text("document_type", { enum: ["dni", "ruc"] }),
    documentNumber: text("document_number"),
    state: text("state", { enum: ["draft", "verified"] }).notNull(),
    verifiedAt: instant("verified_at"),
    verifiedBy: text("verified_by"),
    evidence: text("evidence"),
    /** Day in Lima on which somebody last said that the entry holds. */
    confirmedOn: date("confirmed_on", { mode: "string" }).notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("providers_person").on(table.personId, table.kind),
    uniqueIndex("providers_document")
      .on(table.kind, table.documentType, table.documentNumber)
      .where(sql`document_number is not null`),
  ],
);

export const offers = schema.table(
  "offers",
  {
    id: id(),
    providerId: uuid("provider_id")
      .notNull()
      .references(() => providers.id),
    /** Grows when the terms change; a match remembers which it was shown. */
    version: integer("version").notNull(),
    kind: text("kind").notNull(),
    terms: jsonb("terms").$type<OfferTerms>().notNull(),
    state: text("state", { enum: ["published"] }).notNull(),
    coverage: text("coverage").array().notNull(),
    crops: text("crops").array().notNull(),
    subjects: text("subjects").array().notNull(),
    priceCentimos: integer("price_centimos"),
    monthlyCapacity: integer("monthly_capacity"),
    confirmedOn: date("confirmed_on", { mode: "string" }).notNull(),
    publishedAt: instant("published_at").notNull(),
  },
  (table) => [
    index("offers_provider").on(table.providerId),
    index("offers_by_confirmation").on(table.confirmedOn.desc().nullsFirst(), table.id.desc().nullsFirst()),
  ],
);

/**
 * Where verified, published offers are looked for: one row for each area and crop under which an offer may
 * be asked. The first index holds all that the search reads, in the order in which it wants it.
 */
export const postings = schema.table(
  "postings",
  {
    area: text("area").notNull(),
    kind: text("kind").notNull(),
    crop: text("crop").notNull(),
    /** From the base point to the district's point; null for an offer that serves an area. */
    distanceKm: real("distance_km"),
    confirmedOn: date("confirmed_on", { mode: "string" }).notNull(),
    offerId: uuid("offer_id")
      .notNull()
      .references(() => offers.id),
    personId: uuid("person_id").notNull(),
    /** Beyond the reach, within one and a half of it: found by a wider search only. */
    stretched: boolean("stretched").notNull(),
    /** What the offer serves, a bit a word; 0 serves every. */
    subjectBits: integer("subject_bits").notNull(),
  },
  (table) => [
    index("postings_nearest").on(
      table.area,
      table.kind,
      table.crop,
      table.distanceKm,
      table.confirmedOn.desc().nullsFirst(),
      table.offerId,
      table.personId,
      table.stretched,
      table.subjectBits,
    ),
    index("postings_offer").on(table.offerId),
  ],
);

/** How many posted offers serve a kind, crop and subject, wherever they are. */
export const supply = schema.table(
  "supply",
  {
    kind: text("kind").notNull(),
    crop: text("crop").notNull(),
    subject: text("subject").notNull(),
    offers: integer("offers").notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.crop, table.subject] })],
);
