import { delegationChannels } from "@minka/contracts/acting";
import { id, instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import { check, index, pgSchema, text, uniqueIndex, uuid } from "@minka/database/table";
import { organizations, people } from "../tables.ts";

const schema = pgSchema("profiles");

/** Who may act for whom: first a question, then a permission that ends by itself. */
export const delegations = schema.table(
  "delegations",
  {
    id: id(),
    /** Null where a phone was asked at which nobody is known: the asker sees no difference. */
    principalId: uuid("principal_id").references(() => people.id),
    /** What the asker wrote; gone once it is answered. */
    askedPhone: text("asked_phone"),
    delegatePersonId: uuid("delegate_person_id").references(() => people.id),
    organizationId: uuid("organization_id").references(() => organizations.id),
    askedBy: uuid("asked_by")
      .notNull()
      .references(() => people.id),
    askedAt: instant("asked_at").notNull(),
    agreedAt: instant("agreed_at"),
    channel: text("channel", { enum: delegationChannels }),
    /** Who else heard it, where it was spoken. */
    witness: text("witness"),
    refusedAt: instant("refused_at"),
    /** Of the question, then of the permission. */
    expiresAt: instant("expires_at").notNull(),
    withdrawnAt: instant("withdrawn_at"),
    trace: text("trace").notNull(),
  },
  (table) => [
    index("delegations_principal").on(table.principalId, table.id),
    index("delegations_delegate").on(table.delegatePersonId, table.id),
    index("delegations_organization").on(table.organizationId, table.id),
    index("delegations_asker").on(table.askedBy, table.askedAt),
    index("delegations_phone")
      .on(table.askedPhone)
      .where(sql`asked_phone is not null`),
    uniqueIndex("delegations_one_delegate")
      .on(table.principalId, table.delegatePersonId)
      .where(sql`agreed_at is not null and withdrawn_at is null`),
    uniqueIndex("delegations_one_organization")
      .on(table.principalId, table.organizationId)
      .where(sql`agreed_at is not null and withdrawn_at is null`),
    check("delegations_one_side", sql`num_nonnulls(delegate_person_id, organization_id) = 1`),
    check(
      "delegations_agreed_by_somebody",
      sql`agreed_at is null or (principal_id is not null and channel is not null)`,
    ),
    check("delegations_spoken_heard", sql`channel is distinct from 'spoken' or witness is not null`),
  ],
);
export type DelegationRow = typeof delegations.$inferSelect;
