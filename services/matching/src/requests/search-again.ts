import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { searchAgain as contract } from "@minka/contracts/matching";
import { nudgeAfterCommit } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { nextState } from "@minka/domain/lifecycle";
import { actOf, type Context, type Means } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { refuseIfDisputed } from "../disputes/open-dispute.ts";
import { idempotencyKeys, requests } from "../tables.ts";
import { lockRequest } from "./lock-request.ts";
import { requestLifecycle } from "./request-lifecycle.ts";

/**
 * An operator has a request that was handed over searched anew, near first. Who declined it or did not come is
 * left out; who only stood on an earlier list may be on the new one. `illegal-transition` and `dispute-open` (409).
 */
export async function searchAgain(
  { db, clock }: Means,
  context: Context,
  { params: { requestId } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const request = await lockRequest(tx, requestId);
      await refuseIfDisputed(tx, request);
      await tx
        .update(requests)
        .set({
          state: nextState(requestLifecycle, request.state, "search-again", "operator"),
          roundsBefore: request.round,
          searchRound: 1,
          searchAttempts: 0,
          dueAt: act.at,
          reason: null,
        })
        .where(eq(requests.id, requestId));
      await record(tx, act, "request.search-again", `request:${requestId}`);
      nudgeAfterCommit(tx, {
        service: "matching",
        job: "match-request",
        id: requestId,
        trace: act.trace,
      });
      return { requestId };
    }),
  );
}
