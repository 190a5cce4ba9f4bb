import type { Actor } from "@minka/contracts/actor";
import { membershipRoles } from "@minka/contracts/memberships";
import { readPerson } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import type { Role } from "@minka/domain/lifecycle";
import type { Caller } from "@minka/http/caller";
import { hasRole } from "../authority.ts";
import type { PoolRow } from "./pools-tables.ts";

/**
 * Where a person who may join lives. Throws `pool-not-for-you` (403) for who is neither a member nor, where neighbours
 * may join, lives in the pool's districts. Never call it in a transaction.
 */
export async function refuseUnlessMayJoin(
  call: Caller,
  trace: string,
  pool: PoolRow,
  personId: string,
): Promise<{ districtCode: string | null }> {
  const { person } = await call(readPerson, { params: { personId } }, { trace });
  const { districtCode } = person;
  if (pool.organizerKind === "organization") {
    const { organizerId: organizationId } = pool;
    if (await hasRole(call, trace, { personId, organizationId, roles: membershipRoles }))
      return { districtCode };
  }
  const isNeighbour = districtCode !== null && pool.districts.includes(districtCode);
  if (pool.joiners === "members_and_neighbours" && isNeighbour) return { districtCode };
  throw new DomainError("forbidden", "pool-not-for-you", "This joint purchase is for others.");
}

/** In which role of the lifecycle somebody acts who passed as the organizer. */
export function organizerRole(actor: Actor): Role {
  return actor.kind === "person" && actor.operator ? "operator" : "requester";
}
