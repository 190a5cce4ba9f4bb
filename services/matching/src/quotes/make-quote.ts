import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import { quoteMade, type makeQuote as contract, type Side } from "@minka/contracts/quotes";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState, type Role } from "@minka/domain/lifecycle";
import { actOf, type Act, type Context, type Means } from "@minka/service/act";
import { and, count, eq, gte } from "@minka/database/query";
import { endQuestions, record, roleOf } from "../acting.ts";
import { engagementLifecycle } from "../engagements/engagement-lifecycle.ts";
import { sideOf } from "../engagements/side-of.ts";
import { noteAnswer } from "../capacity/ask-load.ts";
import { openVisitDay } from "../closures/open-visit-day.ts";
import { refuseIfAskOver } from "../matches/answer-ask.ts";
import { matchLifecycle } from "../matches/match-lifecycle.ts";
import { answered } from "../matches/pass-on.ts";
import { engagementOf, lockRequestOfMatch } from "../requests/lock-request.ts";
import { addToStanding } from "../standings/add-to-standing.ts";
import { idempotencyKeys, matches, type MatchRow, type RequestRow } from "../tables.ts";
import { answerWithin } from "./answer-within.ts";
import { closeQuote, openQuote } from "./open-quote.ts";
import { quotes } from "./quotes-tables.ts";

/** Who has not agreed after three will not. */
const mostASide = 3;

type Body = HandlerInput<typeof contract>["body"];
type Proposing = { request: RequestRow; match: MatchRow; by: Side; role: Role; body: Body };

/**
 * One side proposes a price, a day or both. Before an agreement the turn goes over to the other side; of an agreed
 * visit only the day can change, and it stands until the other accepts. What is not named stays as it was proposed.
 *
 * All 409: `illegal-transition`, `ask-expired`, `quotes-used-up` (three a side), `quote-not-for-urgent` (first yes
 * wins), `quote-open` (of an agreed visit: theirs has to be answered first). 422: `price-settled`, `side-needed`,
 * `visit-day-out-of-range`.
 */
export async function makeQuote(
  { db, clock }: Means,
  context: Context,
  { params: { matchId }, body }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const { request, match } = await lockRequestOfMatch(tx, matchId);
      const people = { requester: request.personId, provider: match.providerPersonId };
      const by = sideOf(context.actor, body.by, people);
      const proposing = { request, match, by, role: roleOf(context.actor, by, people[by]), body };
      if (body.visitOn) await openVisitDay(tx, proposing, body.visitOn, act.at);
      const since =
        match.state === "accepted" ? await beAgreed(tx, proposing) : await takeTurn(tx, act, proposing);
      const before = await openQuote(tx, match.id);
      if (before && match.state === "accepted" && before.by !== by)
        throw new DomainError("conflict", "quote-open", "The other side has proposed a day: answer it.", {
          details: { quoteId: before.id },
        });
      await refuseIfUsedUp(tx, proposing, since);
      if (before) await closeQuote(tx, before, "superseded");
      const priceCentimos = body.priceCentimos ?? before?.priceCentimos ?? null;
      const quoteId = newId();
      const expiresAt = answerWithin(act.at, request.kind);
      await tx.insert(quotes).values({
        id: quoteId,
        matchId,
        by,
        priceCentimos,
        priceUnit: priceCentimos === null ? null : match.priceUnit,
        visitOn: body.visitOn ?? before?.visitOn ?? null,
        at: act.at,
        expiresAt,
        state: "open",
        trace: act.trace,
      });
      // A price is an answer.
      const answers = match.state === "asked" && by === "provider";
      if (answers) await noteAnswer(tx, act, match);
      await record(tx, act, `quote.make-by-${by}`, `match:${matchId}`);
      await emit(tx, quoteMade, { requestId: request.id, matchId, quoteId, by }, act);
      await endQuestions(tx, act, context, [people[by]]);
      if (answers) await addToStanding(tx, match.providerId, answered(match, act.at));
      return { requestId: request.id, quoteId, expiresAt: expiresAt.toISOString() };
    }),
  );
}

/** Another day for a visit that stands; only what was proposed since it was agreed counts. */
async function beAgreed(tx: Transaction, { match, body, role }: Proposing): Promise<Date> {
  const engagement = await engagementOf(tx, match.id);
  if (!engagement)
    throw new DomainError("conflict", "illegal-transition", "Nothing is agreed any more.", {
      details: { state: match.state, refused: "move", allowed: [] },
    });
  nextState(engagementLifecycle, engagement.state, "move", role);
  if (body.priceCentimos !== undefined)
    throw new DomainError("invalid", "price-settled", "The price is agreed: only the day can change.", {
      errors: [{ path: "body.priceCentimos", message: "cannot change any more" }],
    });
  return engagement.agreedAt;
}

/** The turn goes over: the provider's quote waits for the producer, whose counter asks the provider anew. */
async function takeTurn(tx: Transaction, act: Act, { request, match, by, role }: Proposing): Promise<Date> {
  const state = nextState(matchLifecycle, match.state, by === "provider" ? "quote" : "counter", role);
  refuseIfAskOver(match, act.at);
  if (request.need.urgency === "urgent")
    throw new DomainError("conflict", "quote-not-for-urgent", "Of those asked at once the first yes counts.");
  const open = await openQuote(tx, match.id);
  if (by === "requester" && open !== null && open.expiresAt <= act.at)
    throw new DomainError("conflict", "ask-expired", "The time to answer is over.");
  await tx
    .update(matches)
    .set(
      by === "provider"
        ? { state, askExpiresAt: null }
        : { state, askedAt: act.at, askExpiresAt: answerWithin(act.at, request.kind), trace: act.trace },
    )
    .where(eq(matches.id, match.id));
  return request.openedAt;
}

async function refuseIfUsedUp(tx: Transaction, { match, by }: Proposing, since: Date): Promise<void> {
  const [row] = await tx
    .select({ made: count() })
    .from(quotes)
    .where(and(eq(quotes.matchId, match.id), eq(quotes.by, by), gte(quotes.at, since)));
  if ((row?.made ?? 0) < mostASide) return;
  throw new DomainError("conflict", "quotes-used-up", `A side proposes ${mostASide} times at most.`);
}
