import type { Subject } from "@minka/contracts/personal-data";
import type { Queries } from "@minka/database/connect";
import { and, eq, inArray, ne } from "@minka/database/query";
import { people, phones } from "../tables.ts";

/** How other services find what they hold on a person; undefined for nobody and for who is erased. */
export async function readSubject(
  queries: Queries,
  personId: string,
): Promise<(Subject & { state: "active" | "invited" }) | undefined> {
  const [person] = await queries
    .select({ name: people.name, dni: people.dni, state: people.state })
    .from(people)
    .where(eq(people.id, personId));
  if (!person || person.state === "erased") return undefined;
  const linked = await queries
    .select({ phone: phones.phone })
    .from(phones)
    .where(eq(phones.personId, personId));
  const all = linked.map(({ phone }) => phone);
  return {
    personId,
    state: person.state,
    ...(await splitPhones(queries, personId, all)),
    names: person.name === null ? [] : [person.name],
    documents: person.dni === null ? [] : [person.dni],
  };
}

/** Which of the phones reach nobody else, at this moment. */
export async function splitPhones(queries: Queries, personId: string, all: readonly string[]) {
  if (all.length === 0) return { phones: [], sharedPhones: [] };
  const others = await queries
    .selectDistinct({ phone: phones.phone })
    .from(phones)
    .where(and(inArray(phones.phone, [...all]), ne(phones.personId, personId)));
  const shared = new Set(others.map(({ phone }) => phone));
  return {
    phones: all.filter((phone) => !shared.has(phone)),
    sharedPhones: all.filter((phone) => shared.has(phone)),
  };
}
