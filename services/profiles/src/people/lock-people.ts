import type { Transaction } from "@minka/database/connect";
import { and, asc, inArray, ne } from "@minka/database/query";
import { people } from "../tables.ts";
import { personUnknown } from "./read-person.ts";

/**
 * Until the transaction ends nobody else changes these people, their consents or what is derived of them.
 * Nothing else is locked before people, and they in the order of their ids, then organizations, then memberships,
 * so nobody waits in a circle. What must break the order (a foreign key reads a person after their organization is
 * locked) may meet an erasure the wrong way round: then one of the two is done again by `Database.transaction`.
 * Who is not here or was erased is not among the answered.
 */
export async function lockPeople(tx: Transaction, personIds: readonly string[]) {
  return tx
    .select()
    .from(people)
    .where(and(inArray(people.id, [...personIds]), ne(people.state, "erased")))
    .orderBy(asc(people.id))
    .for("update");
}

/** Throws `person-unknown` (404). */
export async function lockPerson(tx: Transaction, personId: string) {
  const [person] = await lockPeople(tx, [personId]);
  if (!person) throw personUnknown();
  return person;
}
