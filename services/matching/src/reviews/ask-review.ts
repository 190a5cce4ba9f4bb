import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import { reviewAsked, type askReview as contract } from "@minka/contracts/reviews";
import { emit } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { actOf, type Context, type Means } from "@minka/service/act";
import { and, eq, isNull } from "@minka/database/query";
import { record, roleOf } from "../acting.ts";
import { lockRequest } from "../requests/lock-request.ts";
import { idempotencyKeys } from "../tables.ts";
import { reviews } from "./reviews-tables.ts";

/** Who asked wants a person to look at what the machine ranked for them. One is open at a time. */
export async function askReview(
  { db, clock }: Means,
  context: Context,
  { params: { requestId }, body: { why } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const { personId } = await lockRequest(tx, requestId);
      roleOf(context.actor, "requester", personId);
      const [open] = await tx
        .select({ id: reviews.id })
        .from(reviews)
        .where(and(eq(reviews.requestId, requestId), isNull(reviews.settledAt)));
      if (open) return { reviewId: open.id };
      const reviewId = newId();
      await tx.insert(reviews).values({
        id: reviewId,
        requestId,
        personId,
        why: why ?? null,
        askedAt: act.at,
        trace: act.trace,
      });
      await record(tx, act, "review.ask", `review:${reviewId}`);
      await emit(tx, reviewAsked, { requestId, reviewId }, act);
      return { reviewId };
    }),
  );
}
