import { membershipRoles } from "@minka/contracts/memberships";
import { boardPositions } from "@minka/contracts/organizations";
import { id } from "@minka/database/columns";
import { certificates } from "@minka/domain/vocabulary";
import { date, index, pgSchema, text, uuid } from "@minka/database/table";
import { memberships, organizations, people } from "../tables.ts";

const schema = pgSchema("profiles");

/** Who held which office from when to when; days in Lima. A person who is not registered has a name only. */
export const boardSeats = schema.table(
  "board_seats",
  {
    id: id(),
    organizationId: uuid("organization_id")
      .notNull()
      .references(() => organizations.id),
    position: text("position", { enum: boardPositions }).notNull(),
    personId: uuid("person_id").references(() => people.id),
    /** Null where the person is registered: their own row has it. */
    name: text("name"),
    sex: text("sex", { enum: ["f", "m"] }),
    since: date("since").notNull(),
    /** The last day of the term; null where none is set. */
    until: date("until"),
  },
  (table) => [
    index("board_seats_organization").on(table.organizationId),
    index("board_seats_person").on(table.personId),
  ],
);

export const organizationCertificates = schema.table(
  "organization_certificates",
  {
    id: id(),
    organizationId: uuid("organization_id")
      .notNull()
      .references(() => organizations.id),
    certificate: text("certificate", { enum: certificates }).notNull(),
    issuer: text("issuer"),
    number: text("number"),
    expiresOn: date("expires_on").notNull(),
  },
  (table) => [index("organization_certificates_organization").on(table.organizationId)],
);

/** Roles that somebody held in a membership before the present one. */
export const formerRoles = schema.table(
  "former_roles",
  {
    id: id(),
    membershipId: uuid("membership_id")
      .notNull()
      .references(() => memberships.id),
    role: text("role", { enum: membershipRoles }).notNull(),
    since: date("since").notNull(),
    until: date("until").notNull(),
  },
  (table) => [index("former_roles_membership").on(table.membershipId)],
);
