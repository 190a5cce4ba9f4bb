import { refuseWhileActing, type Actor } from "@minka/contracts/actor";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { foldCase } from "@minka/language/fold";
import { and, eq, inArray } from "@minka/database/query";
import { refuseUnlessRole } from "../memberships/organization-rights.ts";
import { organizations, people, phones } from "../tables.ts";
import type { Delegate } from "./agree.ts";

/** Who stands for an organization towards others. */
const standingRoles = ["delegate", "broker", "manager"] as const;

/** The signed-in person themself: nobody passes on what they were lent. Throws `not-while-acting`. */
export function signedInPerson(actor: Actor): string {
  refuseWhileActing(actor);
  if (actor.kind !== "person")
    throw new DomainError("forbidden", "not-a-person", "Only a person may do this.");
  return actor.personId;
}

/**
 * Throws `not-your-organization` unless the person stands for it today. An operator has no way around it: whoever
 * agreed that an organization acts did not agree to everybody.
 */
export async function refuseUnlessStandsFor(
  queries: Queries,
  personId: string,
  organizationId: string,
): Promise<void> {
  const actor: Actor = { kind: "person", personId, operator: false };
  await refuseUnlessRole(queries, actor, organizationId, standingRoles);
}

/** For whom somebody asks: themself, or an organization for which they stand. */
export async function delegateFor(
  queries: Queries,
  personId: string,
  organizationId: string | undefined,
): Promise<Delegate> {
  if (organizationId === undefined) return { delegatePersonId: personId, organizationId: null };
  await refuseUnlessStandsFor(queries, personId, organizationId);
  return { delegatePersonId: null, organizationId };
}

/**
 * Throws `organization-unverified` (409). Anybody may register an organization under any name; only one that an
 * operator has looked at may ask people in that name, or say what they said.
 */
export async function refuseUnverified(queries: Queries, { organizationId }: Delegate): Promise<void> {
  if (organizationId === null) return;
  const [known] = await queries
    .select({ verifiedAt: organizations.verifiedAt })
    .from(organizations)
    .where(and(eq(organizations.id, organizationId), eq(organizations.state, "active")));
  if (known?.verifiedAt) return;
  throw new DomainError(
    "conflict",
    "organization-unverified",
    "An operator has to verify the organization first.",
  );
}

/** The name under which somebody asks or acts. Throws `name-needed`: nobody can agree to a stranger. */
export async function ownName(queries: Queries, personId: string): Promise<string> {
  const [person] = await queries.select({ name: people.name }).from(people).where(eq(people.id, personId));
  if (!person?.name) throw new DomainError("conflict", "name-needed", "Say your own name first.");
  return person.name;
}

/** Throws `witness-not-other` (422): whoever gains by it cannot be the one who heard it. */
export function refuseOwnWitness(witness: string, names: readonly (string | null)[]): void {
  const plain = (name: string) =>
    foldCase(name)
      .replace(/[^a-z0-9]+/gu, " ")
      .trim();
  if (!names.some((name) => name !== null && plain(name) === plain(witness))) return;
  throw new DomainError("invalid", "witness-not-other", "The witness must be somebody else.", {
    errors: [{ path: "body.witness", message: "must be neither of the two themself" }],
  });
}

/**
 * Throws `phone-is-yours` (422) where the question would come to a phone that the asker holds too: then their SI
 * would be worth nothing. An operator may record what was said aloud.
 */
export async function refuseSharedPhone(queries: Queries, personId: string, asked: readonly string[]) {
  if (asked.length === 0) return;
  const shared = await queries
    .select({ personId: phones.personId })
    .from(phones)
    .where(inArray(phones.phone, [...asked]));
  if (!shared.some((row) => row.personId === personId)) return;
  throw new DomainError(
    "invalid",
    "phone-is-yours",
    "That phone is yours too: its SI would prove nothing. An operator can record what was said aloud.",
  );
}
