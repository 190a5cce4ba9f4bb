import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { limaDay } from "@minka/domain/lima-time";
import type { ImportScope, NumberedRow } from "@minka/imports/definition";
import { insertRows } from "@minka/imports/insert-rows";
import { eq, max, sql } from "@minka/database/query";
import { record } from "../acts.ts";
import { invitations } from "../invitations/invitations-tables.ts";
import { findRefusals, neverUsed, type RefusalKey } from "../invitations/refusals.ts";
import { lockPhone } from "../people/phone-holder.ts";
import { seasons } from "../seasons/seasons-tables.ts";
import { memberships, organizations, people, phones, producerCrops } from "../tables.ts";
import { findBelongings, findKnownPeople, personMeant } from "./known-people.ts";
import type { MemberRow } from "./read-member.ts";

const batchSize = 2_000;
const dayMs = 24 * 60 * 60 * 1000;
/** Who has not agreed by then is erased. */
export const invitedDays = 60;
/** So many phones are locked one by one; the database has room for a few thousand locks in all. */
const mostLocked = 2_000;

export type MemberSettings = { readonly invitationsPerMinute: number; readonly key: RefusalKey };

type Loading = {
  readonly tx: Transaction;
  readonly scope: ImportScope;
  /** When the next question may go out; one is added for each that has a phone. */
  next: number;
  readonly everyMs: number;
  readonly key: RefusalKey;
  readonly verified: boolean;
};

/**
 * Writes a list of members: who is known is asked whether they belong, who is new is invited. Questions go out one
 * by one, after those of the organization's earlier lists, so that a large list does not hold up other messages. Who
 * has refused before is passed over.
 */
export async function loadMembers(
  tx: Transaction,
  rows: readonly NumberedRow<MemberRow>[],
  scope: ImportScope,
  progress: (done: number) => Promise<void>,
  { invitationsPerMinute, key }: MemberSettings,
): Promise<Record<string, number>> {
  const [organization] = await tx
    .select({ verifiedAt: organizations.verifiedAt })
    .from(organizations)
    .where(eq(organizations.id, scope.ownerId));
  await lockPhones(tx, rows);
  const [last] = await tx
    .select({ dueAt: max(invitations.dueAt) })
    .from(invitations)
    .where(eq(invitations.organizationId, scope.ownerId));
  const everyMs = 60_000 / invitationsPerMinute;
  const after = (last?.dueAt?.getTime() ?? 0) + everyMs;
  const loading: Loading = {
    tx,
    scope,
    everyMs,
    key,
    next: Math.max(scope.at.getTime(), after),
    verified: Boolean(organization?.verifiedAt),
  };
  const counts = { invited: 0, asked: 0, unchanged: 0 };
  for (let from = 0; from < rows.length; from += batchSize) {
    const batch = rows.slice(from, from + batchSize).map(({ value }) => value);
    const done = await loadBatch(loading, batch);
    counts.invited += done.invited;
    counts.asked += done.asked;
    counts.unchanged += batch.length - done.invited - done.asked;
    await progress(from + batch.length);
  }
  if (!loading.verified) {
    // Apart they would tell who is known.
    counts.invited += counts.asked;
    counts.asked = 0;
  }
  const act = { at: scope.at, by: scope.actor, trace: scope.trace };
  await record(tx, act, `members.import ${rows.length}`, `organization:${scope.ownerId}`);
  return counts;
}

/**
 * Until the load ends nobody registers at these phones, and no other list is loaded: two would each miss whom the other
 * adds. In one order, so that nobody waits in a circle. A larger list leaves registrations alone.
 */
