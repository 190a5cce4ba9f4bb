import { defineImport } from "@minka/imports/check-table";
import type { Import } from "@minka/imports/definition";
import { checkMembers } from "./check-members.ts";
import { loadMembers, type MemberSettings } from "./load-members.ts";
import { memberColumns } from "./member-columns.ts";
import { readMember, type MemberRow } from "./read-member.ts";

/** How an organization's list of members is brought in. */
export function membersImport(settings: MemberSettings): Import {
  return defineImport<typeof memberColumns, MemberRow>({
    kind: "members",
    columns: memberColumns,
    maximumRows: 20_000,
    checkHeaders(present, report, row) {
      if (!present.has("fullName") && !(present.has("names") || present.has("surnames")))
        report.error({ row }, "name-column-missing");
      if (!present.has("dni") && !present.has("phone")) report.error({ row }, "contact-column-missing");
      if (present.has("district") || present.has("districtCode")) return;
      if (present.has("unstatedCode")) report.error({ row, column: "unstatedCode" }, "code-scheme-unknown");
      else if (present.has("reniecCode")) report.error({ row, column: "reniecCode" }, "code-scheme-reniec");
      else report.error({ row }, "district-column-missing");
    },
    readRow: readMember,
    check: (queries, rows, report, scope) => checkMembers(queries, rows, report, scope, settings.key),
    load: (tx, rows, scope, progress) => loadMembers(tx, rows, scope, progress, settings),
  });
}
