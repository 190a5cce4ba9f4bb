import type { Actor } from "@minka/contracts/actor";
import type { Request } from "@minka/contracts/matching";
import type { Database } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { eq, sql } from "drizzle-orm";
import { requests } from "../tables.ts";
import type { RequestViews } from "./request-views.ts";

/**
 * Reads one request for whoever may see it: its person, an operator, a service; and a provider's person
 * once that provider was asked, who sees its own match and not its rivals', and the hamlet once both have agreed. Others: `not-yours` (403).
 */
export function requestReader({ read }: Database, views: RequestViews) {
  const byId = read
    .select()
    .from(requests)
    .where(eq(requests.id, sql.placeholder("id")))
    .prepare("request_to_read");

  return async (actor: Actor, requestId: string): Promise<Request> => {
    const [request] = await views(await byId.execute({ id: requestId }));
    if (!request) throw new DomainError("not-found", "no-such-request", "There is no such request.");
    return seenBy(actor, request);
  };
}

function seenBy(actor: Actor, request: Request): Request {
  if (actor.kind === "service") return request;
  if (actor.kind === "person") {
    if (actor.operator || actor.personId === request.personId) return request;
    const own = request.matches.filter(
      ({ providerPersonId, state }) =>
        providerPersonId === actor.personId && (state === "asked" || state === "accepted"),
    );
    const engagement =
      request.engagement && own.some(({ id }) => id === request.engagement?.matchId)
        ? request.engagement
        : null;
    const placeName = engagement ? request.placeName : null;
    if (own.length > 0) return { ...request, openedThrough: null, placeName, matches: own, engagement };
  }
  throw new DomainError("forbidden", "not-yours", "This is somebody else's.");
}
