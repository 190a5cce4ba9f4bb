import type { Request } from "@minka/contracts/matching";
import type { Database } from "@minka/database/connect";
import { and, desc, eq, gte, inArray, sql } from "@minka/database/query";
import { engagements, requests, type EngagementRow } from "../tables.ts";
import { openStates } from "./request-lifecycle.ts";
import { engagementView, type RequestViews } from "./request-views.ts";

/** More than anybody can be in the middle of by SMS. */
const most = 20;

/** What a provider still has to do: what is agreed, and what they are asked to do again. */
export const isPromised = sql`${engagements.state} in ('agreed', 'rework')`;

/** What a person may mean by "listo" or "cancelar": open requests, and visits agreed as provider. */
export function openMattersReader({ read }: Database, views: RequestViews) {
  const personId = sql.placeholder("personId");
  const open = read
    .select()
    .from(requests)
    .where(and(eq(requests.personId, personId), inArray(requests.state, [...openStates])))
    .orderBy(desc(requests.id))
    .limit(most)
    .prepare("open_requests");
  const providing = read
    .select()
    .from(engagements)
    .where(and(eq(engagements.providerPersonId, personId), isPromised))
    .orderBy(desc(engagements.id))
    .limit(most)
    .prepare("providing");

  /** Seldom read: only where somebody speaks of a visit and none is open. */
  const endedSince = (person: string, since: Date) =>
    read
      .select()
      .from(engagements)
      .where(
        and(
          eq(engagements.providerPersonId, person),
          inArray(engagements.state, ["done", "no_show"]),
          gte(engagements.closedAt, since),
        ),
      )
      .orderBy(desc(engagements.closedAt), desc(engagements.id))
      .limit(most);
  const seenAsProvided = (row: EngagementRow) => ({ ...engagementView(row), requestId: row.requestId });

  return async (person: string, since?: string) => {
    const [asked, given, ended] = await Promise.all([
      open.execute({ personId: person }),
      providing.execute({ personId: person }),
      since === undefined ? [] : endedSince(person, new Date(since)),
    ]);
    const seen: Request[] = await views(asked);
    return {
      requests: seen,
      providing: given.map(seenAsProvided),
      ended: ended.map(seenAsProvided),
    };
  };
}
