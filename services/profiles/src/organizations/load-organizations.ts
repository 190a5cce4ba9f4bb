import type { Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { findDistrict } from "@minka/geography/districts";
import { audit, memberships, organizations } from "../tables.ts";

export type OrganizationRow = {
  readonly id: string;
  readonly name: string;
  readonly kind: "association" | "cooperative" | "committee";
  readonly districtCode: string;
  readonly crops: readonly string[];
  readonly phone: string | null;
};

export type MembershipRow = {
  readonly personId: string;
  readonly organizationId: string;
  readonly role: "member" | "board" | "president";
  readonly sinceYear: number;
};

const batchSize = 5_000;

/** Initial organizations and who belongs to them; people are loaded before. Known rows stay as they are. */
export async function loadOrganizations(
  db: Database,
  rows: {
    readonly organizations: readonly OrganizationRow[];
    readonly memberships: readonly MembershipRow[];
  },
  { at }: { readonly at: Date },
): Promise<void> {
  const strange = rows.organizations.find(({ districtCode }) => !findDistrict(districtCode));
  if (strange) throw new Error(`Organization ${strange.id}: ${strange.districtCode} is not a district`);
  await db.transaction(async (tx) => {
    if (rows.organizations.length > 0) {
      await tx
        .insert(organizations)
        .values(rows.organizations.map((row) => ({ ...row, crops: [...row.crops], createdAt: at })))
        .onConflictDoNothing();
    }
    for (let start = 0; start < rows.memberships.length; start += batchSize) {
      await tx
        .insert(memberships)
        .values(
          rows.memberships
            .slice(start, start + batchSize)
            .map(({ sinceYear, ...membership }) => ({ ...membership, since: sinceYear })),
        )
        .onConflictDoNothing();
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
