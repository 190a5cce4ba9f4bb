import { id, instant } from "@minka/database/columns";
import { crops, topics } from "@minka/domain/vocabulary";
import { date, index, integer, pgSchema, primaryKey, text, unique, uuid } from "@minka/database/table";

const schema = pgSchema("matching");

/** Whom an agent owes a routine visit a month, and on what. */
export const caseloads = schema.table(
  "caseloads",
  {
    id: id(),
    providerId: uuid("provider_id").notNull(),
    personId: uuid("person_id").notNull(),
    topic: text("topic", { enum: topics }).notNull(),
    crop: text("crop", { enum: crops }).notNull(),
    /** Whose member it is for, whoever entered it; null: nobody's, entered by an operator. */
    organizationId: uuid("organization_id"),
    addedAt: instant("added_at").notNull(),
  },
  (table) => [
    // One agent comes for it, whoever that is.
    unique("caseloads_once").on(table.personId, table.topic, table.crop),
    index("caseloads_provider").on(table.providerId, table.id),
  ],
);

export const agentCalendars = schema.table("agent_calendars", {
  providerId: uuid("provider_id").primaryKey(),
  /** 0 Sunday … 6 Saturday. */
  weekdays: integer("weekdays").array().notNull(),
  /** Days in Lima. */
  daysOff: date("days_off", { mode: "string" }).array().notNull(),
  stopsADay: integer("stops_a_day").notNull(),
  updatedAt: instant("updated_at").notNull(),
});

/** Visits whose day and hour are fixed. */
export const appointments = schema.table(
  "appointments",
  {
    id: id(),
    providerId: uuid("provider_id").notNull(),
    personId: uuid("person_id").notNull(),
    topic: text("topic", { enum: topics }).notNull(),
    crop: text("crop", { enum: crops }).notNull(),
    day: date("day", { mode: "string" }).notNull(),
    /** After midnight in Lima. */
    minute: integer("minute").notNull(),
    addedAt: instant("added_at").notNull(),
  },
  (table) => [
    unique("appointments_hour").on(table.providerId, table.day, table.minute),
    index("appointments_person").on(table.personId),
  ],
);

/** On which weekdays nobody is visited there, because people are at the market or at school. */
export const placeDays = schema.table(
  "place_days",
  {
    districtCode: text("district_code").notNull(),
    /** A hamlet; empty: all of the district. */
    placeName: text("place_name").notNull(),
    market: integer("market").array().notNull(),
    school: integer("school").array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.districtCode, table.placeName] })],
);
