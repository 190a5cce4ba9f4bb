import type { Actor } from "@minka/contracts/actor";
import { listMemberships } from "@minka/contracts/memberships";
import type { Queries, Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import type { Caller } from "@minka/http/caller";
import { and, eq, inArray, isNull } from "@minka/database/query";
import { providers } from "../tables.ts";
import { providerGrants, providerStaff } from "./providers-tables.ts";

export type ProviderRow = typeof providers.$inferSelect;

/**
 * What somebody may do for a provider. `manager`: all; also who manages the organization that the provider is.
 * `staff`: its offers. `granted`: its offers, because an organization that they manage was granted them.
 */
export type ProviderPart = "manager" | "staff" | "granted";

/** The organizations that the actor manages, asked of profiles: call it before the transaction. */
export async function readManagedOrganizations(
  { call }: { call: Caller },
  actor: Actor,
  trace: string,
): Promise<string[]> {
  // Operators need no part in an organization.
  if (actor.kind !== "person" || actor.operator) return [];
  return managedBy(call, actor.personId, trace);
}

/** The organizations that anybody behind the act manages, operators too: nobody vouches for their own. */
export async function readOrganizationsBehind(
  { call }: { call: Caller },
  actor: Actor,
  trace: string,
): Promise<string[]> {
  const managed = await Promise.all(peopleBehind(actor).map((person) => managedBy(call, person, trace)));
  return managed.flat();
}

/** The organizations that a person manages. */
export async function managedBy(call: Caller, personId: string, trace: string): Promise<string[]> {
  const { memberships } = await call(listMemberships, { params: { personId } }, { trace });
  return memberships
    .filter(({ role, state }) => role === "manager" && state === "active")
    .map(({ organizationId }) => organizationId);
}

/**
 * The provider's row, locked until the transaction ends, for somebody who may manage its offers: operators, its
 * managers and staff, and the managers of its organization or of one that it granted its offers to. Throws
 * `provider-unknown` (404), `not-your-provider` (403), `provider-closed` (409).
 */
export async function lockManagedProvider(
  tx: Transaction,
  actor: Actor,
  providerId: string,
  managedOrganizations: readonly string[],
): Promise<ProviderRow> {
  const provider = await lockProvider(tx, providerId);
  if (!isOperator(actor) && !(await partIn(tx, actor, provider, managedOrganizations))) throw notYours();
  if (provider.state === "closed") throw closed();
  return provider;
}

/**
 * As `lockManagedProvider`, for what concerns the provider itself (who it is, its staff, its state): operators
 * and managers alone. A closed one is left to the lifecycle where `evenClosed`.
 */
export async function lockGovernedProvider(
  tx: Transaction,
  actor: Actor,
  providerId: string,
  managedOrganizations: readonly string[],
  { evenClosed = false }: { evenClosed?: boolean } = {},
): Promise<ProviderRow> {
  const provider = await lockProvider(tx, providerId);
  await refuseUnlessManager(tx, actor, provider, managedOrganizations);
  if (provider.state === "closed" && !evenClosed) throw closed();
  return provider;
}

/** Throws `not-your-provider` (403) for whoever is neither an operator nor a manager of the provider. */
export async function refuseUnlessManager(
  queries: Queries,
  actor: Actor,
  provider: ProviderRow,
  managedOrganizations: readonly string[],
): Promise<void> {
  if (isOperator(actor)) return;
  if ((await partIn(queries, actor, provider, managedOrganizations)) !== "manager") throw notYours();
}

/** What the actor may do for the provider, operators' rights left aside. */
export async function partIn(
  queries: Queries,
  actor: Actor,
  provider: Pick<ProviderRow, "id" | "organizationId">,
  managedOrganizations: readonly string[],
): Promise<ProviderPart | null> {
  if (actor.kind !== "person") return null;
  if (provider.organizationId !== null && managedOrganizations.includes(provider.organizationId))
    return "manager";
  const [member] = await queries
    .select({ role: providerStaff.role })
    .from(providerStaff)
    .where(
      and(
        eq(providerStaff.providerId, provider.id),
        eq(providerStaff.personId, actor.personId),
        isNull(providerStaff.until),
      ),
    );
  if (member) return member.role;
  if (managedOrganizations.length === 0) return null;
  const [granted] = await queries
    .select({ id: providerGrants.id })
    .from(providerGrants)
    .where(
      and(
        eq(providerGrants.providerId, provider.id),
        inArray(providerGrants.organizationId, [...managedOrganizations]),
        isNull(providerGrants.withdrawnAt),
      ),
    );
  return granted ? "granted" : null;
}

export async function lockProvider(tx: Transaction, providerId: string): Promise<ProviderRow> {
  const [provider] = await tx.select().from(providers).where(eq(providers.id, providerId)).for("update");
  if (!provider) throw providerUnknown();
  return provider;
}

export const isOperator = (actor: Actor): boolean => actor.kind === "person" && actor.operator;

/** Everybody behind an act: the person in whose name it is, and who acts for them. */
export function peopleBehind(actor: Actor): string[] {
  if (actor.kind !== "person") return [];
  return actor.through ? [actor.personId, actor.through.personId] : [actor.personId];
}

export const providerUnknown = () =>
  new DomainError("not-found", "provider-unknown", "No provider has this id.");
export const notYours = () =>
  new DomainError("forbidden", "not-your-provider", "This provider is not yours.");
const closed = () => new DomainError("conflict", "provider-closed", "This provider has been closed.");
