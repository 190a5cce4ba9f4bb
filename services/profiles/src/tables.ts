import { commonTables, id, instant } from "@minka/database/columns";
import { sql } from "drizzle-orm";
import { index, integer, pgSchema, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";

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
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [index("people_district").on(table.districtCode)],
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

/** A ledger: rows are added, and closed by `withdrawn_at`, never changed otherwise. */
export const consents = schema.table(
  "consents",
  {
    id: id(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id),
    purpose: text("purpose", { enum: ["service"] }).notNull(),
    version: text("version").notNull(),
    channel: text("channel", { enum: ["sms", "web", "api", "import"] }).notNull(),
    givenAt: instant("given_at").notNull(),
    withdrawnAt: instant("withdrawn_at"),
  },
  (table) => [
    index("consents_in_force")
      .on(table.personId)
      .where(sql`withdrawn_at is null`),
  ],
);

export const producerCrops = schema.table(
  "producer_crops",
  {
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id),
    crop: text("crop").notNull(),
    /** By last season's production, thresholds of the national agrarian survey. */
    size: text("size", { enum: ["small", "medium", "large"] }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.crop] })],
);

export const organizations = schema.table(
  "organizations",
  {
    id: id(),
    name: text("name").notNull(),
    kind: text("kind", { enum: ["association", "cooperative", "committee"] }).notNull(),
    districtCode: text("district_code").notNull(),
    crops: text("crops").array().notNull(),
    phone: text("phone"),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [index("organizations_region").on(sql`left(${table.districtCode}, 2)`)],
);

export const memberships = schema.table(
  "memberships",
  {
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id),
    organizationId: uuid("organization_id")
      .notNull()
      .references(() => organizations.id),
    role: text("role", { enum: ["member", "board", "president"] }).notNull(),
    since: smallint("since_year").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.personId, table.organizationId] }),
    index("memberships_organization").on(table.organizationId),
  ],
);

export const operators = schema.table("operators", {
  personId: uuid("person_id")
    .primaryKey()
    .references(() => people.id),
  appointedAt: instant("appointed_at").notNull(),
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
