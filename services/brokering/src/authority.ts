import type { Actor } from "@minka/contracts/actor";
import { listMemberships, type MembershipRole } from "@minka/contracts/memberships";
import { listOwnProviders } from "@minka/contracts/providers";
import { DomainError } from "@minka/domain/errors";
import type { Caller } from "@minka/http/caller";
import { humansOf } from "@minka/service/act";

type Asking = { readonly actor: Actor; readonly trace: string };

/** Who arranges purchases and sales for an organization, and who decides what binds it. */
export const brokers = ["broker", "manager"] as const satisfies readonly MembershipRole[];
export const managers = ["manager"] as const satisfies readonly MembershipRole[];

/** Whether a person has one of these parts in an organization now. */
export async function hasRole(
  call: Caller,
  trace: string,
  { personId, organizationId, roles }: Part,
): Promise<boolean> {
  const { memberships } = await call(listMemberships, { params: { personId } }, { trace });
  return memberships.some(
    (each) => each.organizationId === organizationId && each.state === "active" && roles.includes(each.role),
  );
}
type Part = { personId: string; organizationId: string; roles: readonly MembershipRole[] };

/**
 * Throws `not-your-organization` (403) for whoever has none of these parts in the organization. Operators help any.
 * Reads memberships: never call it in a transaction.
 */
export async function refuseUnlessOrganization(
  call: Caller,
  { actor, trace }: Asking,
  organizationId: string,
  roles: readonly MembershipRole[] = brokers,
): Promise<void> {
  if (actor.kind === "person") {
    if (actor.operator) return;
    if (await hasRole(call, trace, { personId: actor.personId, organizationId, roles })) return;
  }
  throw new DomainError("forbidden", "not-your-organization", "You do not speak for this organization.");
}

/**
 * Throws `not-your-provider` (403) for whoever neither manages nor works for the provider. Operators help any. Reads
 * catalog: never call it in a transaction.
 */
export async function refuseUnlessProvider(
  call: Caller,
  { actor, trace }: Asking,
  providerId: string,
): Promise<void> {
  if (actor.kind === "person") {
    if (actor.operator) return;
    const { personId } = actor;
    const { providers } = await call(listOwnProviders, { params: { personId } }, { trace });
    if (providers.some(({ id, as }) => id === providerId && as !== "granted")) return;
  }
  throw new DomainError("forbidden", "not-your-provider", "You do not speak for this provider.");
}

/**
 * Throws `not-yours` (403) unless the actor is the person, a service that passes on what they said, or an operator
 * who helps by telephone.
 */
export function refuseUnlessThemself(actor: Actor, personId: string): void {
  if (actor.kind === "service") return;
  if (actor.kind === "person" && (actor.personId === personId || actor.operator)) return;
  throw new DomainError("forbidden", "not-yours", "This is somebody else's.");
}

/**
 * Two people see what binds many: throws `own-proposal` (403) for whoever proposed it, also in another's name.
 * `makers` are the people behind the proposal (`humansOf`).
 */
export function refuseOwnProposal(actor: Actor, makers: readonly string[]): void {
  if (!humansOf(actor).some((personId) => makers.includes(personId))) return;
  throw new DomainError("forbidden", "own-proposal", "Somebody else has to approve what you proposed.");
}
