import type { settleDispute as contract } from "@minka/contracts/disputes";
import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import { once } from "@minka/database/once";
import { nextState } from "@minka/domain/lifecycle";
import { actOf, type Context, type Means } from "@minka/service/act";
import { engagementLifecycle, type EngagementTransition } from "../engagements/engagement-lifecycle.ts";
import { lockRequestOfEngagement } from "../requests/lock-request.ts";
import { idempotencyKeys } from "../tables.ts";
import { closeDispute } from "./close-dispute.ts";

const transitions = {
  done: "settle-done",
  no_show: "settle-no-show",
  cancelled: "settle-cancelled",
  rework: "settle-rework",
} as const satisfies Record<string, EngagementTransition>;

/** An operator decides on a disputed engagement. `illegal-transition` (409) for one that is not. */
export async function settleDispute(
  { db, clock }: Means,
  context: Context,
  { params: { engagementId }, body: { outcome } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const { request, engagement } = await lockRequestOfEngagement(tx, engagementId);
      nextState(engagementLifecycle, engagement.state, transitions[outcome], "operator");
      await closeDispute(tx, act, { request, engagement, role: "operator", by: null, outcome });
      return { requestId: request.id };
    }),
  );
}
