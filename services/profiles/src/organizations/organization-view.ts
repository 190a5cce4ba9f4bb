import type { Actor } from "@minka/contracts/actor";
import type { Organization } from "@minka/contracts/organizations";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { and, asc, eq, gte, isNull, lte, or, sql, type SQLWrapper } from "@minka/database/query";
import { roleIn } from "../memberships/organization-rights.ts";
import { memberships, organizations, people } from "../tables.ts";
import { boardSeats, organizationCertificates } from "./organizations-tables.ts";
import { boardFigures, memberFigures } from "./women-share.ts";

/** What lists show of an organization. */
export const summaryColumns = {
  id: organizations.id,
  name: organizations.name,
  kind: organizations.kind,
  districtCode: organizations.districtCode,
  crops: organizations.crops,
  phone: organizations.phone,
  verified: sql<boolean>`${organizations.verifiedAt} is not null`,
  confirmedOn: organizations.confirmedOn,
  entryFeeCentimos: organizations.entryFeeCentimos,
  requirements: organizations.requirements,
  services: organizations.services,
};

/** An organization as the actor may see it. Throws `organization-unknown` (404). */
export async function viewOrganization(
  queries: Queries,
  actor: Actor,
  organizationId: string,
  now: Date,
): Promise<Organization> {
  const [row] = await queries
    .select({
      ...summaryColumns,
      state: organizations.state,
      legalName: organizations.legalName,
      ruc: organizations.ruc,
      description: organizations.description,
      guideline: organizations.genderGuideline,
      guidelineOn: organizations.genderGuidelineOn,
    })
    .from(organizations)
    .where(eq(organizations.id, organizationId));
  if (!row) throw organizationUnknown();
  const { guideline, guidelineOn, ...shown } = row;
  const today = limaDay(now);
  const certificates = await queries
    .select({
      certificate: organizationCertificates.certificate,
      issuer: organizationCertificates.issuer,
      number: organizationCertificates.number,
      expiresOn: organizationCertificates.expiresOn,
    })
    .from(organizationCertificates)
    .where(eq(organizationCertificates.organizationId, organizationId))
    .orderBy(asc(organizationCertificates.expiresOn), asc(organizationCertificates.id));
  const exact = await seesAll(queries, actor, organizationId);
  return {
    ...shown,
    genderGuideline: guideline && guidelineOn ? { text: guideline, adoptedOn: guidelineOn } : null,
    certificates: certificates.map((held) => ({ ...held, inForce: held.expiresOn >= today })),
    communalLand: row.kind === "native_community",
    ...memberFigures(await countMembers(queries, organizationId), { exact }),
    board: boardFigures(await countSeats(queries, organizationId, today), { exact }),
  };
}

/** Who leads an organization, and operators, see how many its members are even where they are few. */
async function seesAll(queries: Queries, actor: Actor, organizationId: string): Promise<boolean> {
  if (actor.kind !== "person") return false;
  if (actor.operator) return true;
  const role = await roleIn(queries, actor.personId, organizationId);
  return role !== undefined && role !== "member";
}

const countBySex = (sex: SQLWrapper) => ({
  all: sql<number>`count(*)::int`,
  women: sql<number>`(count(*) filter (where ${sex} = 'f'))::int`,
  men: sql<number>`(count(*) filter (where ${sex} = 'm'))::int`,
});

async function countMembers(queries: Queries, organizationId: string) {
  const [counts] = await queries
    .select(countBySex(people.sex))
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(
      and(
        eq(memberships.organizationId, organizationId),
        eq(memberships.state, "active"),
        eq(people.state, "active"),
      ),
    );
  return counts ?? { all: 0, women: 0, men: 0 };
}

/** A registered person's own row says their sex, where they gave it. */
const seatSex = sql`coalesce(${people.sex}, ${boardSeats.sex})`;

async function countSeats(queries: Queries, organizationId: string, today: string) {
  const [counts] = await queries
    .select(countBySex(seatSex))
    .from(boardSeats)
    .leftJoin(people, eq(people.id, boardSeats.personId))
    .where(
      and(
        eq(boardSeats.organizationId, organizationId),
        lte(boardSeats.since, today),
        or(isNull(boardSeats.until), gte(boardSeats.until, today)),
      ),
    );
  return counts ?? { all: 0, women: 0, men: 0 };
}

export function organizationUnknown(): DomainError {
  return new DomainError("not-found", "organization-unknown", "No organization has this id.");
}
