import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { answerAsk as contract } from "@minka/contracts/matching";
import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState } from "@minka/domain/lifecycle";
import type { LimaDay } from "@minka/domain/lima-time";
import { actOf, type Context, type Means } from "@minka/service/act";
import { desc, eq } from "@minka/database/query";
import { endQuestions, roleOf } from "../acting.ts";
import { agreeEngagement } from "../engagements/agree-engagement.ts";
import { openVisitDay } from "../closures/open-visit-day.ts";
import { priceOf } from "../quotes/answer-quote.ts";
import { closeQuote, openQuote } from "../quotes/open-quote.ts";
import { lockRequestOfMatch } from "../requests/lock-request.ts";
import { engagements, idempotencyKeys, type MatchRow } from "../tables.ts";
import { matchLifecycle } from "./match-lifecycle.ts";
import { passOn } from "./pass-on.ts";

/**
 * The provider accepts or declines, perhaps saying why. The first answer stands and the same answer again has the same result;
 * the other one then is `already-answered`. Too late is `ask-expired`, whether or not the timer has run. What the
 * producer proposed in turn is what a yes accepts: another day is `quote-open` (409).
 * `visit-day-out-of-range` (422) for a day in the past or more than 60 days ahead, `place-closed` (409) where nobody
 * gets there then. Of several who are asked at once the first yes counts: `another-was-quicker` (409).
 */
export async function answerAsk(
  { db, clock }: Means,
  context: Context,
  { params: { matchId }, body }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const { request, match, all } = await lockRequestOfMatch(tx, matchId);
      const role = roleOf(context.actor, "provider", match.providerPersonId);
      const before = await earlierAnswer(tx, match, body.accept);
      if (before) return { requestId: request.id, engagementId: before.engagementId };
      refuseIfAskOver(match, act.at);
      refuseIfWithdrawn(match);
      await endQuestions(tx, act, context, [match.providerPersonId]);
      const quote = await openQuote(tx, match.id);
      if (!body.accept) {
        const { reason = null } = body;
        await passOn(tx, act, { request, match, all, role, cause: "declined", reason });
        if (quote) await closeQuote(tx, quote, "refused");
        return { requestId: request.id, engagementId: null };
      }
      nextState(matchLifecycle, match.state, "accept", role);
      refuseAnotherDay(body.visitOn, quote);
      const visitOn = await openVisitDay(tx, { request, match }, quote?.visitOn ?? body.visitOn, act.at);
      if (quote) await closeQuote(tx, quote, "accepted");
      const engagementId = await agreeEngagement(tx, act, {
        request,
        match,
        role,
        transition: "accept",
        visitOn,
        price: quote && priceOf(quote),
      });
      return { requestId: request.id, engagementId };
    }),
  );
}

async function earlierAnswer(
  tx: Transaction,
  match: MatchRow,
  accept: boolean,
): Promise<{ engagementId: string | null } | null> {
  if (match.state !== "accepted" && match.state !== "declined") return null;
  if (accept !== (match.state === "accepted"))
    throw new DomainError("conflict", "already-answered", "This was answered before.", {
      details: { state: match.state },
    });
  if (!accept) return { engagementId: null };
  const [engagement] = await tx
    .select({ id: engagements.id })
    .from(engagements)
    .where(eq(engagements.matchId, match.id))
    .orderBy(desc(engagements.id))
    .limit(1);
  return { engagementId: engagement?.id ?? null };
}

/** `ask-expired` (409) once the time to answer is over, whether or not the timer has run. */
export function refuseIfAskOver(match: MatchRow, now: Date): void {
  const over = match.state === "asked" && match.askExpiresAt !== null && match.askExpiresAt <= now;
  if (over || match.state === "silent")
    throw new DomainError("conflict", "ask-expired", "The time to answer is over.");
}

/** What they were asked no longer stands: `another-was-quicker`, or `ask-taken-back` by who asked (409). */
function refuseIfWithdrawn({ state, withdrawnBecause }: MatchRow): void {
  if (state !== "withdrawn") return;
  if (withdrawnBecause === "another-was-quicker")
    throw new DomainError("conflict", "another-was-quicker", "Another provider said yes before.");
  if (withdrawnBecause === "taken-back")
    throw new DomainError("conflict", "ask-taken-back", "Who asked has taken it back.");
}

function refuseAnotherDay(
  said: LimaDay | undefined,
  quote: { id: string; visitOn: LimaDay | null } | null,
): void {
  if (!quote?.visitOn || said === undefined || said === quote.visitOn) return;
  throw new DomainError(
    "conflict",
    "quote-open",
    "The producer has proposed a day: accept it, or propose another.",
    {
      details: { quoteId: quote.id, visitOn: quote.visitOn },
    },
  );
}
