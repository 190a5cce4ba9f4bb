import type { Audience } from "@minka/contracts/bulletins";
import type { Queries } from "@minka/database/connect";
import { and, asc, count, eq, gt, inArray, or, sql, type SQL } from "@minka/database/query";
import { consents, memberships, people, phones, producerCrops } from "../tables.ts";

/** A page of whom an audience reaches, in order of id, each with the phone that they used last. */
export async function listAudience(
  queries: Queries,
  { after, limit, ...audience }: Audience & { after: string | null; limit: number },
): Promise<{ people: { personId: string; phone: string }[]; next: string | null }> {
  const found = await queries
    .select({
      personId: people.id,
      // Written out: drizzle would leave the outer table's name away.
      phone: sql<string>`(select p.phone from ${phones} p where p.person_id = ${people}.id
        order by p.used_at desc, p.phone limit 1)`,
    })
    .from(people)
    .where(and(reached(queries, audience), after === null ? undefined : gt(people.id, after)))
    .orderBy(asc(people.id))
    .limit(limit);
  return { people: found, next: found.length < limit ? null : (found.at(-1)?.personId ?? null) };
}

export async function countAudience(queries: Queries, audience: Audience): Promise<{ people: number }> {
  const [counted] = await queries.select({ people: count() }).from(people).where(reached(queries, audience));
  return { people: counted?.people ?? 0 };
}

/**
 * Active people with a phone who agreed to bulletins and have not taken back that Minka serves them, to whom all that
 * the audience says applies.
 */
function reached(queries: Queries, { districts, crops, organizationId }: Audience): SQL | undefined {
  return and(
    eq(people.state, "active"),
    sql`exists (select 1 from ${consents} c where c.person_id = ${people}.id
      and c.purpose = 'bulletins' and c.withdrawn_at is null)`,
    sql`not coalesce((select bool_and(c.withdrawn_at is not null) from ${consents} c
      where c.person_id = ${people}.id and c.purpose = 'service'), false)`,
    sql`exists (select 1 from ${phones} p where p.person_id = ${people}.id)`,
    districts.length === 0
      ? undefined
      : or(...districts.map((prefix) => sql`starts_with(${people.districtCode}, ${prefix})`)),
    crops.length === 0
      ? undefined
      : inArray(
          people.id,
          queries
            .select({ id: producerCrops.personId })
            .from(producerCrops)
            .where(inArray(producerCrops.crop, crops)),
        ),
    organizationId === null
      ? undefined
      : inArray(
          people.id,
          queries
            .select({ id: memberships.personId })
            .from(memberships)
            .where(and(eq(memberships.organizationId, organizationId), eq(memberships.state, "active"))),
        ),
  );
}