async function lockPhones(tx: Transaction, rows: readonly NumberedRow<MemberRow>[]): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('lists of members', 0))`);
  const numbers = [...new Set(rows.flatMap(({ value }) => value.phone ?? []))];
  if (numbers.length > mostLocked) return;
  for (const phone of numbers.toSorted()) await lockPhone(tx, phone);
}

async function loadBatch(
  loading: Loading,
  batch: readonly MemberRow[],
): Promise<{ invited: number; asked: number }> {
  const { tx, scope, key, verified } = loading;
  const known = await findKnownPeople(tx, batch);
  const isRefused = await findRefusals(tx, key, batch);
  const meant = batch.map((row) => ({ row, who: personMeant(row, known) }));
  const knownIds = meant.flatMap(({ who }) => (who.kind === "known" ? who.personId : []));
  const belongings = await findBelongings(tx, scope.ownerId, knownIds, scope.at);
  const added = meant.flatMap(({ row, who }) => {
    if (who.kind === "known" || isRefused(row)) return [];
    if (who.kind === "new") return { row, personId: newId(), introduced: true };
    // Somebody came meanwhile: the check tells it at the next attempt. Who is not told it asks the phone.
    if (verified) throw new Error("a row of the list became unclear while it was loaded");
    return { row: who.by === "dni" ? { ...row, dni: null } : row, personId: newId(), introduced: true };
  });
  const joining = new Map(
    meant.flatMap(({ row, who }) =>
      who.kind === "known" && !belongings.has(who.personId)
        ? [[who.personId, { row, personId: who.personId, introduced: false }]]
        : [],
    ),
  );
  await addPeople(loading, added);
  await askAll(loading, added, ({ row }) => row.phone !== null);
  await askAll(loading, [...joining.values()], () => true);
  return { invited: added.length, asked: joining.size };
}

type Placed = { readonly row: MemberRow; readonly personId: string; readonly introduced: boolean };

async function addPeople({ tx, scope: { at } }: Loading, added: readonly Placed[]): Promise<void> {
  if (added.length === 0) return;
  await insertRows(
    tx,
    people,
    added.map(({ row, personId }) => ({
      id: personId,
      name: row.name,
      districtCode: row.districtCode,
      locality: row.locality,
      sex: row.sex,
      birthYear: row.birthYear,
      dni: row.dni,
      state: "invited" as const,
      createdAt: at,
      updatedAt: at,
    })),
  );
  const linked = added.flatMap(({ row: { phone }, personId }) =>
    phone === null ? [] : { phone, personId, linkedAt: at, usedAt: neverUsed },
  );
  await insertRows(tx, phones, linked);
  const grown = added.flatMap(({ row, personId }) =>
    row.crops.map(({ crop }) => ({ personId, crop, size: null })),
  );
  await insertRows(tx, producerCrops, grown);
  const year = Number(limaDay(at).slice(0, 4));
  const areas = added.flatMap(({ row, personId }) =>
    row.crops.flatMap(({ crop, hectares }) =>
      hectares === null
        ? []
        : {
            id: newId(),
            personId,
            crop,
            year,
            areaAmount: hectares,
            areaUnit: "ha" as const,
            squareMetres: Math.round(hectares * 10_000),
            createdAt: at,
            updatedAt: at,
          },
    ),
  );
  await insertRows(tx, seasons, areas);
}

async function askAll(
  loading: Loading,
  asked: readonly Placed[],
  isReached: (placed: Placed) => boolean,
): Promise<void> {
  const { tx, scope } = loading;
  if (asked.length === 0) return;
  const { at, trace, ownerId: organizationId } = scope;
  const expiresAt = new Date(at.getTime() + invitedDays * dayMs);
  const rows = asked.map((placed) => ({ ...placed, membershipId: newId() }));
  await insertRows(
    tx,
    memberships,
    rows.map(({ row, personId, membershipId }) => ({
      id: membershipId,
      personId,
      organizationId,
      role: row.role,
      state: "asked" as const,
      origin: "imported" as const,
      askedAt: at,
      expiresAt,
      trace,
    })),
  );
  await insertRows(
    tx,
    invitations,
    rows.map(({ row, personId, introduced, membershipId }) => ({
      id: newId(),
      personId,
      organizationId,
      membershipId,
      importId: scope.importId,
      name: row.name,
      introduced,
      state: "waiting" as const,
      dueAt: isReached({ row, personId, introduced }) ? nextTurn(loading) : null,
      expiresAt,
      since: row.since,
      createdAt: at,
      trace,
    })),
  );
}

function nextTurn(loading: Loading): Date {
  const turn = new Date(loading.next);
  loading.next += loading.everyMs;
  return turn;
}
