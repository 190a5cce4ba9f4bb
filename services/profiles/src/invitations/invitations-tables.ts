import { id, instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import { boolean, date, index, pgSchema, text, uniqueIndex, uuid } from "@minka/database/table";
import { memberships, organizations, people } from "../tables.ts";

const schema = pgSchema("profiles");

/** Who was brought in by an organization's list and has to be asked. Gone once they have answered. */
export const invitations = schema.table(
  "invitations",
  {
    id: id(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id),
    organizationId: uuid("organization_id")
      .notNull()
      .references(() => organizations.id),
    membershipId: uuid("membership_id")
      .notNull()
      .references(() => memberships.id),
    importId: uuid("import_id").notNull(),
    /** As this organization's list writes it: what others know of the person is not for it. */
    name: text("name"),
    /** Whether it was this list by which Minka first heard of the person. */
    introduced: boolean("introduced").notNull().default(false),
    state: text("state", { enum: ["waiting", "asked"] }).notNull(),
    /** When the SMS is to go out; null for who has no phone and can only be asked aloud. */
    dueAt: instant("due_at"),
    expiresAt: instant("expires_at").notNull(),
    /** Day in Lima since which they are a member, as the list says. */
    since: date("since"),
    createdAt: instant("created_at").notNull(),
    trace: text("trace").notNull(),
  },
  (table) => [
    uniqueIndex("invitations_membership").on(table.membershipId),
    index("invitations_person").on(table.personId),
    index("invitations_organization").on(table.organizationId, table.id),
    index("invitations_due")
      .on(table.dueAt)
      .where(sql`state = 'waiting'`),
  ],
);

/**
 * Phones and DNIs of people who, when somebody else named them, said that Minka is not to write again. A keyed hash:
 * without the key, which is not in the database, it names nobody.
 */
export const refusals = schema.table("refusals", {
  hash: text("hash").primaryKey(),
  since: instant("since").notNull(),
});

export type InvitationRow = typeof invitations.$inferSelect;
