import { jsonb, pgSchema, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** An instant in UTC. Never defaults to the database's own time: rules read an injected clock. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

export const id = () => uuid("id").primaryKey();

/**
 * What every service's schema holds beside its own tables: answers to keep for repeated commands, and the
 * audit trail that is written with each change.
 */
export function commonTables(schema: ReturnType<typeof pgSchema>) {
  return {
    idempotencyKeys: schema.table("idempotency_keys", {
      /** Actor, route and key of the caller in one string. */
      scope: text("scope").primaryKey(),
      bodyHash: text("body_hash").notNull(),
      answer: jsonb("answer"),
      createdAt: instant("created_at").notNull(),
    }),
    audit: schema.table("audit", {
      id: id(),
      at: instant("at").notNull(),
      /** `person:<id>`, with `through person:<id>` where another acts in their name; `service:<name>` or `timer`. */
      actor: text("actor").notNull(),
      action: text("action").notNull(),
      /** The person or thing the act was for. */
      subject: text("subject").notNull(),
      trace: text("trace").notNull(),
    }),
  };
}
export type CommonTables = ReturnType<typeof commonTables>;
