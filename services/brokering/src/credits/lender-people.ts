import type { Caller } from "@minka/http/caller";
import { peopleOf } from "../payments/payment-parties.ts";
import type { CreditRow } from "./credits-tables.ts";
import { householdOf } from "./household.ts";

/**
 * Who answers for a credit's lender today: whoever did when it was chosen may have left. Nobody of the borrower's
 * household. Never call it in a transaction.
 */
export async function lenderPeople(
  call: Caller,
  { lenderId, personId }: Pick<CreditRow, "lenderId" | "personId">,
  trace: string,
): Promise<string[]> {
  if (lenderId === null) return [];
  const except = await householdOf(call, personId, trace);
  return peopleOf(call, { kind: "provider", id: lenderId }, { trace, except });
}
