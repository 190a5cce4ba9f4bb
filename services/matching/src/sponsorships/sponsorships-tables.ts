import {
  sponsoredKinds,
  sponsoredStates,
  sponsorKinds,
  sponsorshipStates,
} from "@minka/contracts/sponsorships";
import { id, instant } from "@minka/database/columns";
import { sizeClasses } from "@minka/domain/size-class";
import { crops, topics } from "@minka/domain/vocabulary";
import { sql } from "@minka/database/query";
import {
  boolean,
  check,
  date,
  index,
  integer,
  pgSchema,
  text,
  uniqueIndex,
  uuid,
} from "@minka/database/table";
import { matches, requests } from "../tables.ts";

const schema = pgSchema("matching");

/**
 * Money for services of a named group. Its row is the lock for what is reserved and spent of it, and the check is
 * the last word: whatever a use case gets wrong, no more is promised than there is.
 */
export const sponsorships = schema.table(
  "sponsorships",
  {
    id: id(),
    sponsorKind: text("sponsor_kind", { enum: sponsorKinds }).notNull(),
    /** A provider of catalog or an organization of profiles; null for a programme. */
    sponsorId: uuid("sponsor_id"),
    /** As producers read it. */
    sponsorName: text("sponsor_name").notNull(),
    contactPersonId: uuid("contact_person_id").notNull(),
    title: text("title").notNull(),
    state: text("state", { enum: sponsorshipStates }).notNull(),
    budgetCentimos: integer("budget_centimos").notNull(),
    reservedCentimos: integer("reserved_centimos").notNull().default(0),
    spentCentimos: integer("spent_centimos").notNull().default(0),
    /** Days in Lima, both included. */
    from: date("from_day", { mode: "string" }).notNull(),
    until: date("until_day", { mode: "string" }).notNull(),
    // What is paid for; of an empty list nothing is demanded.
    kinds: text("kinds", { enum: sponsoredKinds }).array().notNull(),
    topics: text("topics", { enum: topics }).array().notNull(),
    crops: text("crops", { enum: crops }).array().notNull(),
    // For whom.
    districts: text("districts").array().notNull(),
    sexes: text("sexes", { enum: ["f", "m"] })
      .array()
      .notNull(),
    sizeClasses: text("size_classes", { enum: sizeClasses }).array().notNull(),
    member: boolean("member"),
    organizationIds: uuid("organization_ids").array().notNull(),
    sharePercent: integer("share_percent").notNull(),
    mostPerServiceCentimos: integer("most_per_service_centimos").notNull(),
    mostPerPerson: integer("most_per_person").notNull(),
    /** Who proposed it and in whose name: none of them approves it. */
    makers: uuid("makers").array().notNull(),
    createdAt: instant("created_at").notNull(),
    trace: text("trace").notNull(),
  },
  (table) => [
    check("sponsorships_within_budget", sql`reserved_centimos + spent_centimos <= budget_centimos`),
    check("sponsorships_nothing_negative", sql`reserved_centimos >= 0 and spent_centimos >= 0`),
    check("sponsorships_share", sql`share_percent between 1 and 100`),
    index("sponsorships_open")
      .on(table.until)
      .where(sql`state in ('active', 'paused')`),
    index("sponsorships_sponsor").on(table.sponsorId, table.id),
  ],
);
export type SponsorshipRow = typeof sponsorships.$inferSelect;

/**
 * Which sponsorships could pay a request, and what its person is counted by: known when its list is made, needed when
 * a provider is asked, and of no use afterwards.
 */
export const sponsoredRequests = schema.table("sponsored_requests", {
  requestId: uuid("request_id")
    .primaryKey()
    .references(() => requests.id),
  sponsorshipIds: uuid("sponsorship_ids").array().notNull(),
  sex: text("sex", { enum: ["f", "m"] }),
  sizeClass: text("size_class", { enum: sizeClasses }),
  member: boolean("member").notNull(),
});

/**
 * Money for one service. The four things that spending is reported by stay with it, as they were: who paid has to be
 * able to account for the money also when the person has been erased, moved or joined an organization since.
 * Nothing else of the person does.
 */
export const sponsoredServices = schema.table(
  "sponsored_services",
  {
    id: id(),
    sponsorshipId: uuid("sponsorship_id")
      .notNull()
      .references(() => sponsorships.id),
    matchId: uuid("match_id")
      .notNull()
      .references(() => matches.id),
    /** Of whom no more are paid than the sponsorship allows. */
    personId: uuid("person_id").notNull(),
    amountCentimos: integer("amount_centimos").notNull(),
    spentCentimos: integer("spent_centimos"),
    state: text("state", { enum: sponsoredStates }).notNull(),
    reservedAt: instant("reserved_at").notNull(),
    settledAt: instant("settled_at"),
    /** Where the service was asked for. */
    districtCode: text("district_code").notNull(),
    sex: text("sex", { enum: ["f", "m"] }),
    sizeClass: text("size_class", { enum: sizeClasses }),
    member: boolean("member").notNull(),
  },
  (table) => [
    uniqueIndex("sponsored_services_standing")
      .on(table.matchId)
      .where(sql`state <> 'released'`),
    index("sponsored_services_person").on(table.sponsorshipId, table.personId),
    check("sponsored_services_spent", sql`spent_centimos <= amount_centimos`),
  ],
);
export type SponsoredServiceRow = typeof sponsoredServices.$inferSelect;
