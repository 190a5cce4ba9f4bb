import { readOrganization } from "@minka/contracts/organizations";
import type { PaymentParty } from "@minka/contracts/payments";
import { readProvider } from "@minka/contracts/providers";
import type { Visit } from "../../visits/visit.ts";

export type PartyNames = (party: PaymentParty) => string;

/** What both sides of payments that a call has just given are called. */
export async function namesOfParties(visit: Visit, parties: readonly PaymentParty[]): Promise<PartyNames> {
  const ids = (kind: PaymentParty["kind"]) => [
    ...new Set(parties.flatMap((party) => (party.kind === kind ? [party.id] : []))),
  ];
  const [people, organizations, providers] = await Promise.all([
    visit.namesOf(ids("person")),
    Promise.all(
      ids("organization").map(async (organizationId) => {
        const found = await visit.callIfAny(readOrganization, { params: { organizationId } });
        return [organizationId, found?.organization.name] as const;
      }),
    ),
    Promise.all(
      ids("provider").map(async (providerId) => {
        const found = await visit.callIfAny(readProvider, { params: { providerId } });
        return [providerId, found?.provider.name] as const;
      }),
    ),
  ]);
  const names = new Map<string, string | undefined>([...people, ...organizations, ...providers]);
  const unknown = { person: "alguien sin nombre", organization: "la organización", provider: "el proveedor" };
  return ({ kind, id }) => names.get(id) ?? unknown[kind];
}
