import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { rateEngagement as contract } from "@minka/contracts/matching";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { eq } from "drizzle-orm";
import { actOf, record, roleOf, type Context, type Means } from "../acting.ts";
import { lockRequestOfEngagement } from "../requests/lock-request.ts";
import { addToStanding } from "../standings/add-to-standing.ts";
import { engagements, idempotencyKeys } from "../tables.ts";

/**
 * The producer, and nobody else, rates a finished visit, once: the rating counts in the next ranking.
 * `not-done` and `already-rated` (409).
 */
export async function rateEngagement(
  { db, clock }: Means,
  context: Context,
  { params: { engagementId }, body: { score } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const { request, engagement } = await lockRequestOfEngagement(tx, engagementId);
      if (roleOf(context.actor, "requester", request.personId) !== "requester")
        throw new DomainError("forbidden", "not-yours", "Only the producer rates.");
      if (engagement.state !== "done")
        throw new DomainError("conflict", "not-done", "Only a finished visit is rated.", {
          details: { state: engagement.state },
        });
      if (engagement.score !== null)
        throw new DomainError("conflict", "already-rated", "This visit has a rating.");
      await tx.update(engagements).set({ score }).where(eq(engagements.id, engagementId));
      await record(tx, act, "engagement.rate", `engagement:${engagementId}`);
      await addToStanding(tx, engagement.providerId, { ratings: 1, ratingSum: score });
      return { requestId: request.id };
    }),
  );
}
