import { conductVersions } from "@minka/contracts/conduct";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import { providerStates } from "@minka/contracts/provider-decisions";
import { providerForms, providerKinds, type LenderEntry } from "@minka/contracts/providers";
import { commonTables, id, instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgSchema,
  text,
  uniqueIndex,
  uuid,
} from "@minka/database/table";

const schema = pgSchema("catalog");
export const { idempotencyKeys, audit } = commonTables(schema);

export const providers = schema.table(
  "providers",
  {
    id: id(),
    form: text("form", { enum: providerForms }).notNull(),
    kinds: text("kinds", { enum: providerKinds }).array().notNull(),
    /** As it is shown. */
    name: text("name").notNull(),
    /** As registered with SUNAT, where it differs. */
    legalName: text("legal_name"),
    /** Who gets asks by SMS: one of the staff. */
    personId: uuid("person_id").notNull(),
    /** Of profiles, where the provider is one of its organizations. */
    organizationId: uuid("organization_id"),
    districtCode: text("district_code").notNull(),
    coverage: text("coverage").array().notNull(),
    documentType: text("document_type", { enum: ["dni", "ruc"] }),
    documentNumber: text("document_number"),
    lenderRegister: jsonb("lender_register").$type<LenderEntry>(),
    phone: text("phone"),
    showsPhone: boolean("shows_phone").notNull().default(false),
    website: text("website"),
    showsWebsite: boolean("shows_website").notNull().default(true),
    description: text("description"),
    state: text("state", { enum: providerStates }).notNull(),
    /** Since when it has been in this state. */
    stateSince: instant("state_since").notNull(),
    /** Everybody who registered, corrected or submitted what is to be verified: none of them may verify it. */
    makers: uuid("makers").array().notNull(),
    verifiedAt: instant("verified_at"),
    verifiedBy: text("verified_by"),
    evidence: text("evidence"),
    /** The code of conduct that was accepted for it; null: none yet, or verified before there was one. */
    conductVersion: text("conduct_version", { enum: conductVersions }),
    conductAt: instant("conduct_at"),
    /** Day in Lima on which somebody last said that the entry holds. */
    confirmedOn: date("confirmed_on", { mode: "string" }).notNull(),
    /** Last day in Lima of a rest, in which its offers are found by nobody; null when it is over: see `end-rest`. */
    restsUntil: date("rests_until", { mode: "string" }),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    // Whoever has closed an entry may begin another.
    uniqueIndex("providers_one_a_person")
      .on(table.personId)
      .where(sql`form = 'person' and state <> 'closed'`),
    uniqueIndex("providers_one_a_document")
      .on(table.documentType, table.documentNumber)
      .where(sql`document_number is not null and state <> 'closed'`),
    uniqueIndex("providers_one_an_organization")
      .on(table.organizationId)
      .where(sql`organization_id is not null and state <> 'closed'`),
    index("providers_by_state").on(table.state, table.stateSince, table.id),
    index("providers_contact").on(table.personId),
    index("providers_resting")
      .on(table.restsUntil)
      .where(sql`rests_until is not null`),
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
    state: text("state", { enum: ["draft", "published", "paused", "expired", "withdrawn"] }).notNull(),
    coverage: text("coverage").array().notNull(),
    // What lists and searches read, taken out of the terms at each change: see `offerSummary`.
    title: text("title"),
    crops: text("crops").array().notNull(),
    subjects: text("subjects").array().notNull(),
    priceCentimos: integer("price_centimos"),
    priceUnit: text("price_unit"),
    monthlyCapacity: integer("monthly_capacity"),
    audience: text("audience", { enum: ["everyone", "women_preferred", "women_only"] })
      .notNull()
      .default("everyone"),
    organicApproved: boolean("organic_approved"),
    certificates: text("certificates").array().notNull().default([]),
    confirmedOn: date("confirmed_on", { mode: "string" }).notNull(),
    /** When it was first published; null for a draft. */
    publishedAt: instant("published_at"),
    /** A training is over, a delivery window has closed: the timer of `expire-offer`. */
    expiresAt: instant("expires_at"),
  },
  (table) => [
    index("offers_provider").on(table.providerId),
    index("offers_to_expire")
      .on(table.expiresAt)
      .where(sql`state in ('published', 'paused') and expires_at is not null`),
    // What is paid for a crop, near and lately.
    index("offers_prices")
      .on(
        sql`(terms->>'crop')`,
        sql`(terms->'delivery'->>'districtCode')`,
        table.confirmedOn.desc().nullsFirst(),
      )
      .where(sql`kind = 'purchase' and state = 'published'`),
    index("offers_newest_prices")
      .on(sql`(terms->>'crop')`, table.confirmedOn.desc().nullsFirst())
      .where(sql`kind = 'purchase' and state = 'published'`),
    index("offers_by_confirmation").on(table.confirmedOn.desc().nullsFirst(), table.id.desc().nullsFirst()),
  ],
);
