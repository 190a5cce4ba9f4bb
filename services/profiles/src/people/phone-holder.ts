import type { Queries, Transaction } from "@minka/database/connect";
import { and, asc, desc, eq, ne, sql } from "@minka/database/query";
import { consents, operators, people, phones } from "../tables.ts";

/** What a contract's `person` shows of a row. */
const personColumns = {
  id: people.id,
  name: people.name,
  districtCode: people.districtCode,
  sex: people.sex,
  language: people.language,
  prefersWoman: people.prefersWoman,
  // Written out: drizzle leaves table names away where there is no join, and then "id" is the inner one's.
  consented: sql<boolean>`exists (select 1 from ${consents} c where c.person_id = people.id
    and c.purpose = 'service' and c.withdrawn_at is null)`,
  operator: sql<boolean>`exists (select 1 from ${operators} o where o.person_id = people.id
    and o.dismissed_at is null)`,
};

/**
 * Whether several people share a phone. Who is only invited shares it with nobody who is there: a list that names
 * somebody's phone must not change how that person is served.
 */
const isShared = sql<boolean>`case when bool_or(${people.state} = 'active') over ()
  then count(*) filter (where ${people.state} = 'active') over () > 1 else count(*) over () > 1 end`;

/** Of the people who share a phone, whoever used it last, and who is there before who is invited. */
function holderQuery(
  queries: Queries,
  phone: string | ReturnType<typeof sql.placeholder>,
  personId?: string,
) {
  return queries
    .select({ person: personColumns, shared: isShared })
    .from(phones)
    .innerJoin(people, eq(people.id, phones.personId))
    .where(
      and(
        eq(phones.phone, phone),
        ne(people.state, "erased"),
        personId === undefined ? undefined : eq(people.id, personId),
      ),
    )
    .orderBy(asc(people.state), desc(phones.usedAt), asc(phones.linkedAt), asc(people.id))
    .limit(1);
}

/** Asked for each incoming SMS, so prepared. */
export function prepareHolderQuery(queries: Queries) {
  const prepared = holderQuery(queries, sql.placeholder("phone")).prepare("profiles_phone_holder");
  return async (phone: string) => {
    const found = (await prepared.execute({ phone })).at(0);
    return { person: found?.person ?? null, shared: found?.shared ?? false };
  };
}

/** Whoever answers for a phone, and whether others use it too. */
export async function readPhone(queries: Queries, phone: string) {
  const found = (await holderQuery(queries, phone)).at(0);
  return { person: found?.person ?? null, shared: found?.shared ?? false };
}

/** Whoever answers for a phone, or this one of its people. */
export async function readHolder(queries: Queries, phone: string, personId?: string) {
  return (await holderQuery(queries, phone, personId)).at(0)?.person;
}

export async function readPersonRow(queries: Queries, personId: string) {
  const [row] = await queries
    .select(personColumns)
    .from(people)
    .where(and(eq(people.id, personId), ne(people.state, "erased")));
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
