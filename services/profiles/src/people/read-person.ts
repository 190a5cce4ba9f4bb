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

export function personUnknown(): DomainError {
  return new DomainError("not-found", "person-unknown", "Nobody has this id.");
}
