import { providerStates, providerTransitions } from "@minka/contracts/provider-decisions";
import { providerCertificates, staffRoles, type AgentProfile } from "@minka/contracts/provider-details";
import { id, instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import {
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSchema,
  real,
  text,
  uniqueIndex,
  uuid,
} from "@minka/database/table";
import { providers } from "../tables.ts";

const schema = pgSchema("catalog");

const providerId = () =>
  uuid("provider_id")
    .notNull()
    .references(() => providers.id);

/** Every step of a provider's entry, with its reason: what a provider may dispute. */
export const providerDecisions = schema.table(
  "provider_decisions",
  {
    id: id(),
    providerId: providerId(),
    transition: text("transition", { enum: providerTransitions }).notNull(),
    from: text("from", { enum: providerStates }).notNull(),
    to: text("to", { enum: providerStates }).notNull(),
    by: text("by").notNull(),
    at: instant("at").notNull(),
    reason: text("reason"),
  },
  (table) => [index("provider_decisions_provider").on(table.providerId, table.at)],
);

/** Who acts for a provider; the past is kept. */
export const providerStaff = schema.table(
  "provider_staff",
  {
    id: id(),
    providerId: providerId(),
    personId: uuid("person_id").notNull(),
    role: text("role", { enum: staffRoles }).notNull(),
    /** Days in Lima. */
    since: date("since", { mode: "string" }).notNull(),
    until: date("until", { mode: "string" }),
  },
  (table) => [
    uniqueIndex("provider_staff_now")
      .on(table.providerId, table.personId)
      .where(sql`until is null`),
    index("provider_staff_person")
      .on(table.personId)
      .where(sql`until is null`),
  ],
);

export const agentProfiles = schema.table("agent_profiles", {
  providerId: providerId().primaryKey(),
  topics: jsonb("topics").$type<AgentProfile["topics"]>().notNull(),
  crops: text("crops").array().$type<AgentProfile["crops"]>().notNull(),
  languages: text("languages").array().$type<AgentProfile["languages"]>().notNull(),
  /** Where the agent sets out from: private. */
  latitude: doublePrecision("latitude").notNull(),
  longitude: doublePrecision("longitude").notNull(),
  reachKm: real("reach_km").notNull(),
  /** Producers a month. */
  monthlyCapacity: integer("monthly_capacity").notNull(),
  resells: jsonb("resells").$type<AgentProfile["resells"]>().notNull(),
  updatedAt: instant("updated_at").notNull(),
});

export const certificates = schema.table(
  "provider_certificates",
  {
    id: id(),
    providerId: providerId(),
    kind: text("kind", { enum: providerCertificates }).notNull(),
    title: text("title"),
    issuer: text("issuer").notNull(),
    number: text("number"),
    issuedOn: date("issued_on", { mode: "string" }).notNull(),
    expiresOn: date("expires_on", { mode: "string" }),
    /** Who added it: may not be who checks it. */
    addedBy: uuid("added_by").array().notNull(),
    /** When an operator had seen it. */
    checkedAt: instant("checked_at"),
    checkedBy: text("checked_by"),
  },
  (table) => [index("provider_certificates_provider").on(table.providerId)],
);

/** An organization whose managers may manage the provider's offers; the past is kept. */
export const providerGrants = schema.table(
  "provider_grants",
  {
    id: id(),
    providerId: providerId(),
    organizationId: uuid("organization_id").notNull(),
    grantedBy: text("granted_by").notNull(),
    grantedAt: instant("granted_at").notNull(),
    withdrawnBy: text("withdrawn_by"),
    withdrawnAt: instant("withdrawn_at"),
  },
  (table) => [
    uniqueIndex("provider_grants_now")
      .on(table.providerId, table.organizationId)
      .where(sql`withdrawn_at is null`),
    index("provider_grants_organization")
      .on(table.organizationId)
      .where(sql`withdrawn_at is null`),
  ],
);
