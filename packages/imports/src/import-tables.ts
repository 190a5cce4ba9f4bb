import { instant, id } from "@minka/database/columns";
import { sql } from "@minka/database/query";
import { index, integer, jsonb, text, uuid, type pgSchema } from "@minka/database/table";
import type { Finding } from "./columns.ts";

export const importStates = [
  "received",
  "checking",
  "checked",
  "refused",
  "loading",
  "done",
  "failed",
  "cancelled",
] as const;
export type ImportState = (typeof importStates)[number];

/** The table of a service's imports, whatever their kind. */
export function importTables(schema: ReturnType<typeof pgSchema>) {
  return {
    imports: schema.table(
      "imports",
      {
        id: id(),
        kind: text("kind").notNull(),
        /** The organization or provider whose rows these are. */
        ownerId: uuid("owner_id").notNull(),
        state: text("state", { enum: importStates }).notNull(),
        actor: text("actor").notNull(),
        trace: text("trace").notNull(),
        /** The table as read, as JSON (the database packs it): until it is loaded, or for a week. */
        content: text("content"),
        rows: integer("rows").notNull(),
        /** How many rows the present step has been through. */
        progress: integer("progress").notNull(),
        errors: jsonb("errors").$type<readonly Finding[]>().notNull(),
        errorCount: integer("error_count").notNull(),
        warnings: jsonb("warnings").$type<readonly Finding[]>().notNull(),
        warningCount: integer("warning_count").notNull(),
        /** What came of it, counted. */
        result: jsonb("result").$type<Readonly<Record<string, number>>>(),
        /** Who works on it, and until when nobody else does. */
        holder: uuid("holder"),
        dueAt: instant("due_at").notNull(),
        attempts: integer("attempts").notNull(),
        /** What went wrong on our side the last time. */
        lastError: text("last_error"),
        createdAt: instant("created_at").notNull(),
        checkedAt: instant("checked_at"),
        endedAt: instant("ended_at"),
        forgetAt: instant("forget_at").notNull(),
      },
      (table) => [
        index("imports_owner").on(table.ownerId, table.id),
        index("imports_due")
          .on(table.dueAt)
          .where(sql`state in ('received', 'checking', 'loading')`),
        index("imports_forget")
          .on(table.forgetAt)
          .where(sql`content is not null`),
      ],
    ),
  };
}
export type Imports = ReturnType<typeof importTables>["imports"];
export type ImportRow = Imports["$inferSelect"];
