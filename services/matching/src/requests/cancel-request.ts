import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import { requestCancelled } from "@minka/contracts/events";
import type { cancelRequest as contract } from "@minka/contracts/matching";
import { emit } from "@minka/database/deliveries";
import { once } from "@minka/database/once";
import { nextState } from "@minka/domain/lifecycle";
import { and, eq } from "drizzle-orm";
import { actOf, record, roleOf, type Context, type Means } from "../acting.ts";
import { freePlace } from "../capacity/places.ts";
import { engagementLifecycle } from "../engagements/engagement-lifecycle.ts";
import { matchLifecycle } from "../matches/match-lifecycle.ts";
import { engagements, idempotencyKeys, matches, requests } from "../tables.ts";
import { lockRequest, matchesOf } from "./lock-request.ts";
import { requestLifecycle } from "./request-lifecycle.ts";
import { withdrawListed } from "./search-on.ts";

/**
 * The producer, or an operator for them, calls an open request off. A provider who was asked or had agreed
 * gets the place back and is told. Cancelling again changes nothing and succeeds.
 */
export async function cancelRequest(
  { db, clock }: Means,
  context: Context,
  { params: { requestId } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const request = await lockRequest(tx, requestId);
      const role = roleOf(context.actor, "requester", request.personId);
      if (request.state === "cancelled") return { requestId };
      const state = nextState(requestLifecycle, request.state, "cancel", role);
      const [standing] = await tx
        .select()
        .from(engagements)
        .where(and(eq(engagements.requestId, requestId), eq(engagements.state, "agreed")));
      const all = await matchesOf(tx, requestId);
      const told = all.find(({ id, state }) => state === "asked" || id === standing?.matchId);
      if (told) {
        await tx
          .update(matches)
          .set({ state: nextState(matchLifecycle, told.state, "withdraw", role), capacityMonth: null })
          .where(eq(matches.id, told.id));
        await record(tx, act, "match.withdraw", `match:${told.id}`);
        await freePlace(tx, told);
      }
      if (standing) {
        await tx
          .update(engagements)
          .set({ state: nextState(engagementLifecycle, standing.state, "cancel", role), closedAt: act.at })
          .where(eq(engagements.id, standing.id));
        await record(tx, act, "engagement.cancel", `engagement:${standing.id}`);
      }
      await withdrawListed(tx, requestId);
      await tx
        .update(requests)
        .set({ state, dueAt: null, listExpiresAt: null, reason: null })
        .where(eq(requests.id, requestId));
      await record(tx, act, "request.cancel", `request:${requestId}`);
      await emit(tx, requestCancelled, { requestId, matchId: told?.id ?? null }, act);
      return { requestId };
    }),
  );
}
