import type { Queries, Transaction } from "@minka/database/connect";
import { and, asc, desc, eq, sql } from "drizzle-orm";
import { consents, operators, people, phones } from "../tables.ts";

/** What a contract's `person` shows of a row. */
const personColumns = {
  id: people.id,
  name: people.name,
  districtCode: people.districtCode,
  // Written out: drizzle leaves table names away where there is no join, and then "id" is the inner one's.
  consented: sql<boolean>`exists (select 1 from ${consents} c where c.person_id = people.id
    and c.purpose = 'service' and c.withdrawn_at is null)`,
  operator: sql<boolean>`exists (select 1 from ${operators} o where o.person_id = people.id)`,
};

/** Of the people who share a phone, whoever used it last; linked first where nobody used it since. */
function holderQuery(queries: Queries, phone: string | ReturnType<typeof sql.placeholder>) {
  return queries
    .select(personColumns)
    .from(phones)
    .innerJoin(people, eq(people.id, phones.personId))
    .where(eq(phones.phone, phone))
    .orderBy(desc(phones.usedAt), asc(phones.linkedAt), asc(people.id))
    .limit(1);
}

/** Asked for each incoming SMS, so prepared. */
export function prepareHolderQuery(queries: Queries) {
  const prepared = holderQuery(queries, sql.placeholder("phone")).prepare("profiles_phone_holder");
  return async (phone: string) => (await prepared.execute({ phone })).at(0);
}

export async function readHolder(queries: Queries, phone: string) {
  return (await holderQuery(queries, phone)).at(0);
}

export async function readPersonRow(queries: Queries, personId: string) {
  const [row] = await queries.select(personColumns).from(people).where(eq(people.id, personId));
  return row;
}

/** Until the transaction ends nobody else registers at this phone or asks a code for it. */
export async function lockPhone(tx: Transaction, phone: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${phone}, 0))`);
}

export async function markPhoneUsed(tx: Transaction, phone: string, personId: string, at: Date) {
  await tx
    .update(phones)
    .set({ usedAt: at })
    .where(and(eq(phones.phone, phone), eq(phones.personId, personId)));
}
