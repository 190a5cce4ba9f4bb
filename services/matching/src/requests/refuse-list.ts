import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { refuseList as contract } from "@minka/contracts/matching";
import { once } from "@minka/database/once";
import { nextState } from "@minka/domain/lifecycle";
import { actOf, type Context, type Means } from "@minka/service/act";
import { endQuestions, roleOf } from "../acting.ts";
import { refuseIfListOver } from "../matches/choose-match.ts";
import { idempotencyKeys } from "../tables.ts";
import { lockRequest } from "./lock-request.ts";
import { requestLifecycle } from "./request-lifecycle.ts";
import { searchOn } from "./search-on.ts";

/** None of the list will do: a wider search, and after the wider list a person. `list-expired` (409). */
export async function refuseList(
  { db, clock }: Means,
  context: Context,
  { params: { requestId } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const now = clock();
      const request = await lockRequest(tx, requestId);
      const role = roleOf(context.actor, "requester", request.personId);
      refuseIfListOver(request, now);
      // Only a list can be refused; `search-wider` by itself also follows an ask.
      if (request.state !== "listed") nextState(requestLifecycle, request.state, "choose", role);
      const because = { code: "list-refused", parameters: {} };
      const act = actOf(context, now);
      await searchOn(tx, act, { request, role, because });
      await endQuestions(tx, act, context, [request.personId]);
      return { requestId };
    }),
  );
}
