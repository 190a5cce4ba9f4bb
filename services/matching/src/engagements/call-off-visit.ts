import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { callOffVisit as contract } from "@minka/contracts/follow-ups";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState } from "@minka/domain/lifecycle";
import { limaDay } from "@minka/domain/lima-time";
import { actOf, type Context, type Means } from "@minka/service/act";
import { eq, inArray } from "@minka/database/query";
import { endQuestions, roleOf } from "../acting.ts";
import { leaveGroup } from "../plans/leave-session.ts";
import { planVisits } from "../plans/plans-tables.ts";
import { lockRequestOfEngagement } from "../requests/lock-request.ts";
import { engagements, idempotencyKeys } from "../tables.ts";
import { engagementLifecycle } from "./engagement-lifecycle.ts";
import { loseEngagement } from "./lose-engagement.ts";

/**
 * The provider calls off what was agreed, before its day: the next of the list is asked. Again it changes nothing.
 * `visit-day-come` (409) once the day is there: who does not come then is reported as such.
 */
export async function callOffVisit(
  { db, clock }: Means,
  context: Context,
  { params: { engagementId }, body: { reason } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const requestOf = tx
        .select({ id: engagements.requestId })
        .from(engagements)
        .where(eq(engagements.id, engagementId));
      await leaveGroup(tx, act, inArray(planVisits.requestId, requestOf));
      const { request, engagement } = await lockRequestOfEngagement(tx, engagementId);
      const role = roleOf(context.actor, "provider", engagement.providerPersonId);
      const said = { requestId: request.id };
      if (engagement.state === "cancelled" && engagement.reportedBy === "provider") return said;
      nextState(engagementLifecycle, engagement.state, "call-off", role);
      if (limaDay(act.at) >= engagement.visitOn)
        throw new DomainError("conflict", "visit-day-come", "The day of the visit has come.", {
          details: { visitOn: engagement.visitOn },
        });
      await loseEngagement(tx, act, {
        request,
        engagement,
        role,
        by: "provider",
        transition: "call-off",
        cancelReason: reason ?? null,
      });
      await endQuestions(tx, act, context, [engagement.providerPersonId]);
      return said;
    }),
  );
}
