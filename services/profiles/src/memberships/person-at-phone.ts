import type { Transaction } from "@minka/database/connect";
import { foldCase } from "@minka/language/fold";
import type { Act } from "@minka/service/act";
import { and, desc, eq, inArray } from "@minka/database/query";
import { record } from "../acts.ts";
import { neverUsed, refuseRefused, type RefusalKey } from "../invitations/refusals.ts";
import { lockPhone } from "../people/phone-holder.ts";
import { addPerson } from "../people/register-person.ts";
import { people, phones } from "../tables.ts";

/**
 * Whom somebody means by a phone and a name: of the people who share the phone the one so called, or its only one when
 * Minka knows no name yet. Anybody else becomes an invited person, who is shown to nobody until they agree. Throws
 * `wants-no-questions` (409).
 */
export async function personAtPhone(
  tx: Transaction,
  key: RefusalKey,
  act: Act,
  { phone, name }: { phone: string; name: string },
): Promise<string> {
  await lockPhone(tx, phone);
  const there = await tx
    .select({ id: people.id, name: people.name })
    .from(phones)
    .innerJoin(people, eq(people.id, phones.personId))
    .where(and(eq(phones.phone, phone), inArray(people.state, ["active", "invited"])))
    .orderBy(desc(phones.usedAt), people.id);
  const called = there.find((person) => person.name !== null && sameName(person.name, name));
  if (called) return called.id;
  const [only] = there;
  if (only?.name === null && there.length === 1) return only.id;
  await refuseRefused(tx, key, phone);
  const personId = await addPerson(tx, phone, act.at);
  await tx.update(people).set({ name, state: "invited" }).where(eq(people.id, personId));
  await tx.update(phones).set({ usedAt: neverUsed }).where(eq(phones.personId, personId));
  await record(tx, act, "person.invite", personId);
  return personId;
}

/** "Rosa Tuanama" is Rosa Tuanama Pinedo: all words of the shorter name are in the longer one, in any order. */
export function sameName(a: string, b: string): boolean {
  const [shorter = [], longer = []] = [words(a), words(b)].sort((one, other) => one.length - other.length);
  return shorter.length > 0 && shorter.every((word) => longer.includes(word));
}

function words(name: string): string[] {
  return foldCase(name)
    .split(/[^a-z]+/)
    .filter((word) => word !== "");
}
