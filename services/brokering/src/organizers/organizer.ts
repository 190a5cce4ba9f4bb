import type { Actor } from "@minka/contracts/actor";
import type { organizerKinds } from "@minka/contracts/lots";
import { listMemberIds, listMemberships, membershipRoles } from "@minka/contracts/memberships";
import { readOrganization } from "@minka/contracts/organizations";
import { listOwnProviders, readProviderContact } from "@minka/contracts/providers";
import { DomainError } from "@minka/domain/errors";
import type { Caller } from "@minka/http/caller";
import type { Context } from "@minka/service/act";
import { brokers, refuseOwnProposal, refuseUnlessOrganization, refuseUnlessProvider } from "../authority.ts";

/** Who arranges a purchase or a lot: an organization, also a group of neighbours, or an agent or supplier. */
export type Organizer = {
  readonly organizerKind: (typeof organizerKinds)[number];
  readonly organizerId: string;
  /** A group of neighbours: any of its members speaks for it. */
  readonly organizerIsGroup: boolean;
};
type Asking = Pick<Context, "actor" | "trace">;

/** A group of neighbours has no offices: any of its members proposes, any other one approves. */
const rolesOf = ({ organizerIsGroup }: Organizer) => (organizerIsGroup ? membershipRoles : brokers);

/** Throws for whoever does not speak for the organizer. Reads other services: never in a transaction. */
export function refuseUnlessOrganizer(call: Caller, asking: Asking, organizer: Organizer): Promise<void> {
  return organizer.organizerKind === "organization"
    ? refuseUnlessOrganization(call, asking, organizer.organizerId, rolesOf(organizer))
    : refuseUnlessProvider(call, asking, organizer.organizerId);
}

/** Whether somebody speaks for the organizer, of whom other things may make it theirs too. */
export async function isOrganizer(call: Caller, asking: Asking, organizer: Organizer): Promise<boolean> {
  try {
    await refuseUnlessOrganizer(call, asking, organizer);
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.category === "forbidden") return false;
    throw error;
  }
}

/** An agent or supplier alone has no second person: there the members' own yes is the check. */
export function refuseMaker(actor: Actor, { organizerKind }: Organizer, makers: readonly string[]): void {
  if (organizerKind === "organization") refuseOwnProposal(actor, makers);
}

/**
 * The organizer as it is now. `organizer-not-active` (409) for one that is closed, still forming, or not verified.
 */
export async function readOrganizer(
  call: Caller,
  { kind, id }: { kind: Organizer["organizerKind"]; id: string },
  trace: string,
): Promise<{ name: string; isGroup: boolean }> {
  try {
    if (kind === "provider") {
      const { name } = await call(readProviderContact, { params: { providerId: id } }, { trace });
      return { name, isGroup: false };
    }
    const { organization } = await call(readOrganization, { params: { organizationId: id } }, { trace });
    if (organization.state === "active")
      return { name: organization.name, isGroup: organization.kind === "informal_group" };
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "not-found") throw error;
  }
  throw new DomainError("conflict", "organizer-not-active", "Who arranges it is not active here.");
}

/**
 * Who of the organizer is told of what its people decide, those who may approve before others: managers, then brokers;
 * any member of a group; a provider's contact person. None of `makers`, unless there is nobody else.
 */
export async function approversOf(
  call: Caller,
  { organizerKind, organizerId, organizerIsGroup }: Organizer,
  makers: readonly string[],
  trace: string,
): Promise<string[]> {
  if (organizerKind === "provider") return contactsOf(call, organizerId, trace);
  const people: string[] = [];
  for (const role of organizerIsGroup ? [undefined] : (["manager", "broker"] as const)) {
    const query = role === undefined ? {} : { role };
    const { personIds } = await call(
      listMemberIds,
      { params: { organizationId: organizerId }, query },
      { trace },
    );
    people.push(...personIds);
  }
  return [...new Set(people)].filter((personId) => !makers.includes(personId));
}

/** A provider's contact person; nobody where it is not verified any more. */
export async function contactsOf(call: Caller, providerId: string, trace: string): Promise<string[]> {
  try {
    const { personId } = await call(readProviderContact, { params: { providerId } }, { trace });
    return [personId];
  } catch (error) {
    if (error instanceof DomainError && error.category === "not-found") return [];
    throw error;
  }
}

/** All active members of an organizer, to be told; a provider has none. */
export async function membersOf(
  call: Caller,
  { organizerKind, organizerId }: Organizer,
  trace: string,
): Promise<string[]> {
  if (organizerKind === "provider") return [];
  const people: string[] = [];
  for (let after: string | undefined; ;) {
    const query = after === undefined ? {} : { after };
    const { personIds, next } = await call(
      listMemberIds,
      { params: { organizationId: organizerId }, query },
      { trace },
    );
    people.push(...personIds);
    if (next === null) return people;
    after = next;
  }
}

export async function isMember(
  call: Caller,
  personId: string,
  organizationId: string,
  trace: string,
): Promise<boolean> {
  const { memberships } = await call(listMemberships, { params: { personId } }, { trace });
  return memberships.some((each) => each.organizationId === organizationId && each.state === "active");
}

export async function isStaff(
  call: Caller,
  actor: Actor,
  providerId: string,
  trace: string,
): Promise<boolean> {
  if (actor.kind !== "person") return false;
  const { providers } = await call(listOwnProviders, { params: { personId: actor.personId } }, { trace });
  return providers.some(({ id, as }) => id === providerId && as !== "granted");
}
