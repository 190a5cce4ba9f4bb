import type { HandlerInput } from "@minka/contracts/endpoint";
import type { updateOrganization } from "@minka/contracts/organizations";
import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { eq } from "@minka/database/query";
import { organizationCertificates } from "./organizations-tables.ts";

type Certificates = HandlerInput<typeof updateOrganization>["body"]["certificates"];

/** The certificates of an organization are these, where they are given. */
export async function writeCertificates(
  tx: Transaction,
  organizationId: string,
  certificates: Certificates,
): Promise<void> {
  if (!certificates) return;
  await tx
    .delete(organizationCertificates)
    .where(eq(organizationCertificates.organizationId, organizationId));
  if (certificates.length === 0) return;
  await tx
    .insert(organizationCertificates)
    .values(certificates.map((held) => ({ ...held, id: newId(), organizationId })));
}
