import type { Traits } from "@minka/contracts/traits";
import type { Queries } from "@minka/database/connect";
import { sizeClasses } from "@minka/domain/size-class";
import { and, eq, sql } from "@minka/database/query";
import { memberships, people, producerCrops } from "../tables.ts";

/**
 * What people are counted by, in one statement for up to 500 of them, in no order. Who grows coffee and cacao is of
 * the larger class: help for small producers is not for who is large in the other crop.
 */
export function prepareTraitsQuery(queries: Queries) {
  const query = queries
    .select({
      personId: people.id,
      sex: people.sex,
      districtCode: people.districtCode,
      sizes: sql<string[]>`array(select c.size from ${producerCrops} c
        where c.person_id = people.id and c.size is not null)`,
      organizationIds: sql<string[]>`array(select m.organization_id from ${memberships} m
        where m.person_id = people.id and m.state = 'active' order by 1)`,
    })
    .from(people)
    .where(and(sql`${people.id} = any(${sql.placeholder("ids")}::uuid[])`, eq(people.state, "active")))
    .prepare("traits_of_people");

  return async ({ personIds }: { personIds: readonly string[] }): Promise<{ traits: Traits[] }> => {
    const rows = await query.execute({ ids: `{${personIds.join(",")}}` });
    return {
      traits: rows.map(({ sizes, ...row }) => ({
        ...row,
        sizeClass: sizeClasses.findLast((size) => sizes.includes(size)) ?? null,
      })),
    };
  };
}
