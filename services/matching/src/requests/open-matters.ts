import type { Request } from "@minka/contracts/matching";
import type { Database } from "@minka/database/connect";
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { engagements, requests } from "../tables.ts";
import { openStates } from "./request-lifecycle.ts";
import { engagementView, type RequestViews } from "./request-views.ts";

/** More than anybody can be in the middle of by SMS. */
const most = 20;

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
    .where(and(eq(engagements.providerPersonId, personId), eq(engagements.state, "agreed")))
    .orderBy(desc(engagements.id))
    .limit(most)
    .prepare("providing");

  return async (person: string) => {
    const [asked, given] = await Promise.all([
      open.execute({ personId: person }),
      providing.execute({ personId: person }),
    ]);
    const seen: Request[] = await views(asked);
    return {
      requests: seen,
      providing: given.map((row) => ({ ...engagementView(row), requestId: row.requestId })),
    };
  };
}
