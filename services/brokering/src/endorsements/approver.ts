import { listMemberIds } from "@minka/contracts/memberships";
import type { Caller } from "@minka/http/caller";

/** A manager who may approve what others proposed, to be asked by SMS; null where there is no other. */
export async function approverOf(
  call: Caller,
  { organizationId, except }: { organizationId: string; except: readonly string[] },
  trace: string,
): Promise<string | null> {
  const { personIds } = await call(
    listMemberIds,
    { params: { organizationId }, query: { role: "manager", limit: 10 } },
    { trace },
  );
  return personIds.find((personId) => !except.includes(personId)) ?? null;
}
