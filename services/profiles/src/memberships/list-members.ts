import type { Actor } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { listMembers as contract } from "@minka/contracts/memberships";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { foldCase } from "@minka/language/fold";
import { maskPhone } from "@minka/domain/phone";
import { and, asc, desc, eq, inArray, lt, ne, sql, type SQL } from "@minka/database/query";
import { z } from "zod";
import { invitations } from "../invitations/invitations-tables.ts";
import { formerRoles } from "../organizations/organizations-tables.ts";
import { memberships, people, phones } from "../tables.ts";
import { notYours, refuseUnlessRole, roleIn } from "./organization-rights.ts";

/**
 * Members by the newest entry. Names and phones are whole for managers and operators only, and of nobody who belongs
 * no more. Of who has never agreed to belong the organization reads what it wrote itself and no more: else a phone and
 * a first name would tell whose phone it is. Throws `not-your-organization` (403) and `cursor-wrong` (422).
 */
export async function listMembers(
  queries: Queries,
  actor: Actor,
  { params: { organizationId }, query }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const { state, role, waitsFor, cursor, limit } = query;
  await refuseUnlessRole(queries, actor, organizationId, ["manager", "broker", "delegate"]);
  if (cursor !== undefined && !z.uuid().safeParse(cursor).success) {
    throw new DomainError("invalid", "cursor-wrong", "The cursor is not one that a page gave.", {
      errors: [{ path: "query.cursor", message: "is not one that a page gave" }],
    });
  }
  const whole = await seesWhole(queries, actor, organizationId);
  // A list that is narrowed by what is masked in it would tell it.
  if (!whole && (query.name ?? query.sex ?? query.districtCode) !== undefined) throw notYours();
  const found = await queries
    .select({
      membershipId: memberships.id,
      personId: memberships.personId,
      name: people.name,
      phone: lastPhone,
      role: memberships.role,
      state: memberships.state,
      since: memberships.since,
      until: memberships.until,
      endReason: memberships.endReason,
      endNote: memberships.endNote,
      origin: memberships.origin,
      namedAs: memberships.namedAs,
      listedAs: invitations.name,
    })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .leftJoin(invitations, eq(invitations.membershipId, memberships.id))
    .where(
      and(
        eq(memberships.organizationId, organizationId),
        eq(memberships.state, state),
        role === undefined ? undefined : eq(memberships.role, role),
        waitsFor === undefined
          ? undefined
          : waitsFor === "organization"
            ? eq(memberships.origin, "joined")
            : ne(memberships.origin, "joined"),
        ...narrowed(query),
        cursor === undefined ? undefined : lt(memberships.id, cursor),
      ),
    )
    .orderBy(desc(memberships.id))
    .limit(limit + 1);
  const shown = found.slice(0, limit);
  const former = await readFormerRoles(
    queries,
    shown.map(({ membershipId }) => membershipId),
  );
  const items = shown.map(({ origin, namedAs, listedAs, personId, name, phone, ...member }) => {
    const belongs = member.state === "active";
    const asksUs = member.state === "asked" && origin === "joined";
    const agreed = belongs || member.since !== null || origin === "joined";
    const known = agreed ? name : namedAs === personId ? null : (namedAs ?? listedAs);
    return {
      ...member,
      personId: agreed || namedAs === personId ? personId : null,
      name: known === null || (whole && (belongs || asksUs || !agreed)) ? known : maskName(known),
      waitsFor: member.state === "asked" ? (asksUs ? ("organization" as const) : ("person" as const)) : null,
      endNote: whole ? member.endNote : null,
      phone: belongs && phone !== null ? (whole ? phone : maskPhone(phone)) : null,
      formerRoles: former
        .filter(({ membershipId }) => membershipId === member.membershipId)
        .map(({ membershipId: _membershipId, ...held }) => held),
    };
  });
  return { items, next: found.length > limit ? (shown.at(-1)?.membershipId ?? null) : null };
}

/** Of who belongs: of the others names are masked for all, or are what the organization wrote. */
function narrowed({ name, sex, districtCode }: HandlerInput<typeof contract>["query"]): (SQL | undefined)[] {
  if ((name ?? sex ?? districtCode) === undefined) return [];
  const part = name && `%${foldCase(name).replace(/[\\%_]/g, "\\$&")}%`;
  return [
    eq(memberships.state, "active"),
    part === undefined
      ? undefined
      : sql`translate(lower(${people.name}), ${accented}, ${plain}) like ${part}`,
    sex === undefined ? undefined : eq(people.sex, sex),
    districtCode === undefined ? undefined : eq(people.districtCode, districtCode),
  ];
}

const accented = "áéíóúüñ";
const plain = "aeiouun";

/** The phone that a person used last. */
const lastPhone = sql<string | null>`(select ${phones.phone} from ${phones}
  where ${phones.personId} = ${people.id} order by ${phones.usedAt} desc, ${phones.phone} limit 1)`;

async function seesWhole(queries: Queries, actor: Actor, organizationId: string): Promise<boolean> {
  if (actor.kind !== "person") return false;
  return actor.operator || (await roleIn(queries, actor.personId, organizationId)) === "manager";
}

async function readFormerRoles(queries: Queries, membershipIds: string[]) {
  if (membershipIds.length === 0) return [];
  return queries
    .select({
      membershipId: formerRoles.membershipId,
      role: formerRoles.role,
      since: formerRoles.since,
      until: formerRoles.until,
    })
    .from(formerRoles)
    .where(inArray(formerRoles.membershipId, membershipIds))
    .orderBy(asc(formerRoles.id));
}

/** "Rosa T. P.": enough for who knows the person. */
export function maskName(name: string): string {
  const [first = "", ...others] = name.split(" ").filter((word) => word !== "");
  return [first, ...others.map((word) => `${word.slice(0, 1)}.`)].join(" ");
}
