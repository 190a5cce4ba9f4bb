import type { MembershipRole } from "@minka/contracts/memberships";
import type { boardPositions, organizationKinds } from "@minka/contracts/organizations";
import type { Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { limaDay } from "@minka/domain/lima-time";
import type { Certificate } from "@minka/domain/vocabulary";
import { findDistrict } from "@minka/geography/districts";
import { audit, memberships, organizations } from "../tables.ts";
import { boardSeats, organizationCertificates } from "./organizations-tables.ts";

/** An organization that was checked elsewhere: it comes in verified. */
export type OrganizationRow = {
  readonly id: string;
  readonly name: string;
  readonly kind: (typeof organizationKinds)[number];
  readonly districtCode: string;
  readonly crops: readonly string[];
  readonly phone: string | null;
  /** Céntimos; null where nobody said. */
  readonly entryFeeCentimos?: number | null;
  readonly requirements?: readonly string[];
  readonly services?: readonly string[];
  readonly genderGuideline?: { readonly text: string; readonly adoptedOn: string } | null;
  readonly certificates?: readonly {
    readonly id: string;
    readonly certificate: Certificate;
    readonly issuer: string | null;
    readonly expiresOn: string;
  }[];
};

/** Days are YYYY-MM-DD, in Lima. */
export type MembershipRow = {
  readonly id: string;
  readonly personId: string;
  readonly organizationId: string;
  readonly role: MembershipRole;
  readonly since: string;
};

export type BoardSeatRow = {
  readonly id: string;
  readonly organizationId: string;
  readonly personId: string;
  readonly position: (typeof boardPositions)[number];
  readonly since: string;
  readonly until: string | null;
};

const batchSize = 2_000;

/** Initial organizations and who belongs to them; people are loaded before. Known rows stay as they are. */
export async function loadOrganizations(
  db: Database,
  rows: {
    readonly organizations: readonly OrganizationRow[];
    readonly memberships: readonly MembershipRow[];
    readonly boardSeats?: readonly BoardSeatRow[];
  },
  { at }: { readonly at: Date },
): Promise<void> {
  const strange = rows.organizations.find(({ districtCode }) => !findDistrict(districtCode));
  if (strange) throw new Error(`Organization ${strange.id}: ${strange.districtCode} is not a district`);
  await db.transaction(async (tx) => {
    if (rows.organizations.length > 0) {
      await tx
        .insert(organizations)
        .values(rows.organizations.map((row) => organizationValues(row, at)))
        .onConflictDoNothing();
    }
    const certificates = rows.organizations.flatMap((row) =>
      (row.certificates ?? []).map((held) => ({ ...held, organizationId: row.id })),
    );
    for (const batch of batches(certificates)) {
      await tx.insert(organizationCertificates).values(batch).onConflictDoNothing();
    }
    for (const batch of batches(rows.memberships)) {
      await tx
        .insert(memberships)
        .values(
          batch.map((row) => ({
            ...row,
            roleSince: row.since,
            state: "active" as const,
            origin: "imported" as const,
            trace: "import",
          })),
        )
        .onConflictDoNothing();
    }
    for (const batch of batches(rows.boardSeats ?? [])) {
      await tx.insert(boardSeats).values(batch).onConflictDoNothing();
    }
    await tx.insert(audit).values({
      id: newId(),
      at,
      actor: "service:profiles",
      action: "organizations.import",
      subject: `${rows.organizations.length} organizations, ${rows.memberships.length} memberships`,
      trace: "import",
    });
  });
}

function organizationValues(row: OrganizationRow, at: Date) {
  const {
    genderGuideline,
    certificates: _certificates,
    crops,
    requirements = [],
    services = [],
    ...rest
  } = row;
  return {
    ...rest,
    crops: [...crops],
    requirements: [...requirements],
    services: [...services],
    genderGuideline: genderGuideline?.text ?? null,
    genderGuidelineOn: genderGuideline?.adoptedOn ?? null,
    verifiedAt: at,
    confirmedOn: limaDay(at),
    createdAt: at,
  };
}

function* batches<Row>(rows: readonly Row[]): Iterable<Row[]> {
  for (let start = 0; start < rows.length; start += batchSize) yield rows.slice(start, start + batchSize);
}
