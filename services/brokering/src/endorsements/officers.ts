import type { Caller } from "@minka/http/caller";
import { householdOf } from "../credits/household.ts";
import { peopleOf } from "../payments/payment-parties.ts";

/** Who of an organization is told of a member's credit: neither they nor anybody of their household. Never in a transaction. */
export async function officersOf(
  call: Caller,
  { organizationId, personId }: { organizationId: string; personId: string | null },
  trace: string,
): Promise<string[]> {
  const except = [...(personId ? [personId] : []), ...(await householdOf(call, personId, trace))];
  return peopleOf(call, { kind: "organization", id: organizationId }, { trace, except });
}
