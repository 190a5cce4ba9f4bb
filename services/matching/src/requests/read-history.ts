import type { Actor } from "@minka/contracts/actor";
import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { readHistory as contract } from "@minka/contracts/follow-ups";
import type { Database } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { asc, eq, inArray } from "@minka/database/query";
import { quoteView } from "../quotes/quote-view.ts";
import { quotes } from "../quotes/quotes-tables.ts";
import { audit, engagements, matches, requests } from "../tables.ts";

type Step = Answer<typeof contract>["steps"][number];

/**
 * All that happened to a request, oldest first, out of the audit. Who did it is told by their part in it, and never
 * by who they are. For its person, operators and services; others: `not-yours` (403).
 */
export async function readHistory(
  { read }: Database,
  actor: Actor,
  { params: { requestId } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  const [request] = await read.select().from(requests).where(eq(requests.id, requestId));
  if (!request) throw new DomainError("not-found", "no-such-request", "There is no such request.");
  const may =
    actor.kind === "service" ||
    (actor.kind === "person" && (actor.operator || actor.personId === request.personId));
  if (!may) throw new DomainError("forbidden", "not-yours", "This is somebody else's.");
  const [matched, engaged] = await Promise.all([
    read
      .select({ id: matches.id, personId: matches.providerPersonId })
      .from(matches)
      .where(eq(matches.requestId, requestId)),
    read.select({ id: engagements.id }).from(engagements).where(eq(engagements.requestId, requestId)),
  ]);
  const subjects = [
    `request:${requestId}`,
    ...matched.map(({ id }) => `match:${id}`),
    ...engaged.map(({ id }) => `engagement:${id}`),
  ];
  const [rows, proposed] = await Promise.all([
    read
      .select({ at: audit.at, actor: audit.actor, action: audit.action, subject: audit.subject })
      .from(audit)
      .where(inArray(audit.subject, subjects))
      .orderBy(asc(audit.at), asc(audit.id)),
    matched.length === 0
      ? []
      : read
          .select()
          .from(quotes)
          .where(
            inArray(
              quotes.matchId,
              matched.map(({ id }) => id),
            ),
          ),
  ]);
  /** It is written down at the very instant at which it is made. */
  const quoteOf = (matchId: string | null, at: Date, action: string) =>
    proposed.find(
      (each) =>
        each.matchId === matchId &&
        action === `quote.make-by-${each.by}` &&
        each.at.getTime() === at.getTime(),
    );
  const providers = new Set(matched.map(({ personId }) => personId));
  const steps = rows.map(({ at, actor: by, action, subject }): Step => {
    const [kind, id = null] = subject.split(":");
    const quote = quoteOf(id, at, action);
    return {
      at: at.toISOString(),
      action,
      by: partOf(by, request.personId, providers),
      matchId: kind === "match" ? id : null,
      engagementId: kind === "engagement" ? id : null,
      quote: quote ? quoteView(quote) : null,
    };
  });
  return { steps };
}

/** Of an audit's label: "person:<id>", perhaps through another, "service:<name>", or "timer". */
function partOf(label: string, requester: string, providers: ReadonlySet<string>): Step["by"] {
  const [kind, rest = ""] = label.split(":");
  if (kind === "timer") return "timer";
  if (kind !== "person") return "minka";
  const [id = ""] = rest.split(" ");
  if (id === requester) return "requester";
  return providers.has(id) ? "provider" : "operator";
}
