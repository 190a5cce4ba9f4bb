import type { Actor } from "@minka/contracts/actor";
import type { Person } from "@minka/contracts/profiles";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { readPersonRow } from "./phone-holder.ts";

export async function readPerson(
  queries: Queries,
  actor: Actor,
  personId: string,
): Promise<{ person: Person }> {
  refuseOthers(actor, personId);
  const person = await readPersonRow(queries, personId);
  if (!person) throw personUnknown();
  return { person };
}

/** A person touches only their own profile; operators and services any. */
export function refuseOthers(actor: Actor, personId: string): void {
  if (actor.kind === "service") return;
  if (actor.kind === "person" && (actor.operator || actor.personId === personId)) return;
  throw new DomainError("forbidden", "not-your-profile", "You may only see and change your own profile.");
}

/** As `refuseOthers`, for what no operator does in a person's place. */
export function refuseAllOthers(actor: Actor, personId: string): void {
  refuseOthers(actor.kind === "person" ? { ...actor, operator: false } : actor, personId);
}

/** Throws `person-unknown` (404) for an id that nobody has, or who had it was erased. */
export async function refuseUnknownPerson(queries: Queries, personId: string): Promise<void> {
  if (!(await readPersonRow(queries, personId))) throw personUnknown();
}

export function personUnknown(): DomainError {
  return new DomainError("not-found", "person-unknown", "Nobody has this id.");
}
