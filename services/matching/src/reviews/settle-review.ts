import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import { reviewSettled, type settleReview as contract } from "@minka/contracts/reviews";
import { nudgeAfterCommit, type Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState } from "@minka/domain/lifecycle";
import { actOf, type Act, type Context, type Means } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { refuseIfDisputed } from "../disputes/open-dispute.ts";
import { lockRequest } from "../requests/lock-request.ts";
import { requestLifecycle } from "../requests/request-lifecycle.ts";
import { handOver, withdrawListed } from "../requests/search-on.ts";
import { idempotencyKeys, requests, type RequestRow } from "../tables.ts";
import { reviews } from "./reviews-tables.ts";

/**
 * An operator has looked at a ranking, and the person is told what came of it. `no-such-review` (404),
 * `review-settled` and `dispute-open` (409); `illegal-transition` (409) where the request is past being searched anew or handed over.
 */
export async function settleReview(
  { db, clock }: Means,
  context: Context,
  { params: { reviewId }, body: { outcome } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const [asked] = await tx
        .select({ requestId: reviews.requestId })
        .from(reviews)
        .where(eq(reviews.id, reviewId));
      if (!asked) throw new DomainError("not-found", "no-such-review", "There is no such review.");
      const request = await lockRequest(tx, asked.requestId);
      const [review] = await tx.select().from(reviews).where(eq(reviews.id, reviewId)).for("update");
      if (!review || review.settledAt)
        throw new DomainError("conflict", "review-settled", "Somebody has settled this review.");
      if (outcome === "searched-anew") await searchAnew(tx, act, request);
      if (outcome === "handed-over") await takeOver(tx, act, request);
      await tx
        .update(reviews)
        .set({ outcome, settledAt: act.at, settledBy: act.by })
        .where(eq(reviews.id, reviewId));
      await record(tx, act, `review.${outcome}`, `review:${reviewId}`);
      await emit(tx, reviewSettled, { requestId: request.id, reviewId, outcome }, act);
      return { reviewId, outcome };
    }),
  );
}

async function searchAnew(tx: Transaction, act: Act, request: RequestRow): Promise<void> {
  await refuseIfDisputed(tx, request);
  await withdrawListed(tx, request.id);
  await tx
    .update(requests)
    .set({
      state: nextState(requestLifecycle, request.state, "search-anew", "operator"),
      roundsBefore: request.round,
      searchRound: 1,
      searchAttempts: 0,
      dueAt: act.at,
      listExpiresAt: null,
      reason: null,
    })
    .where(eq(requests.id, request.id));
  nudgeAfterCommit(tx, { service: "matching", job: "match-request", id: request.id, trace: act.trace });
}

/** Only what waits for a choice: whom somebody has asked already is theirs to answer. */
async function takeOver(tx: Transaction, act: Act, request: RequestRow): Promise<void> {
  if (request.state === "with_operator") return;
  if (request.state !== "searching") nextState(requestLifecycle, request.state, "choose", "operator");
  await withdrawListed(tx, request.id);
  const because = { code: "review-asked", parameters: {} };
  await handOver(tx, act, { request, role: "operator", because });
}
