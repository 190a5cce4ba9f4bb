import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { chooseMatch as contract } from "@minka/contracts/matching";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState } from "@minka/domain/lifecycle";
import { actOf, type Context, type Means } from "@minka/service/act";
import { endQuestions, roleOf } from "../acting.ts";
import { lockRequestOfMatch } from "../requests/lock-request.ts";
import { requestLifecycle } from "../requests/request-lifecycle.ts";
import { idempotencyKeys, type RequestRow } from "../tables.ts";
import { askMatch } from "./ask-match.ts";
import { isTakenBack, stillListed, takeChosen } from "./take-places.ts";
import { isOpenAsk } from "./withdraw-asked.ts";

/**
 * The producer picks a match of the list that stands, or one of it that they took back before, and its provider is
 * asked. All 409: `list-expired`, `already-asking` (with the match that is asked), `match-not-listed`,
 * `provider-gone`; `capacity-gone` and `provider-busy` (with alternatives of the list).
 */
export async function chooseMatch(
  { db, clock }: Means,
  context: Context,
  { params: { matchId } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const now = clock();
      const { request, match, all } = await lockRequestOfMatch(tx, matchId);
      const role = roleOf(context.actor, "requester", request.personId);
      refuseIfListOver(request, now);
      if (request.state === "asking") {
        const asked = all.find(isOpenAsk);
        throw new DomainError("conflict", "already-asking", "A provider is being asked already.", {
          details: { matchId: asked?.id ?? null },
        });
      }
      nextState(requestLifecycle, request.state, "choose", role);
      if (match.state === "declined" && match.round === request.round)
        throw new DomainError("conflict", "provider-gone", "This provider can no longer be asked.");
      const isOpen = match.state === "listed" || isTakenBack(match);
      if (!isOpen || match.round !== request.round)
        throw new DomainError("conflict", "match-not-listed", "This match is not of the list that stands.");
      await takeChosen(tx, { request, match, waiting: stillListed(request, all), now });
      const act = actOf(context, now);
      const askExpiresAt = await askMatch(tx, act, { request, match, role, transition: "choose" });
      await endQuestions(tx, act, context, [request.personId]);
      return { requestId: request.id, askExpiresAt: askExpiresAt.toISOString() };
    }),
  );
}

/** A list ends at its time, whether or not the timer has come round to it. */
export function refuseIfListOver(request: RequestRow, now: Date): void {
  const over = request.state === "listed" && request.listExpiresAt !== null && request.listExpiresAt <= now;
  if (over || request.state === "lapsed")
    throw new DomainError("conflict", "list-expired", "This list is no longer valid. Ask again.");
}
