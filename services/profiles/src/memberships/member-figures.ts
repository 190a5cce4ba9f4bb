import type { Actor } from "@minka/contracts/actor";
import type { HandlerAnswer } from "@minka/contracts/endpoint";
import { smallestCell, type readMemberFigures as contract } from "@minka/contracts/memberships";
import type { Queries } from "@minka/database/connect";
import { sizeClasses } from "@minka/domain/size-class";
import { and, eq, inArray, sql, type SQL } from "@minka/database/query";
import { memberships, people, producerCrops } from "../tables.ts";
import { refuseUnlessRole, roleIn } from "./organization-rights.ts";

type Figures = HandlerAnswer<typeof contract>;
type Member = {
  readonly sex: "f" | "m" | null;
  readonly districtCode: string | null;
  readonly sizes: readonly string[];
};

/**
 * Members who agreed to be here, by sex, size and district. Whose harvest is large or small is nobody's to learn from a
 * count of one: sizes are told only where each has enough people. Throws `not-your-organization` (403).
 */
export async function memberFigures(
  queries: Queries,
  actor: Actor,
  organizationId: string,
): Promise<Figures> {
  await refuseUnlessRole(queries, actor, organizationId, ["manager", "broker", "delegate"]);
  const members: Member[] = await queries
    .select({
      sex: people.sex,
      districtCode: people.districtCode,
      sizes: sql<string[]>`array(select c.size from ${producerCrops} c
        where c.person_id = people.id and c.size is not null)`,
    })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(
      and(
        eq(memberships.organizationId, organizationId),
        eq(memberships.state, "active"),
        eq(people.state, "active"),
      ),
    );
  const women = members.filter(({ sex }) => sex === "f").length;
  const men = members.filter(({ sex }) => sex === "m").length;
  return {
    members: members.length,
    women,
    men,
    invited: await countInvited(queries, organizationId),
    bySize: bySize(members),
    byDistrict: byDistrict(members, (await readsFile(queries, actor, organizationId)) ? 1 : smallestCell),
  };
}

async function countInvited(queries: Queries, organizationId: string): Promise<Figures["invited"]> {
  const of = (condition: SQL) => sql<number>`(count(*) filter (where ${condition}))::int`;
  const [counts] = await queries
    .select({
      yes: of(eq(memberships.state, "active")),
      no: of(eq(memberships.state, "refused")),
      waiting: of(eq(memberships.state, "asked")),
      silent: of(eq(memberships.endReason, "lapsed")),
    })
    .from(memberships)
    .where(
      and(
        eq(memberships.organizationId, organizationId),
        inArray(memberships.origin, ["added", "group", "imported"]),
      ),
    );
  return counts ?? { yes: 0, no: 0, waiting: 0, silent: 0 };
}

const counted = (members: readonly Member[]) => ({
  members: members.length,
  women: members.filter(({ sex }) => sex === "f").length,
});

/** Who grows coffee and cacao is of the larger class. */
function bySize(members: readonly Member[]): Figures["bySize"] {
  const sizeOf = ({ sizes }: Member) => sizeClasses.findLast((size) => sizes.includes(size)) ?? null;
  const groups = [...sizeClasses, null]
    .map((sizeClass) => ({ sizeClass, ...counted(members.filter((one) => sizeOf(one) === sizeClass)) }))
    .filter((group) => group.members > 0);
  return groups.some((group) => group.members < smallestCell) ? null : groups;
}

/** Who may have the members as a file knows their districts. */
async function readsFile(queries: Queries, actor: Actor, organizationId: string): Promise<boolean> {
  if (actor.kind !== "person") return false;
  return actor.operator || (await roleIn(queries, actor.personId, organizationId)) === "manager";
}

function byDistrict(members: readonly Member[], least: number): Figures["byDistrict"] {
  const groups = Map.groupBy(members, ({ districtCode }) => districtCode);
  const isTold = (code: string | null) => code !== null && (groups.get(code)?.length ?? 0) >= least;
  const told = [...groups]
    .filter(([code]) => isTold(code))
    .map(([districtCode, those]) => ({ districtCode, ...counted(those) }))
    .toSorted((one, other) => other.members - one.members);
  const others = members.filter(({ districtCode }) => !isTold(districtCode));
  return others.length === 0 ? told : [...told, { districtCode: null, ...counted(others) }];
}
