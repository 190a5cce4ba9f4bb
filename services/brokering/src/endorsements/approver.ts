import { listMemberIds } from "@minka/contracts/memberships";
import { DomainError } from "@minka/domain/errors";
import type { Caller } from "@minka/http/caller";

/** A manager who may approve what others proposed, to be asked by SMS; null where there is no other. */
export async function approverOf(
  call: Caller,
  { organizationId, except }: { organizationId: string; except: readonly (string | null)[] },
  trace: string,
): Promise<string | null> {
  const { personIds } = await call(
    listMemberIds,
    { params: { organizationId }, query: { role: "manager", limit: 10 } },
    { trace },
  );
  return personIds.find((personId) => !except.includes(personId)) ?? null;
}

/** What two people have to decide is not proposed where there is no second one. */
export const nobodyApproves = () =>
  new DomainError("conflict", "nobody-approves", "There is no other manager who could approve it.");
