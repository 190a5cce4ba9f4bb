import type { Actor } from "@minka/contracts/actor";
import { membershipRoles } from "@minka/contracts/memberships";
import type { HandlerAnswer } from "@minka/contracts/endpoint";
import type { listBoard as contract } from "@minka/contracts/organizations";
import type { Queries } from "@minka/database/connect";
import { limaDay } from "@minka/domain/lima-time";
import { refuseUnlessRole } from "../memberships/organization-rights.ts";
import { readSeats } from "./seat.ts";

/** Members know who leads them, and who did before. Throws `not-your-organization` (403). */
export async function listBoard(
  queries: Queries,
  actor: Actor,
  organizationId: string,
  now: Date,
): Promise<HandlerAnswer<typeof contract>> {
  await refuseUnlessRole(queries, actor, organizationId, membershipRoles);
  return { seats: await readSeats(queries, organizationId, limaDay(now)) };
}
