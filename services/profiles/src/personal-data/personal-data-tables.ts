import type { Subject } from "@minka/contracts/personal-data";
import { id, instant } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import { index, integer, jsonb, pgSchema, text, uniqueIndex, uuid } from "@minka/database/table";
import { people } from "../tables.ts";

const schema = pgSchema("profiles");

/** What an erasure still has to tell the other services; gone with its end. */
export type ErasureDetails = Pick<Subject, "phones" | "sharedPhones" | "names" | "documents"> & {
  /** People whose phones may hold the person's name. */
  readonly acquaintances: readonly string[];
  /** Whether the person is told when it is done. */
  readonly tell: boolean;
  /** They never agreed to be here, and have just said so. */
  readonly refused?: boolean;
};

/** Who is being erased, and how far that is. Once it is done the row names nobody. */
export const erasures = schema.table(
  "erasures",
  {
    id: id(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id),
    askedAt: instant("asked_at").notNull(),
    askedBy: text("asked_by").notNull(),
    details: jsonb("details").$type<ErasureDetails>(),
    catalogAt: instant("catalog_at"),
    matchingAt: instant("matching_at"),
    brokeringAt: instant("brokering_at"),
    notificationsAt: instant("notifications_at"),
    doneAt: instant("done_at"),
    attempts: integer("attempts").notNull(),
    dueAt: instant("due_at").notNull(),
    trace: text("trace").notNull(),
  },
  (table) => [
    uniqueIndex("erasures_person").on(table.personId),
    index("erasures_due")
      .on(table.dueAt)
      .where(sql`done_at is null`),
  ],
);

/** Links by which people get their file, once each. The file itself is made when it is read. */
export const dataFiles = schema.table(
  "data_files",
  {
    id: id(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id),
    tokenHash: text("token_hash").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
  },
  (table) => [
    uniqueIndex("data_files_token").on(table.tokenHash),
    index("data_files_person").on(table.personId),
  ],
);
