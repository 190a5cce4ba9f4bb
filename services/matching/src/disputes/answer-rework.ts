import { reworkAgreed, type answerRework as contract } from "@minka/contracts/disputes";
import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import { emit } from "@minka/database/deliveries";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState } from "@minka/domain/lifecycle";
import { actOf, type Context, type Means } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { endQuestions, record, roleOf } from "../acting.ts";
import { engagementLifecycle } from "../engagements/engagement-lifecycle.ts";
import { afterAgreement } from "../engagements/follow-up-steps.ts";
import { openVisitDay } from "../closures/open-visit-day.ts";
import { lockRequestOfEngagement } from "../requests/lock-request.ts";
import { engagements, idempotencyKeys } from "../tables.ts";
import { openDispute } from "./open-dispute.ts";

/** What was not well done is done again on the spot. */
const somebodyComes = { byPhone: false, forMonth: null };

/**
 * The provider does it again, on a day that they say, or does not, which an operator looks at. `ask-expired` (409) once
 * the time is over, `visit-day-out-of-range` (422).
 */
export async function answerRework(
  { db, clock }: Means,
  context: Context,
  { params: { engagementId }, body }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const { request, engagement } = await lockRequestOfEngagement(tx, engagementId);
      const role = roleOf(context.actor, "provider", engagement.providerPersonId);
      const said = { requestId: request.id };
      const transition = body.accept ? "agree-rework" : "decline-rework";
      const state = nextState(engagementLifecycle, engagement.state, transition, role);
      if (engagement.nextAt !== null && engagement.nextAt <= act.at)
        throw new DomainError("conflict", "ask-expired", "The time to answer is over.");
      await endQuestions(tx, act, context, [engagement.providerPersonId]);
      if (!body.accept) {
        const reason = "rework-declined";
        await openDispute(tx, act, {
          request,
          engagement,
          role,
          by: "provider",
          transition: "decline-rework",
          reason,
        });
        return said;
      }
      const visitOn = await openVisitDay(tx, { request, match: somebodyComes }, body.visitOn, act.at);
      await tx
        .update(engagements)
        .set({ state, visitOn, closedAt: null, reportedBy: null, ...afterAgreement(visitOn, act.at) })
        .where(eq(engagements.id, engagementId));
      await record(tx, act, `engagement.${transition}`, `engagement:${engagementId}`);
      await emit(tx, reworkAgreed, { ...said, engagementId, matchId: engagement.matchId }, act);
      return said;
    }),
  );
}
