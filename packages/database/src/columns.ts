import type { ServiceName } from "@minka/contracts/service-names";
import { sql } from "./query.ts";
import { index, jsonb, pgSchema, text, timestamp, uuid } from "./table.ts";

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
    audit: schema.table(
      "audit",
      {
        id: id(),
        at: instant("at").notNull(),
        /** `person:<id>`, with `through person:<id>` where another acts in their name; `service:<name>` or `timer`. */
        actor: text("actor").notNull(),
        action: text("action").notNull(),
        /** The person or thing the act was for. */
        subject: text("subject").notNull(),
        trace: text("trace").notNull(),
      },
      (table) => [
        index("audit_newest").on(table.at, table.id),
        // Of `request:<id>` and the like the id.
        index("audit_about").on(sql`substring(subject from '[0-9a-f-]{36}')`, table.at),
        index("audit_by_actor").on(sql`split_part(actor, ' ', 1)`, table.at),
        // Who acted in that name.
        index("audit_by_helper")
          .on(sql`split_part(actor, ' ', 3)`, table.at)
          .where(sql`actor like '% through %'`),
      ],
    ),
  };
}
/** Those of a service, for what all services do alike. */
export const tablesOf = (service: ServiceName): CommonTables => commonTables(pgSchema(service));

export type CommonTables = ReturnType<typeof commonTables>;
