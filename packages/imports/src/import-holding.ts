import type { Holding } from "@minka/database/holdings";
import { or, sql } from "@minka/database/query";
import type { importTables } from "./import-tables.ts";

type Imports = ReturnType<typeof importTables>["imports"];

/**
 * Lists that were sent, are not loaded yet and name the person: whoever sent one has to send another without them.
 * Separators do not hide a number; a name is looked for only where the person has no number of any kind.
 */
export function importHolding(imports: Imports): Holding {
  return {
    table: imports,
    of: ({ phones, sharedPhones, names, documents }) => {
      const numbers = [...phones, ...sharedPhones].map((phone) => phone.replace(/^\+51/, ""));
      const marks = [...documents, ...numbers];
      return or(
        ...(marks.length > 0 ? marks : names).map(
          (mark) => sql`strpos(translate(${imports.content}, ' .-', ''), ${mark.replace(/[ .-]/g, "")}) > 0`,
        ),
      );
    },
    show: null,
    erase: {
      keep: [
        "id",
        "kind",
        "ownerId",
        "actor",
        "trace",
        "rows",
        "progress",
        "errors",
        "errorCount",
        "warnings",
        "warningCount",
        "result",
        "dueAt",
        "attempts",
        "createdAt",
        "checkedAt",
        "endedAt",
        "forgetAt",
      ],
      set: {
        state: sql`case when ${imports.state} in ('received', 'checking', 'checked', 'loading') then 'cancelled'
          else ${imports.state} end`,
      },
    },
  };
}
