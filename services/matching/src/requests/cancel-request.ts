import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { cancelRequest as contract } from "@minka/contracts/matching";
import { once } from "@minka/database/once";
import { actOf, type Context, type Means } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { roleOf } from "../acting.ts";
import { refuseIfDisputed } from "../disputes/open-dispute.ts";
import { leaveGroup } from "../plans/leave-session.ts";
import { planVisits } from "../plans/plans-tables.ts";
import { idempotencyKeys } from "../tables.ts";
import { endRequest } from "./end-request.ts";
import { lockRequest } from "./lock-request.ts";

/**
 * The producer, or an operator for them, calls an open request off, perhaps saying why. Cancelling again changes
 * nothing and succeeds. `dispute-open` (409) while an operator has to decide on what was agreed.
 */
export async function cancelRequest(
  { db, clock }: Means,
  context: Context,
  { params: { requestId }, body: { reason } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      await leaveGroup(tx, act, eq(planVisits.requestId, requestId));
      const request = await lockRequest(tx, requestId);
      const role = roleOf(context.actor, "requester", request.personId);
      if (request.state === "cancelled") return { requestId };
      await refuseIfDisputed(tx, request);
      await endRequest(tx, act, { request, role, transition: "cancel", cancelReason: reason ?? null });
      return { requestId };
    }),
  );
}
