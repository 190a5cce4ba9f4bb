import {
  membershipEnds,
  membershipOrigins,
  membershipRoles,
  membershipStates,
} from "@minka/contracts/memberships";
import { organizationKinds, organizationStates } from "@minka/contracts/organizations";
import { commonTables, id, instant } from "@minka/database/columns";
import { consentChannels, consentPurposes, languages, wallets } from "@minka/domain/vocabulary";
import { sql } from "@minka/database/query";
import {
  boolean,
  date,
  index,
  integer,
  pgSchema,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "@minka/database/table";

const schema = pgSchema("profiles");
export const { idempotencyKeys, audit } = commonTables(schema);

export const people = schema.table(
  "people",
  {
    id: id(),
    name: text("name"),
    districtCode: text("district_code"),
    /** Only where the person said it; indicators are split by it. */
    sex: text("sex", { enum: ["f", "m"] }),
    birthYear: smallint("birth_year"),
    /** Invited: imported, and has not agreed yet. Erased: nothing is left but the id. */
    state: text("state", { enum: ["active", "invited", "erased"] })
      .notNull()
      .default("active"),
    /** Eight digits; leading zeros count. In no public answer. */
    dni: text("dni"),
    /** Kept only while the consent `language` is in force: it tells ethnicity. */
    language: text("language", { enum: languages }),
    /** The hamlet, as its people call it. */
    locality: text("locality"),
    /** Hours of the day in Lima between which they like to be called. */
    contactFromHour: smallint("contact_from_hour"),
    contactToHour: smallint("contact_to_hour"),
    /** Wants to be attended by a woman; false also for who never said anything of it. */
    prefersWoman: boolean("prefers_woman").notNull().default(false),
    wallets: text("wallets", { enum: wallets })
      .array()
      .notNull()
      .default(sql`'{}'`),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [
    index("people_district").on(table.districtCode),
    uniqueIndex("people_dni")
      .on(table.dni)
      .where(sql`dni is not null and state <> 'erased'`),
    index("people_invited")
      .on(table.createdAt)
      .where(sql`state = 'invited'`),
  ],
);

/** Which people a phone reaches: a household often shares one. */
export const phones = schema.table(
  "phones",
  {
    phone: text("phone").notNull(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id),
    linkedAt: instant("linked_at").notNull(),
    usedAt: instant("used_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.phone, table.personId] }),
    index("phones_person").on(table.personId),
  ],
);

/** A ledger: rows are added, and closed by what tells of the withdrawal, never changed otherwise. */
export const consents = schema.table(
  "consents",
  {
    id: id(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id),
    purpose: text("purpose", { enum: consentPurposes }).notNull(),
    version: text("version").notNull(),
    channel: text("channel", { enum: consentChannels }).notNull(),
    /** Who heard it, where it was spoken. */
    witness: text("witness"),
    givenAt: instant("given_at").notNull(),
    withdrawnAt: instant("withdrawn_at"),
    withdrawnChannel: text("withdrawn_channel", { enum: consentChannels }),
    withdrawnWitness: text("withdrawn_witness"),
  },
  (table) => [
    index("consents_in_force")
      .on(table.personId)
      .where(sql`withdrawn_at is null`),
    index("consents_person").on(table.personId, table.givenAt),
  ],
);

export const producerCrops = schema.table(
  "producer_crops",
  {
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id),
    crop: text("crop").notNull(),
    /** Of coffee and cacao, by last season's production; derived anew whenever a season changes. */
    size: text("size", { enum: ["small", "medium", "large"] }),
  },
  (table) => [primaryKey({ columns: [table.personId, table.crop] })],
);

export const organizations = schema.table(
  "organizations",
  {
    id: id(),
    /** What people call it. */
    name: text("name").notNull(),
    /** As registered, where there is a registration. */
    legalName: text("legal_name"),
    kind: text("kind", { enum: organizationKinds }).notNull(),
    ruc: text("ruc"),
    districtCode: text("district_code").notNull(),
    crops: text("crops").array().notNull(),
    /** The organization's own, shown to everybody. */
    phone: text("phone"),
    description: text("description"),
    /** Null where nobody said; 0 where joining is free. */
    entryFeeCentimos: integer("entry_fee_centimos"),
    requirements: text("requirements")
      .array()
      .notNull()
      .default(sql`'{}'`),
    services: text("services")
      .array()
      .notNull()
      .default(sql`'{}'`),
    genderGuideline: text("gender_guideline"),
    genderGuidelineOn: date("gender_guideline_on"),
    state: text("state", { enum: organizationStates }).notNull().default("active"),
    /** When an operator found that it is what it says. */
    verifiedAt: instant("verified_at"),
    /** The day in Lima on which its entry was last said to be right. */
    confirmedOn: date("confirmed_on").notNull(),
    registeredBy: uuid("registered_by").references(() => people.id),
    createdAt: instant("created_at").notNull(),
    closedAt: instant("closed_at"),
    closeReason: text("close_reason"),
  },
  (table) => [
    index("organizations_region").on(sql`left(${table.districtCode}, 2)`),
    uniqueIndex("organizations_ruc")
      .on(table.ruc)
      .where(sql`state <> 'closed'`),
  ],
);

/** History is kept: a person who left and came back has two rows. One at a time is asked or active. */
export const memberships = schema.table(
  "memberships",
  {
    id: id(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id),
    organizationId: uuid("organization_id")
      .notNull()
      .references(() => organizations.id),
    role: text("role", { enum: membershipRoles }).notNull(),
    state: text("state", { enum: membershipStates }).notNull(),
    /** Whose idea it was; the other side is asked. */
    origin: text("origin", { enum: membershipOrigins }).notNull(),
    /** What the organization wrote to name whom it asks, a name or an id: all it is shown of them before they agree. */
    namedAs: text("named_as"),
    /** Days in Lima; `since` is null until it begins, `until` until it ends. */
    since: date("since"),
    until: date("until"),
    /** First day in the present role. */
    roleSince: date("role_since"),
    askedAt: instant("asked_at"),
    /** While asked: until when an answer is waited for. */
    expiresAt: instant("expires_at"),
    /** When it last began, was refused, lapsed or ended. */
    settledAt: instant("settled_at"),
    endReason: text("end_reason", { enum: membershipEnds }),
    /** What a manager wrote of it. */
    endNote: text("end_note"),
    trace: text("trace").notNull(),
  },
  (table) => [
    uniqueIndex("memberships_open")
      .on(table.personId, table.organizationId)
      .where(sql`state in ('asked', 'active')`),
    index("memberships_organization").on(table.organizationId, table.state),
    index("memberships_due")
      .on(table.expiresAt)
      .where(sql`state = 'asked'`),
    index("memberships_person").on(table.personId),
  ],
);

export const operators = schema.table("operators", {
  personId: uuid("person_id")
    .primaryKey()
    .references(() => people.id),
  appointedAt: instant("appointed_at").notNull(),
  /** Null for the first ones, whom the settings name. */
  appointedBy: uuid("appointed_by"),
  /** The row stays, or the next start would appoint again whom the settings name. */
  dismissedAt: instant("dismissed_at"),
});

/** Asked codes, also of unknown phones: limits must not tell who is known. Kept for a day. */
export const signInCodes = schema.table(
  "sign_in_codes",
  {
    id: id(),
    phone: text("phone").notNull(),
    hash: text("hash").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    tries: integer("tries").notNull(),
    usedAt: instant("used_at"),
  },
  (table) => [
    index("sign_in_codes_phone").on(table.phone, table.createdAt),
    index("sign_in_codes_age").on(table.createdAt),
  ],
);
