import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { rateEngagement as contract } from "@minka/contracts/ratings";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context, type Means } from "@minka/service/act";
import { endQuestions, record, roleOf } from "../acting.ts";
import { sideOf } from "../engagements/side-of.ts";
import { lockRequestOfEngagement } from "../requests/lock-request.ts";
import { addToStanding } from "../standings/add-to-standing.ts";
import { idempotencyKeys } from "../tables.ts";
import { publishRatings } from "./publish-ratings.ts";
import { ratingOf } from "./rating-of.ts";
import { ratings } from "./ratings-tables.ts";

/** How long the second side may rate without seeing what the first said. */
const blindDays = 7;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * Each side, and nobody for them, rates a finished visit, once and without seeing what the other says. The producer's
 * counts in the next ranking at once; it is shown when both have rated, or after a week. All 409: `not-done`,
 * `already-rated`, and `rating-closed` once the other's can be read.
 */
export async function rateEngagement(
  { db, clock }: Means,
  context: Context,
  { params: { engagementId }, body }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const { request, engagement } = await lockRequestOfEngagement(tx, engagementId);
      const people = { requester: request.personId, provider: engagement.providerPersonId };
      const said = body.by ?? (context.actor.kind === "service" ? "requester" : undefined);
      const own = context.actor.kind === "person" ? { ...context.actor, operator: false } : context.actor;
      const by = sideOf(own, said, people);
      roleOf(own, by, people[by]);
      if (engagement.state !== "done")
        throw new DomainError("conflict", "not-done", "Only a finished visit is rated.", {
          details: { state: engagement.state },
        });
      if (await ratingOf(tx, engagementId, by))
        throw new DomainError("conflict", "already-rated", "This visit has a rating.");
      const other = await ratingOf(tx, engagementId, by === "requester" ? "provider" : "requester");
      if (other !== null && (other.publishedAt !== null || other.publishAt <= act.at))
        throw new DomainError("conflict", "rating-closed", "The time to rate is over.");
      const publishAt = other?.publishAt ?? new Date(act.at.getTime() + blindDays * dayMs);
      const { score } = body;
      await tx.insert(ratings).values({ engagementId, by, score, at: act.at, publishAt, trace: act.trace });
      await record(tx, act, `engagement.rate-by-${by}`, `engagement:${engagementId}`);
      if (by === "requester")
        await addToStanding(tx, engagement.providerId, { ratings: 1, ratingSum: score });
      await endQuestions(tx, act, context, [people[by]]);
      if (other) await publishRatings(tx, act, { request, engagement });
      return { requestId: request.id };
    }),
  );
}
