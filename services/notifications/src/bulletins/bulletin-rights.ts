import type { Actor } from "@minka/contracts/actor";
import { listMemberships } from "@minka/contracts/memberships";
import type { Queries, Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import type { Caller } from "@minka/http/caller";
import { eq } from "@minka/database/query";
import { bulletins } from "./bulletins-tables.ts";

export type Bulletin = typeof bulletins.$inferSelect;
/** `all` for an operator, otherwise the organizations that somebody manages: asked before any transaction. */
export type Reach = "all" | readonly string[];

export async function readReach({ call }: { call: Caller }, actor: Actor, trace: string): Promise<Reach> {
  if (actor.kind !== "person") return [];
  if (actor.operator) return "all";
  const { memberships } = await call(listMemberships, { params: { personId: actor.personId } }, { trace });
  return memberships
    .filter(({ role, state }) => role === "manager" && state === "active")
    .map(({ organizationId }) => organizationId);
}

/** Operators write to whomever; a manager to the members of their organization. Throws `not-your-bulletin` (403). */
export function refuseUnlessReached(reach: Reach, organizationId: string | null | undefined): void {
  if (reach === "all" || (organizationId && reach.includes(organizationId))) return;
  throw new DomainError("forbidden", "not-your-bulletin", "You may not write to these people.");
}

/** Throws `bulletin-unknown` (404) and `not-your-bulletin` (403). */
export async function readBulletinRow(queries: Queries, reach: Reach, bulletinId: string): Promise<Bulletin> {
  const [bulletin] = await queries.select().from(bulletins).where(eq(bulletins.id, bulletinId));
  return checked(reach, bulletin);
}

/** The same, locked: its expansion, approval and cancellation wait for each other. */
export async function lockBulletin(tx: Transaction, reach: Reach, bulletinId: string): Promise<Bulletin> {
  const [bulletin] = await tx.select().from(bulletins).where(eq(bulletins.id, bulletinId)).for("update");
  return checked(reach, bulletin);
}

function checked(reach: Reach, bulletin: Bulletin | undefined): Bulletin {
  // Whoever may see none learns nothing of which there are.
  if (!bulletin) {
    if (reach !== "all" && reach.length === 0) refuseUnlessReached(reach, null);
    throw new DomainError("not-found", "bulletin-unknown", "There is no such bulletin.");
  }
  refuseUnlessReached(reach, bulletin.organizationId);
  return bulletin;
}
