import { and, eq, inArray } from "drizzle-orm";
import { unlessOver, type Context, type Means } from "../acting.ts";
import { requests } from "../tables.ts";
import { cancelRequest } from "./cancel-request.ts";
import { openStates } from "./request-lifecycle.ts";

/** Calls off whatever a person has open, as they would themself; providers are told. A transaction for each. */
export async function cancelOpenRequests(means: Means, context: Context, personId: string): Promise<void> {
  const open = await means.db.read
    .select({ id: requests.id })
    .from(requests)
    .where(and(eq(requests.personId, personId), inArray(requests.state, [...openStates])));
  for (const { id } of open) {
    await unlessOver(() => cancelRequest(means, context, { params: { requestId: id } }));
  }
}
