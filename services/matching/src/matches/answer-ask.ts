import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import { engagementAgreed } from "@minka/contracts/events";
import type { answerAsk as contract } from "@minka/contracts/matching";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState, type Role } from "@minka/domain/lifecycle";
import { addDays, limaDay, limaInstant, type LimaDay } from "@minka/domain/lima-time";
import { desc, eq } from "drizzle-orm";
import { actOf, record, roleOf, type Act, type Context, type Means } from "../acting.ts";
import { lockRequestOfMatch } from "../requests/lock-request.ts";
import { requestLifecycle } from "../requests/request-lifecycle.ts";
import { withdrawListed } from "../requests/search-on.ts";
import { addToStanding } from "../standings/add-to-standing.ts";
import { engagements, idempotencyKeys, matches, requests } from "../tables.ts";
import type { MatchRow, RequestRow } from "../tables.ts";
import { matchLifecycle } from "./match-lifecycle.ts";
import { answered, passOn } from "./pass-on.ts";

/** Tomorrow is too soon to arrange a way up a trail, and a week too far for a pest. */
const daysToVisit = 2;
const farthestVisitDays = 60;
/** The evening after the visit day, when people are back from the plot: 17:00 in Lima. */
const outcomeHour = 17;

/**
 * The provider accepts or declines, perhaps saying why. The first answer stands and the same answer again has the same result;
 * the other one then is `already-answered`. Too late is `ask-expired`, whether or not the timer has run.
 * `visit-day-out-of-range` (422) for a day in the past or more than 60 days ahead.
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
      if (!body.accept) {
        const { reason = null } = body;
        await passOn(tx, act, { request, match, all, role, cause: "declined", reason });
        return { requestId: request.id, engagementId: null };
      }
      const visitOn = visitDay(body.visitOn, act.at);
      return { requestId: request.id, engagementId: await agree(tx, act, { request, match, role, visitOn }) };
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

function refuseIfAskOver(match: MatchRow, now: Date): void {
  const over = match.state === "asked" && match.askExpiresAt !== null && match.askExpiresAt <= now;
  if (over || match.state === "silent")
    throw new DomainError("conflict", "ask-expired", "The time to answer is over.");
}

function visitDay(said: LimaDay | undefined, now: Date): LimaDay {
  const today = limaDay(now);
  const visitOn = said ?? addDays(today, daysToVisit);
  if (visitOn < today || visitOn > addDays(today, farthestVisitDays))
    throw new DomainError("invalid", "visit-day-out-of-range", "A visit is within the next 60 days.", {
      errors: [{ path: "body.visitOn", message: `must be from ${today} on, and within 60 days` }],
    });
  return visitOn;
}

async function agree(
  tx: Transaction,
  act: Act,
  { request, match, role, visitOn }: { request: RequestRow; match: MatchRow; role: Role; visitOn: LimaDay },
): Promise<string> {
  const engagementId = newId();
  await tx
    .update(matches)
    .set({ state: nextState(matchLifecycle, match.state, "accept", role), answeredAt: act.at })
    .where(eq(matches.id, match.id));
  await withdrawListed(tx, request.id);
  await tx
    .update(requests)
    .set({ state: nextState(requestLifecycle, request.state, "agree", role) })
    .where(eq(requests.id, request.id));
  await tx.insert(engagements).values({
    id: engagementId,
    requestId: request.id,
    matchId: match.id,
    providerId: match.providerId,
    providerPersonId: match.providerPersonId,
    state: "agreed",
    agreedAt: act.at,
    visitOn,
    outcomeDueAt: limaInstant(addDays(visitOn, 1), outcomeHour),
    trace: act.trace,
  });
  await addToStanding(tx, match.providerId, answered(match, act.at));
  await record(tx, act, "match.accept", `match:${match.id}`);
  await emit(tx, engagementAgreed, { requestId: request.id, matchId: match.id, engagementId }, act);
  return engagementId;
}
