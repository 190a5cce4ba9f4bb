import { reworkAsked } from "@minka/contracts/disputes";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { nextState, type Role } from "@minka/domain/lifecycle";
import type { Act } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { engagementLifecycle } from "../engagements/engagement-lifecycle.ts";
import { answerWithin } from "../quotes/answer-within.ts";
import { requestLifecycle } from "../requests/request-lifecycle.ts";
import { addToStanding } from "../standings/add-to-standing.ts";
import { engagements, requests, type EngagementRow, type RequestRow } from "../tables.ts";

type Repeating = {
  request: RequestRow;
  engagement: EngagementRow;
  role: Role;
  transition: "ask-rework" | "settle-rework";
};

/** The provider is asked to do it again, and has a day to say when. Meanwhile it does not count as done. */
export async function doAgain(
  tx: Transaction,
  act: Act,
  { request, engagement, role, transition }: Repeating,
): Promise<void> {
  await tx
    .update(engagements)
    .set({
      state: nextState(engagementLifecycle, engagement.state, transition, role),
      reworks: engagement.reworks + 1,
      nextStep: "expire-rework",
      nextAt: answerWithin(act.at, request.kind),
    })
    .where(eq(engagements.id, engagement.id));
  await tx
    .update(requests)
    .set({ state: nextState(requestLifecycle, request.state, "do-again", role), reason: null })
    .where(eq(requests.id, request.id));
  await record(tx, act, `engagement.${transition}`, `engagement:${engagement.id}`);
  const ids = { requestId: request.id, engagementId: engagement.id, matchId: engagement.matchId };
  await emit(tx, reworkAsked, ids, act);
  if (engagement.state === "done") await addToStanding(tx, engagement.providerId, { completed: -1 });
}
