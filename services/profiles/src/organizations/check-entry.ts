import type { Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { and, eq, ne, sql } from "@minka/database/query";
import { organizations } from "../tables.ts";

/** Throws `gender-guideline-in-future` (422): a guideline counts from the day on which it was adopted. */
export function refuseFutureGuideline(guideline: { adoptedOn: string } | null | undefined, now: Date): void {
  if (!guideline || guideline.adoptedOn <= limaDay(now)) return;
  throw new DomainError("invalid", "gender-guideline-in-future", "A guideline is entered once adopted.", {
    errors: [{ path: "body.genderGuideline.adoptedOn", message: "is in the future" }],
  });
}

/**
 * Until the transaction ends nobody else enters this number. Throws `ruc-taken` (409), with the id of the organization
 * that has it.
 */
export async function refuseTakenRuc(
  tx: Transaction,
  ruc: string | null | undefined,
  organizationId: string,
): Promise<void> {
  if (!ruc) return;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`ruc:${ruc}`}, 0))`);
  const [taken] = await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(
      and(
        eq(organizations.ruc, ruc),
        ne(organizations.state, "closed"),
        ne(organizations.id, organizationId),
      ),
    );
  if (!taken) return;
  throw new DomainError("conflict", "ruc-taken", "An organization with this RUC is here already.", {
    details: { organizationId: taken.id },
    errors: [{ path: "body.ruc", message: "belongs to another organization" }],
  });
}
