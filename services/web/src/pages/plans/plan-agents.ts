import { listOwnProviders, listProviderRecords } from "@minka/contracts/providers";
import type { SignedVisit } from "../../visits/visit.ts";
import type { Desk } from "./plan-desk.ts";

/** Agents who may be in a plan: for an organization those whose offers it looks after, for operators all. */
export async function agentsOf(
  visit: SignedVisit,
  { organizationId }: Desk,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  if (organizationId === null) {
    const query = { kind: "agent", state: "verified", limit: 100 } as const;
    return byName((await visit.callIfAny(listProviderRecords, { query }))?.items ?? []);
  }
  const own = await visit.callIfAny(listOwnProviders, { params: { personId: visit.person.personId } });
  const agents = (own?.providers ?? []).filter(
    ({ kinds, state, as }) => kinds.includes("agent") && state === "verified" && as !== "staff",
  );
  return byName(agents);
}

const byName = <Named extends { readonly name: string }>(list: readonly Named[]) =>
  list.toSorted((one, other) => one.name.localeCompare(other.name, "es"));
