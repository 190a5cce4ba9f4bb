import { id, instant } from "@minka/database/columns";
import { index, pgSchema, text, uuid } from "@minka/database/table";
import { people } from "../tables.ts";

const schema = pgSchema("profiles");

/** A person on a device: from a code to signing out, at most 90 days. */
export const signIns = schema.table(
  "sign_ins",
  {
    id: id(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    startedAt: instant("started_at").notNull(),
    /** Not refreshed past this, however often it is used. */
    endsAt: instant("ends_at").notNull(),
    endedAt: instant("ended_at"),
    endedBecause: text("ended_because", { enum: ["sign_out", "everywhere", "token_reused", "private_word"] }),
  },
  (table) => [index("sign_ins_person").on(table.personId), index("sign_ins_end").on(table.endsAt)],
);

/** Every token of a sign-in, spent ones too: a spent one that comes back may have been stolen. */
export const refreshTokens = schema.table(
  "refresh_tokens",
  {
    /** SHA-256 of the token, which is 256 random bits: a plain hash of it cannot be guessed. */
    hash: text("hash").primaryKey(),
    signInId: uuid("sign_in_id")
      .notNull()
      .references(() => signIns.id, { onDelete: "cascade" }),
    expiresAt: instant("expires_at").notNull(),
    spentAt: instant("spent_at"),
  },
  (table) => [index("refresh_tokens_sign_in").on(table.signInId)],
);

/** What an address did in the last hour; no address is kept in the clear, and none for longer. */
export const addressTries = schema.table(
  "address_tries",
  {
    id: id(),
    /** Keyed hash of the address; of an IPv6 address the first 64 bits count. */
    address: text("address").notNull(),
    kind: text("kind", { enum: ["code", "wrong_try"] }).notNull(),
    at: instant("at").notNull(),
  },
  (table) => [
    index("address_tries_address").on(table.address, table.kind, table.at),
    index("address_tries_age").on(table.at),
  ],
);
