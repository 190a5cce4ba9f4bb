import type { PaymentParty } from "@minka/contracts/payments";
import { contactCards } from "@minka/contracts/profiles";
import { listSharers } from "@minka/contracts/shared-phones";
import type { Caller } from "@minka/http/caller";

/**
 * Who is reached at somebody's phone, without themself: their household, as far as Minka knows. What they borrow is not
 * told there, whatever part others of it have in an organization or a lender. Never call it in a transaction.
 */
export async function householdOf(call: Caller, personId: string | null, trace: string): Promise<string[]> {
  if (personId === null) return [];
  const { contacts } = await call(contactCards, { body: { personIds: [personId] } }, { trace });
  const [contact] = contacts;
  if (!contact?.shared) return [];
  const { people } = await call(listSharers, { body: { phone: contact.phone } }, { trace });
  return people.map((one) => one.personId).filter((one) => one !== personId);
}

/** Who is neither asked nor told of a payment: where it is of a credit, its borrower's household. Never in a transaction. */
export async function unaskedOf(
  call: Caller,
  { kind, sides }: { kind: string; sides: readonly PaymentParty[] },
  trace: string,
): Promise<string[]> {
  const borrower = kind.startsWith("credit-") ? sides.find((side) => side.kind === "person") : undefined;
  return borrower ? householdOf(call, borrower.id, trace) : [];
}
