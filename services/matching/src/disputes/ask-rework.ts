import type { askRework as contract } from "@minka/contracts/disputes";
import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState } from "@minka/domain/lifecycle";
import { actOf, type Context, type Means } from "@minka/service/act";
import { endQuestions, roleOf } from "../acting.ts";
import { engagementLifecycle } from "../engagements/engagement-lifecycle.ts";
import { lockRequestOfEngagement } from "../requests/lock-request.ts";
import { idempotencyKeys } from "../tables.ts";
import { refuseIfLongAgo } from "./long-ago.ts";
import { doAgain } from "./do-again.ts";

/** After the second time an operator should look. */
const mostReworks = 2;

/**
 * The producer says that what was done must be done again. Again it changes nothing. All 409: `illegal-transition`,
 * `too-long-ago` after a month, `reworks-used-up` after two.
 */
export async function askRework(
  { db, clock }: Means,
  context: Context,
  { params: { engagementId } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const { request, engagement } = await lockRequestOfEngagement(tx, engagementId);
      const role = roleOf(context.actor, "requester", request.personId);
      const said = { requestId: request.id };
      if (engagement.state === "rework") return said;
      nextState(engagementLifecycle, engagement.state, "ask-rework", role);
      refuseIfLongAgo(engagement, act.at);
      if (engagement.reworks >= mostReworks)
        throw new DomainError("conflict", "reworks-used-up", "It was done again twice: ask for an operator.");
      await doAgain(tx, act, { request, engagement, role, transition: "ask-rework" });
      await endQuestions(tx, act, context, [request.personId, engagement.providerPersonId]);
      return said;
    }),
  );
}
