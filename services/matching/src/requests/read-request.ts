import type { Actor } from "@minka/contracts/actor";
import type { Request } from "@minka/contracts/matching";
import type { Database } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { eq, sql } from "@minka/database/query";
import { isOpenAsk } from "../matches/withdraw-asked.ts";
import { seenBySide } from "../ratings/ratings-seen.ts";
import { readSearches } from "../searches/read-searches.ts";
import { requests } from "../tables.ts";
import type { RequestViews } from "./request-views.ts";

/**
 * Reads one request for whoever may see it: its person, an operator, a service; and a provider's person
 * once that provider was asked, who sees its own match and not its rivals', and the hamlet once both have agreed. Others: `not-yours` (403).
 */
export function requestReader(db: Database, views: RequestViews) {
  const { read } = db;
  const byId = read
    .select()
    .from(requests)
    .where(eq(requests.id, sql.placeholder("id")))
    .prepare("request_to_read");

  return async (actor: Actor, requestId: string): Promise<Request> => {
    const [request] = await views(await byId.execute({ id: requestId }));
    if (!request) throw new DomainError("not-found", "no-such-request", "There is no such request.");
    const seen = seenBy(actor, request);
    const takesOver = actor.kind === "person" && actor.operator;
    return takesOver ? { ...seen, tried: await readSearches(db, requestId) } : seen;
  };
}

/** As an actor may see it: of ratings only their own and what is published. */
export function seenBy(actor: Actor, request: Request): Request {
  if (actor.kind === "service") return request;
  if (actor.kind === "person") {
    const { engagement: stands } = request;
    if (actor.personId === request.personId)
      return { ...request, engagement: stands && seenBySide(stands, "requester") };
    if (actor.operator) return request;
    const own = request.matches.filter(
      ({ providerPersonId, state }) =>
        providerPersonId === actor.personId && (state === "accepted" || isOpenAsk({ state })),
    );
    const theirs = stands && own.some(({ id }) => id === stands.matchId);
    const engagement = theirs ? { ...seenBySide(stands, "provider"), helped: null } : null;
    const placeName = engagement ? request.placeName : null;
    if (own.length > 0) return { ...request, openedThrough: null, placeName, matches: own, engagement };
  }
  throw new DomainError("forbidden", "not-yours", "This is somebody else's.");
}
