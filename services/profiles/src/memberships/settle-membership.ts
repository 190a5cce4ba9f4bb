import { membershipSettled, type Membership, type MembershipEnd } from "@minka/contracts/memberships";
import { smallestGroup } from "@minka/contracts/organizations";
import type { Queries, Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import type { Act } from "@minka/service/act";
import { and, count, eq, ne, sql } from "@minka/database/query";
import { record } from "../acts.ts";
import { memberships, organizations } from "../tables.ts";
import type { MembershipRow, OrganizationRow } from "./lock-membership.ts";

type Both = { readonly membership: MembershipRow; readonly organization: OrganizationRow };

/** The membership begins. A group that is forming begins with its third person. */
export async function beginMembership(
  tx: Transaction,
  act: Act,
  { membership, organization }: Both,
): Promise<void> {
  const today = limaDay(act.at);
  await tx
    .update(memberships)
    .set({
      state: "active",
      since: today,
      roleSince: today,
      expiresAt: null,
      settledAt: act.at,
      namedAs: null,
    })
    .where(eq(memberships.id, membership.id));
  await record(tx, act, "membership.begin", subjectOf(membership));
  if (membership.origin === "joined") await emit(tx, membershipSettled, { membershipId: membership.id }, act);
  if (organization.state !== "forming") return;
  const members = await countMemberships(tx, organization.id, "active");
  if (members < smallestGroup) return;
  await tx
    .update(organizations)
    .set({ state: "active", confirmedOn: today })
    .where(eq(organizations.id, organization.id));
  await record(tx, act, "organization.form", `organization:${organization.id}`);
  await emit(tx, membershipSettled, { membershipId: membership.id }, act);
}

export async function refuseMembership(tx: Transaction, act: Act, both: Both): Promise<void> {
  await stopAsking(tx, act, both, { state: "refused", endReason: null });
  await record(tx, act, "membership.refuse", subjectOf(both.membership));
}

/** Nobody answered in time. */
export async function lapseMembership(tx: Transaction, act: Act, both: Both): Promise<void> {
  await stopAsking(tx, act, both, { state: "ended", endReason: "lapsed" });
  await record(tx, act, "membership.lapse", subjectOf(both.membership));
}

/** Who asked to join hears of it, and who starts a group when nobody is left to answer and it is still too small. */
async function stopAsking(
  tx: Transaction,
  act: Act,
  { membership, organization }: Both,
  outcome: { state: "refused" | "ended"; endReason: "lapsed" | null },
): Promise<void> {
  await tx
    .update(memberships)
    .set({ ...outcome, expiresAt: null, settledAt: act.at })
    .where(eq(memberships.id, membership.id));
  const short =
    organization.state === "forming" && (await countMemberships(tx, organization.id, "asked")) === 0;
  if (short || membership.origin === "joined") {
    await emit(tx, membershipSettled, { membershipId: membership.id }, act);
  }
}

/** An active membership ends, or one that was asked for is taken back. */
export async function endMembershipNow(
  tx: Transaction,
  act: Act,
  membership: MembershipRow,
  end: { readonly reason: MembershipEnd; readonly note?: string },
): Promise<void> {
  await tx
    .update(memberships)
    .set({
      state: "ended",
      endReason: end.reason,
      endNote: end.note ?? null,
      expiresAt: null,
      settledAt: act.at,
      ...(membership.state === "active" ? { until: limaDay(act.at) } : {}),
    })
    .where(eq(memberships.id, membership.id));
  await record(tx, act, "membership.end", subjectOf(membership));
}

/** Throws `last-manager` (409): without one nobody could let a member in or keep the entry right. */
export async function refuseLastManager(tx: Transaction, membership: MembershipRow): Promise<void> {
  if (membership.state !== "active" || membership.role !== "manager") return;
  const others = await tx.$count(
    memberships,
    and(
      eq(memberships.organizationId, membership.organizationId),
      eq(memberships.state, "active"),
      eq(memberships.role, "manager"),
      ne(memberships.id, membership.id),
    ),
  );
  if (others > 0) return;
  throw new DomainError(
    "conflict",
    "last-manager",
    "Make somebody else a manager first, or close the organization.",
  );
}

async function countMemberships(tx: Transaction, organizationId: string, state: "asked" | "active") {
  const [row] = await tx
    .select({ count: count() })
    .from(memberships)
    .where(and(eq(memberships.organizationId, organizationId), eq(memberships.state, state)));
  return row?.count ?? 0;
}

/** What audit rows of a membership name: never a person's name. */
export function subjectOf({ id }: Pick<MembershipRow, "id">): string {
  return `membership:${id}`;
}

/** What a change answers. */
export async function viewMembership(
  queries: Queries,
  membershipId: string,
): Promise<{ membership: Membership }> {
  const [membership] = await queries
    .select(membershipColumns)
    .from(memberships)
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .where(eq(memberships.id, membershipId));
  if (!membership) throw new Error("a membership vanished while it was changed");
  return { membership };
}

export const membershipColumns = {
  membershipId: memberships.id,
  organizationId: memberships.organizationId,
  organizationName: organizations.name,
  role: memberships.role,
  state: memberships.state,
  since: memberships.since,
  until: memberships.until,
  waitsFor: sql<Membership["waitsFor"]>`case when ${memberships.state} <> 'asked' then null
    when ${memberships.origin} = 'joined' then 'organization' else 'person' end`,
};
