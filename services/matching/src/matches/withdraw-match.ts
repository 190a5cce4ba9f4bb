import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { withdrawMatch as contract } from "@minka/contracts/matching";
import { listedAgain } from "@minka/contracts/quotes";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState, type Role } from "@minka/domain/lifecycle";
import { actOf, type Act, type Context, type Means } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record, roleOf } from "../acting.ts";
import { lockPlaces } from "../capacity/places.ts";
import { listEnd } from "../requests/list-end.ts";
import { lockRequestOfMatch } from "../requests/lock-request.ts";
import { requestLifecycle } from "../requests/request-lifecycle.ts";
import { searchOn } from "../requests/search-on.ts";
import { idempotencyKeys, requests, type MatchRow, type RequestRow } from "../tables.ts";
import { askMatch } from "./ask-match.ts";
import { isTakenBack, stillListed, takeChosen } from "./take-places.ts";
import { isOpenAsk, withdrawAsked } from "./withdraw-asked.ts";

/**
 * The producer takes back a question before it is answered, and its provider is told. Another of the list is asked
 * instead, where one is named; else the list stands again, or the search goes on where nobody is left on it. Of an
 * urgent request the others stay asked. Again it changes nothing. All 409: `not-asked`, `match-not-listed`,
 * `capacity-gone`, `provider-busy`.
 */
export async function withdrawMatch(
  { db, clock }: Means,
  context: Context,
  { params: { matchId }, body: { instead } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const { request, match, all } = await lockRequestOfMatch(tx, matchId);
      const role = roleOf(context.actor, "requester", request.personId);
      if (match.withdrawnBecause === "taken-back") return answer(request, all.find(isOpenAsk));
      if (!isOpenAsk(match))
        throw new DomainError(
          "conflict",
          "not-asked",
          "Only a question that waits for an answer is taken back.",
          {
            details: { state: match.state },
          },
        );
      if (instead !== undefined) {
        const askExpiresAt = await switchTo(tx, act, { request, match, all, role, instead });
        return { requestId: request.id, askExpiresAt: askExpiresAt.toISOString() };
      }
      await withdrawAsked(tx, act, { matches: [match], role, cause: "taken-back" });
      const others = all.filter((each) => each !== match && isOpenAsk(each));
      if (others.length === 0) await goBack(tx, act, { request, all, role });
      return answer(request, others[0]);
    }),
  );
}

function answer({ id }: RequestRow, asked: MatchRow | undefined): Answer<typeof contract> {
  return { requestId: id, askExpiresAt: asked?.askExpiresAt?.toISOString() ?? null };
}

type Of = { request: RequestRow; all: readonly MatchRow[]; role: Role };

async function switchTo(
  tx: Transaction,
  act: Act,
  { request, match, all, role, instead }: Of & { match: MatchRow; instead: string },
): Promise<Date> {
  const waiting = stillListed(request, all);
  const other = all.find(
    (each) => each.id === instead && (waiting.includes(each) || wasOfThisList(request, each)),
  );
  if (!other)
    throw new DomainError("conflict", "match-not-listed", "This match is not of the list that stands.");
  await lockPlaces(tx, [match, other], act.at);
  await takeChosen(tx, { request, match: other, waiting, now: act.at });
  await withdrawAsked(tx, act, { matches: [match], role, cause: "taken-back" });
  return askMatch(tx, act, { request, match: other, role, transition: "switch" });
}

/** Changing one's mind twice is allowed: who was asked first has not answered. */
function wasOfThisList({ round }: RequestRow, match: MatchRow): boolean {
  return match.round === round && isTakenBack(match);
}

/** Nobody is asked any more: whoever else was proposed can be chosen for as long as a new list. */
async function goBack(tx: Transaction, act: Act, { request, all, role }: Of): Promise<void> {
  if (stillListed(request, all).length === 0)
    return searchOn(tx, act, { request, role, because: { code: "all-asked", parameters: {} } });
  await tx
    .update(requests)
    .set({
      state: nextState(requestLifecycle, request.state, "list-again", role),
      listExpiresAt: listEnd(act.at),
    })
    .where(eq(requests.id, request.id));
  await record(tx, act, "request.list-again", `request:${request.id}`);
  await emit(tx, listedAgain, { requestId: request.id }, act);
}
