import { id, instant } from "@minka/database/columns";
import { index, pgSchema, text } from "@minka/database/table";

const schema = pgSchema("web");

/** Who is signed in with which browser. Nothing here can be read, or used, without the cookie or the key. */
export const sessions = schema.table(
  "sessions",
  {
    id: id(),
    /** SHA-256 of the cookie's value. */
    keyHash: text("key_hash").notNull().unique(),
    /** Of the value before: the answer that brought the newer one may have been lost on the way. */
    previousKeyHash: text("previous_key_hash").unique(),
    /** The person's tokens, encrypted with a key that the database does not hold. */
    sealed: text("sealed").notNull(),
    rotatedAt: instant("rotated_at").notNull(),
    /** When the sign-in ends that the tokens belong to. */
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [index("sessions_expires").on(table.expiresAt)],
);

/** What somebody was sending when their sign-in was over: theirs to send when they are back, for an hour. */
export const interrupted = schema.table(
  "interrupted",
  {
    id: id(),
    /** The form's address and fields, encrypted with a key that the database does not hold. */
    sealed: text("sealed").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [index("interrupted_expires").on(table.expiresAt)],
);
