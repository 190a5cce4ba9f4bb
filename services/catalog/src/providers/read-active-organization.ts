import { readOrganization } from "@minka/contracts/organizations";
import { DomainError } from "@minka/domain/errors";
import type { Caller } from "@minka/http/caller";

/**
 * Makes sure that an organization can be, or act for, a provider: it exists (`organization-unknown`, 404) and is
 * neither still forming nor closed (`organization-not-active`, 409).
 */
export async function readActiveOrganization(
  call: Caller,
  organizationId: string,
  trace: string,
): Promise<void> {
  const { organization } = await call(readOrganization, { params: { organizationId } }, { trace });
  if (organization.state === "active") return;
  throw new DomainError("conflict", "organization-not-active", `This organization is ${organization.state}.`);
}
