import {
  attendedKinds,
  type Attendance,
  type chooseAttendance as contract,
} from "@minka/contracts/attendance";
import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import { nudgeAfterCommit, type Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState } from "@minka/domain/lifecycle";
import { actOf, type Act, type Context, type Means } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { endQuestions, record, roleOf } from "../acting.ts";
import { noWomanNear } from "../ranking/attended-by.ts";
import { idempotencyKeys, requests, type RequestRow } from "../tables.ts";
import { lockRequest } from "./lock-request.ts";
import { openStates, requestLifecycle } from "./request-lifecycle.ts";
import { withdrawListed } from "./search-on.ts";

/**
 * Who may come for a request: only a woman, or anybody. A list that stands is made anew, and so is one that stayed
 * empty because only men were near. Who is asked or has agreed stays so; those of the list who might have been asked
 * next are withdrawn, so that no man follows. `not-attended` (409) where nobody comes; `illegal-transition` (409) for
 * a request that is over.
 */
export async function chooseAttendance(
  { db, clock }: Means,
  context: Context,
  { params: { requestId }, body: { by } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, () =>
      attendBy(tx, actOf(context, clock()), context, { requestId, by }),
    ),
  );
}

/** Writes who may come, and searches anew where that changes a search or a list. */
export async function attendBy(
  tx: Transaction,
  act: Act,
  context: Context,
  { requestId, by }: { requestId: string; by: Attendance },
): Promise<Answer<typeof contract>> {
  const womanOnly = by === "woman";
  const request = await lockRequest(tx, requestId);
  const role = roleOf(context.actor, "requester", request.personId);
  if (!attendedKinds.includes(request.kind))
    throw new DomainError("conflict", "not-attended", "Nobody comes for such a request.");
  if (!openStates.some((state) => state === request.state))
    nextState(requestLifecycle, request.state, "search-anew", role);
  const searches = hasToSearch(request, womanOnly);
  if (womanOnly && request.womanOnly !== true) await withdrawListed(tx, requestId);
  await tx
    .update(requests)
    .set({
      womanOnly,
      ...(searches
        ? {
            state: nextState(requestLifecycle, request.state, "search-anew", role),
            roundsBefore: request.round,
            searchRound: 1,
            searchAttempts: 0,
            dueAt: act.at,
            listExpiresAt: null,
            reason: null,
          }
        : {}),
    })
    .where(eq(requests.id, requestId));
  if (searches) {
    await withdrawListed(tx, requestId);
    nudgeAfterCommit(tx, { service: "matching", job: "match-request", id: requestId, trace: act.trace });
  }
  await record(tx, act, `request.attended-by-${by}`, `request:${requestId}`);
  await endQuestions(tx, act, context, [request.personId]);
  return { requestId, searches };
}

/** What is searched or listed depends on it, unless it was so already. */
function hasToSearch({ state, womanOnly: before, reason }: RequestRow, womanOnly: boolean): boolean {
  if (before === womanOnly) return false;
  if (state === "with_operator") return !womanOnly && reason?.code === noWomanNear;
  return state === "searching" || (state === "listed" && (womanOnly || before === true));
}
