import { errandStates } from "@minka/contracts/errands";
import type { Need } from "@minka/contracts/need";
import { id, instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import { check, index, jsonb, pgSchema, text, uuid } from "@minka/database/table";
import { organizations, people } from "../tables.ts";

const schema = pgSchema("profiles");

/** What a helper asks for another phone's owner: first a question, then theirs or nothing. */
export const errands = schema.table(
  "errands",
  {
    id: id(),
    helperId: uuid("helper_id")
      .notNull()
      .references(() => people.id),
    /** For which the helper stands; null for an agent. */
    organizationId: uuid("organization_id").references(() => organizations.id),
    /** Null where nobody is asked: the helper sees no difference. */
    principalId: uuid("principal_id").references(() => people.id),
    /** Keyed: so that a NO is remembered of a phone that is kept no more. */
    phoneHash: text("phone_hash").notNull(),
    /** The last three digits, by which the helper knows which one it was. */
    phoneEnding: text("phone_ending").notNull(),
    /** What the helper said of them. */
    name: text("name"),
    districtCode: text("district_code"),
    need: jsonb("need").$type<Need>(),
    state: text("state", { enum: errandStates }).notNull(),
    askedAt: instant("asked_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    settledAt: instant("settled_at"),
    trace: text("trace").notNull(),
  },
  (table) => [
    index("errands_helper").on(table.helperId, table.askedAt),
    index("errands_principal").on(table.principalId, table.askedAt),
    index("errands_due").on(table.expiresAt),
    check("errands_settled", sql`(state = 'asked') = (settled_at is null)`),
  ],
);
export type ErrandRow = typeof errands.$inferSelect;
