import type { disputeEngagement as contract } from "@minka/contracts/disputes";
import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import { once } from "@minka/database/once";
import { nextState } from "@minka/domain/lifecycle";
import { actOf, type Context, type Means } from "@minka/service/act";
import { roleOf } from "../acting.ts";
import { engagementLifecycle } from "../engagements/engagement-lifecycle.ts";
import { sideOf } from "../engagements/side-of.ts";
import { lockRequestOfEngagement } from "../requests/lock-request.ts";
import { idempotencyKeys } from "../tables.ts";
import { refuseIfLongAgo } from "./long-ago.ts";
import { openDispute } from "./open-dispute.ts";

/**
 * Either side puts an engagement before an operator. What is there already stays as it is. `illegal-transition` and
 * `too-long-ago` (409).
 */
export async function disputeEngagement(
  { db, clock }: Means,
  context: Context,
  { params: { engagementId }, body }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const { request, engagement } = await lockRequestOfEngagement(tx, engagementId);
      const people = { requester: request.personId, provider: engagement.providerPersonId };
      const by = sideOf(context.actor, body.by, people);
      const role = roleOf(context.actor, by, people[by]);
      const said = { requestId: request.id };
      if (engagement.state === "disputed") return said;
      nextState(engagementLifecycle, engagement.state, "dispute", role);
      refuseIfLongAgo(engagement, act.at);
      const { reason } = body;
      await openDispute(tx, act, { request, engagement, role, by, transition: "dispute", reason });
      return said;
    }),
  );
}
