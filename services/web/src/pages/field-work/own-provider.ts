import { listOwnProviders, type ProviderKind } from "@minka/contracts/providers";
import { DomainError } from "@minka/domain/errors";
import type { SignedVisit } from "../../visits/visit.ts";

export type OwnProvider = {
  readonly id: string;
  readonly name: string;
  readonly kinds: readonly ProviderKind[];
  readonly as: "manager" | "staff" | "granted";
};

/** The provider of the address, as one of those that the person acts for; for anybody else nothing is there. */
export async function ownProvider(visit: SignedVisit, providerId: string): Promise<OwnProvider> {
  const { providers } = await visit.call(listOwnProviders, { params: { personId: visit.person.personId } });
  const own = providers.find(({ id }) => id === providerId);
  if (!own) throw new DomainError("not-found", "no-such-page", "Nothing is here.");
  return own;
}
