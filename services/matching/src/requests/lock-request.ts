import { standingStates } from "@minka/contracts/engagements";
import type { Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { and, asc, eq, inArray } from "@minka/database/query";
import {
  engagements,
  matches,
  requests,
  type EngagementRow,
  type MatchRow,
  type RequestRow,
} from "../tables.ts";

/**
 * The request's row is locked before anything of it is read to be changed: its matches and engagements
 * change only under that lock. The order of all locks is plan, request, capacity, ask load, sponsorship, standing.
 */
export async function lockRequest(tx: Transaction, requestId: string): Promise<RequestRow> {
  const [request] = await tx.select().from(requests).where(eq(requests.id, requestId)).for("update");
  if (!request) throw new DomainError("not-found", "no-such-request", "There is no such request.");
  return request;
}

/** Locks the request of a match; all its matches, by round and rank, are read under the lock. */
export async function lockRequestOfMatch(
  tx: Transaction,
  matchId: string,
): Promise<{ request: RequestRow; match: MatchRow; all: MatchRow[] }> {
  const [found] = await tx
    .select({ requestId: matches.requestId })
    .from(matches)
    .where(eq(matches.id, matchId));
  if (!found) throw new DomainError("not-found", "no-such-match", "There is no such match.");
  const request = await lockRequest(tx, found.requestId);
  const all = await matchesOf(tx, request.id);
  const match = all.find(({ id }) => id === matchId);
  if (!match) throw new Error(`match ${matchId} left its request`);
  return { request, match, all };
}

export async function lockRequestOfEngagement(tx: Transaction, engagementId: string) {
  const [found] = await tx
    .select({ requestId: engagements.requestId })
    .from(engagements)
    .where(eq(engagements.id, engagementId));
  if (!found) throw new DomainError("not-found", "no-such-engagement", "There is no such engagement.");
  const request = await lockRequest(tx, found.requestId);
  const [engagement] = await tx.select().from(engagements).where(eq(engagements.id, engagementId));
  if (!engagement) throw new Error(`engagement ${engagementId} left its request`);
  return { request, engagement };
}

/** What became of a match while it stands, or null. */
export async function engagementOf(tx: Transaction, matchId: string): Promise<EngagementRow | null> {
  const [engagement] = await tx
    .select()
    .from(engagements)
    .where(and(eq(engagements.matchId, matchId), inArray(engagements.state, [...standingStates])));
  return engagement ?? null;
}

export async function matchesOf(tx: Transaction, requestId: string): Promise<MatchRow[]> {
  return tx
    .select()
    .from(matches)
    .where(eq(matches.requestId, requestId))
    .orderBy(asc(matches.round), asc(matches.rank));
}
