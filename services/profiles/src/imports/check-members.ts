import type { Queries } from "@minka/database/connect";
import { maySameName } from "@minka/domain/same-name";
import type { ImportScope, NumberedRow } from "@minka/imports/definition";
import { and, eq, gt, lte, sum } from "@minka/database/query";
import { findRefusals, type RefusalKey } from "../invitations/refusals.ts";
import { countOpenQuestions, openQuestions } from "../memberships/ask-membership.ts";
import { organizationUnknown } from "../organizations/organization-view.ts";
import { organizations } from "../tables.ts";
import { imports } from "./imports-tables.ts";
import { findBelongings, findKnownPeople, personMeant } from "./known-people.ts";
import type { MemberReport, MemberRow } from "./read-member.ts";

type Rows = readonly NumberedRow<MemberRow>[];

const dayMs = 24 * 60 * 60 * 1000;
/** Rows in all files of a day: a list is sent a few times until it is right, and no more is there to look for. */
const mostRowsADay = { verified: 100_000, unverified: 10 * openQuestions };

/**
 * Rules across the rows of a list, and between them and who is known. Tells nothing of anybody's data, and while no
 * operator has verified the organization not even who is known: anybody may register one, and ask with phones and
 * DNIs of their choice.
 */
export async function checkMembers(
  queries: Queries,
  rows: Rows,
  report: MemberReport,
  { ownerId, at }: ImportScope,
  key: RefusalKey,
): Promise<void> {
  const verified = await isVerified(queries, ownerId);
  findRepeated(rows, report);
  const place = { row: rows[0]?.row ?? 1 };
  if (!verified && rows.length > openQuestions)
    return report.error(place, "organization-unverified", { most: openQuestions });
  const most = mostRowsADay[verified ? "verified" : "unverified"];
  if ((await countRowsToday(queries, ownerId, at, verified ? null : openQuestions)) > most)
    return report.error(place, "rows-a-day", { most });
  const known = await findKnownPeople(
    queries,
    rows.map(({ value }) => value),
  );
  const meant = rows.map(({ row, value }) => ({ row, value, meant: personMeant(value, known) }));
  const personIds = meant.flatMap((each) => (each.meant.kind === "known" ? each.meant.personId : []));
  const belongings = await findBelongings(queries, ownerId, personIds, at);
  if (!verified) {
    const adding = meant.filter(({ meant: who }) => who.kind !== "known" || !belongings.has(who.personId));
    const open = adding.length === 0 ? 0 : await countOpenQuestions(queries, ownerId);
    if (open + adding.length > openQuestions)
      report.error(place, "too-many-asked", { open, most: openQuestions });
  }
  const isRefused = await findRefusals(
    queries,
    key,
    rows.map(({ value }) => value),
  );
  const named = new Map<string, number>();
  for (const { row, value, meant: who } of meant) {
    const led = value.role === "broker" || value.role === "manager";
    if (who.kind === "unclear" && verified) {
      report.error({ row, column: who.by }, `${who.by}-known-otherwise`);
      continue;
    }
    if (who.kind !== "known") {
      if (verified && who.kind === "new" && who.sharesPhone)
        report.warning({ row, column: "phone" }, "phone-known-shared");
      if (verified && isRefused(value)) report.warning({ row }, "wants-no-questions");
      if (led) report.error({ row, column: "role" }, "role-not-by-list");
      continue;
    }
    const other = named.get(who.personId);
    if (verified && other !== undefined) report.error({ row }, "person-repeated", { other });
    named.set(who.personId, row);
    const belonging = belongings.get(who.personId);
    if (led && !(belonging?.state === "active" && belonging.role === value.role))
      report.error({ row, column: "role" }, "role-not-by-list");
    if (belonging) report.warning({ row }, noticeOf[belonging.state]);
  }
}

const noticeOf = { active: "already-member", asked: "already-asked", refused: "refused-lately" } as const;

/**
 * Whether an operator has verified the organization. One that none has is locked, while its list is loaded until it is:
 * whom it may still have asked is a rule over all its questions.
 */
async function isVerified(queries: Queries, organizationId: string): Promise<boolean> {
  const wanted = queries
    .select({ verifiedAt: organizations.verifiedAt })
    .from(organizations)
    .where(eq(organizations.id, organizationId));
  const [organization] = await wanted;
  if (!organization) throw organizationUnknown();
  if (organization.verifiedAt) return true;
  const [locked] = await wanted.for("no key update");
  return Boolean(locked?.verifiedAt);
}

/** Rows of the organization's files of the last day; of those alone that are no longer than `upTo`. */
async function countRowsToday(queries: Queries, ownerId: string, at: Date, upTo: number | null) {
  const [today] = await queries
    .select({ rows: sum(imports.rows).mapWith(Number) })
    .from(imports)
    .where(
      and(
        eq(imports.ownerId, ownerId),
        eq(imports.kind, "members"),
        gt(imports.createdAt, new Date(at.getTime() - dayMs)),
        upTo === null ? undefined : lte(imports.rows, upTo),
      ),
    );
  return today?.rows ?? 0;
}

/** One DNI twice is wrong. One phone may be a household's: wrong only where the names may be the same person's. */
function findRepeated(rows: Rows, report: MemberReport): void {
  const byDni = new Map<string, number>();
  const byPhone = new Map<string, { row: number; name: string; dni: string | null }[]>();
  for (const { row, value } of rows) {
    const { dni, phone, name } = value;
    const before = dni === null ? undefined : byDni.get(dni);
    if (before !== undefined) report.error({ row, column: "dni" }, "dni-repeated", { other: before });
    else if (dni !== null) byDni.set(dni, row);
    if (phone === null || before !== undefined) continue;
    const sharers = byPhone.get(phone) ?? [];
    const same = sharers.find(
      (sharer) => maySameName(sharer.name, name) && (sharer.dni === null || dni === null),
    );
    if (same) report.error({ row, column: "phone" }, "person-repeated", { other: same.row });
    else if (sharers[0]) report.warning({ row, column: "phone" }, "phone-shared", { other: sharers[0].row });
    sharers.push({ row, name, dni });
    byPhone.set(phone, sharers);
  }
}
