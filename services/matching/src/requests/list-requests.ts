import type { Actor } from "@minka/contracts/actor";
import type { HandlerInput } from "@minka/contracts/endpoint";
import type { listRequests as contract, Request } from "@minka/contracts/matching";
import type { Database } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { and, eq, exists, like } from "@minka/database/query";
import { afterCursor, sorted, within } from "../list-order.ts";
import { engagements, requests } from "../tables.ts";
import { seenBy } from "./read-request.ts";
import type { RequestViews } from "./request-views.ts";

/**
 * A page of requests, newest first unless said. A person lists their own; an operator or a service lists anybody's.
 * `not-yours` (403), `cursor-wrong` (422).
 */
export async function listRequests(
  { read }: Database,
  views: RequestViews,
  actor: Actor,
  { query }: HandlerInput<typeof contract>,
): Promise<{ items: Request[]; next: string | null }> {
  const { personId, state, kind, area, from, until, engagement, order, cursor, limit } = query;
  const whose = whoseRequests(actor, personId);
  const rows = await read
    .select()
    .from(requests)
    .where(
      and(
        whose === undefined ? undefined : eq(requests.personId, whose),
        state === undefined ? undefined : eq(requests.state, state),
        kind === undefined ? undefined : eq(requests.kind, kind),
        area === undefined ? undefined : like(requests.districtCode, `${area}%`),
        within(requests.openedAt, { from, until }),
        engagement === undefined
          ? undefined
          : exists(
              read
                .select({ id: engagements.id })
                .from(engagements)
                .where(and(eq(engagements.requestId, requests.id), eq(engagements.state, engagement))),
            ),
        afterCursor(requests.id, cursor, order),
      ),
    )
    .orderBy(sorted(requests.id, order))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const items = (await views(page)).map((request) => seenBy(actor, request));
  return { items, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** Whose requests the actor gets; undefined for everybody's. */
function whoseRequests(actor: Actor, asked: string | undefined): string | undefined {
  if (actor.kind === "service" || (actor.kind === "person" && actor.operator)) return asked;
  if (actor.kind === "person" && (asked === undefined || asked === actor.personId)) return actor.personId;
  throw new DomainError("forbidden", "not-yours", "A person lists their own requests.");
}
