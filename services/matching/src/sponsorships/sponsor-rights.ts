import type { Actor } from "@minka/contracts/actor";
import { listMemberships } from "@minka/contracts/memberships";
import { readOrganization } from "@minka/contracts/organizations";
import { listOwnProviders, readProvider, type ProviderKind } from "@minka/contracts/providers";
import { DomainError } from "@minka/domain/errors";
import type { Role } from "@minka/domain/lifecycle";
import type { Caller } from "@minka/http/caller";
import type { SponsorshipRow } from "./sponsorships-tables.ts";

/** Who has a reason to pay for producers' services: they buy from them, sell to them or lend to them. */
const sponsoring: readonly ProviderKind[] = ["buyer", "supplier", "lender"];

export type Sponsor = Pick<SponsorshipRow, "sponsorKind" | "sponsorId">;

/**
 * In which role somebody acts on a sponsor's affairs: `provider` for a manager of the sponsor, as catalog and profiles
 * know it now. Others: `not-your-sponsor` (403). Calls other services, so never inside a transaction.
 */
export async function sponsorRole(
  call: Caller,
  actor: Actor,
  sponsor: Sponsor,
  trace: string,
): Promise<Extract<Role, "provider" | "operator">> {
  if (isOperator(actor)) return "operator";
  if (actor.kind === "person" && (await manages(call, actor.personId, sponsor, trace))) return "provider";
  throw new DomainError("forbidden", "not-your-sponsor", "Only who manages the sponsor may do this.");
}

export const isOperator = (actor: Actor): boolean => actor.kind === "person" && actor.operator;

async function manages(
  call: Caller,
  personId: string,
  { sponsorKind, sponsorId }: Sponsor,
  trace: string,
): Promise<boolean> {
  if (sponsorKind === "programme" || sponsorId === null) return false;
  if (sponsorKind === "organization") {
    const { memberships } = await call(listMemberships, { params: { personId } }, { trace });
    return memberships.some(
      ({ organizationId, role, state }) =>
        organizationId === sponsorId && role === "manager" && state === "active",
    );
  }
  const { providers } = await call(listOwnProviders, { params: { personId } }, { trace });
  return providers.some(({ id, as }) => id === sponsorId && as === "manager");
}

/**
 * The name that producers read. `not-a-sponsor` (409) for a provider that is no buyer, supplier or lender or is
 * not verified, and for an organization that is not.
 */
export async function readSponsorName(
  call: Caller,
  { sponsorKind, sponsorId }: { sponsorKind: "provider" | "organization"; sponsorId: string },
  trace: string,
): Promise<string> {
  try {
    if (sponsorKind === "provider") {
      const { provider } = await call(readProvider, { params: { providerId: sponsorId } }, { trace });
      if (provider.kinds.some((kind) => sponsoring.includes(kind))) return provider.name;
    } else {
      const { organization } = await call(
        readOrganization,
        { params: { organizationId: sponsorId } },
        { trace },
      );
      if (organization.verified && organization.state === "active") return organization.name;
    }
  } catch (error) {
    // Only a verified provider is shown to anybody.
    if (!(error instanceof DomainError) || error.category !== "not-found") throw error;
  }
  throw new DomainError(
    "conflict",
    "not-a-sponsor",
    "A sponsor is a verified buyer, supplier or lender, or a verified organization.",
  );
}

/** As `readSponsorName`, of one that is known: somebody may have been verified no more since. */
export async function refuseIfNoSponsor(
  call: Caller,
  { sponsorKind, sponsorId }: Sponsor,
  trace: string,
): Promise<void> {
  if (sponsorKind === "programme" || sponsorId === null) return;
  await readSponsorName(call, { sponsorKind, sponsorId }, trace);
}
