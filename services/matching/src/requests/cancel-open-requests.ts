import { and, eq, inArray } from "@minka/database/query";
import { actOf, type Context, type Means } from "@minka/service/act";
import { unlessOver } from "../acting.ts";
import { closeDispute } from "../disputes/close-dispute.ts";
import { engagements, requests } from "../tables.ts";
import { cancelRequest } from "./cancel-request.ts";
import { lockRequestOfEngagement } from "./lock-request.ts";
import { openStates } from "./request-lifecycle.ts";

/**
 * Calls off whatever a person has open, as they would themself; providers are told. Who leaves ends also what an
 * operator would have decided. A transaction for each.
 */
export async function cancelOpenRequests(means: Means, context: Context, personId: string): Promise<void> {
  const open = await means.db.read
    .select({ id: requests.id, disputed: engagements.id })
    .from(requests)
    .leftJoin(engagements, and(eq(engagements.requestId, requests.id), eq(engagements.state, "disputed")))
    .where(and(eq(requests.personId, personId), inArray(requests.state, [...openStates])));
  for (const { id, disputed } of open) {
    await unlessOver(() =>
      disputed
        ? dropDispute(means, context, disputed)
        : cancelRequest(means, context, { params: { requestId: id }, body: {} }),
    );
  }
}

async function dropDispute({ db, clock }: Means, context: Context, engagementId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const { request, engagement } = await lockRequestOfEngagement(tx, engagementId);
    if (engagement.state !== "disputed") return;
    const act = actOf(context, clock());
    await closeDispute(tx, act, { request, engagement, role: "system", by: null, outcome: "cancelled" });
  });
}
