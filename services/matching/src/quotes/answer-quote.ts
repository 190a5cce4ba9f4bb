import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import { engagementMoved } from "@minka/contracts/follow-ups";
import { quoteClosed, type answerQuote as contract } from "@minka/contracts/quotes";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState, type Role } from "@minka/domain/lifecycle";
import { actOf, type Act, type Context, type Means } from "@minka/service/act";
import { desc, eq, inArray } from "@minka/database/query";
import { endQuestions, record, roleOf } from "../acting.ts";
import { agreeEngagement } from "../engagements/agree-engagement.ts";
import { engagementLifecycle } from "../engagements/engagement-lifecycle.ts";
import { afterAgreement } from "../engagements/follow-up-steps.ts";
import { openVisitDay } from "../closures/open-visit-day.ts";
import { matchLifecycle } from "../matches/match-lifecycle.ts";
import { passOn } from "../matches/pass-on.ts";
import { leaveGroup } from "../plans/leave-session.ts";
import { planVisits } from "../plans/plans-tables.ts";
import { engagementOf, lockRequestOfMatch } from "../requests/lock-request.ts";
import { engagements, idempotencyKeys, type MatchRow, type RequestRow } from "../tables.ts";
import { closeQuote } from "./open-quote.ts";
import { quotes, type QuoteRow } from "./quotes-tables.ts";

/**
 * The other side accepts what was proposed or refuses it. The first answer stands and the same answer again has the
 * same result; another one, or one to what is no longer proposed, is `quote-closed` (409, with its state). Too late is
 * `ask-expired` (409).
 */
export async function answerQuote(
  { db, clock }: Means,
  context: Context,
  { params: { quoteId }, body: { accept } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const matchOf = tx.select({ id: quotes.matchId }).from(quotes).where(eq(quotes.id, quoteId));
      if (accept) await leaveGroup(tx, act, inArray(planVisits.matchId, matchOf));
      const { quote, request, match, all } = await lockRequestOfQuote(tx, quoteId);
      const side = quote.by === "provider" ? "requester" : "provider";
      const answering = side === "requester" ? request.personId : match.providerPersonId;
      const role = roleOf(context.actor, side, answering);
      const engagement = await engagementOf(tx, match.id);
      if (quote.state === (accept ? "accepted" : "refused"))
        return { requestId: request.id, engagementId: accept ? (engagement?.id ?? null) : null };
      if (quote.state !== "open")
        throw new DomainError("conflict", "quote-closed", "This is no longer proposed.", {
          details: { state: quote.state },
        });
      if (quote.expiresAt <= act.at)
        throw new DomainError("conflict", "ask-expired", "The time to answer is over.");
      await endQuestions(tx, act, context, [answering]);
      const both = { quote, request, match, all, role };
      if (match.state === "accepted") return moveVisit(tx, act, { ...both, accept, engagement });
      if (!accept) return refuse(tx, act, both);
      const transition = side === "requester" ? "accept-quote" : "accept";
      nextState(matchLifecycle, match.state, transition, role);
      const visitOn = await openVisitDay(tx, both, quote.visitOn, act.at);
      await closeQuote(tx, quote, "accepted");
      const engagementId = await agreeEngagement(tx, act, {
        request,
        match,
        role,
        transition,
        visitOn,
        price: priceOf(quote),
      });
      return { requestId: request.id, engagementId };
    }),
  );
}

export function priceOf({ priceCentimos, priceUnit }: QuoteRow) {
  return priceCentimos === null ? null : { centimos: priceCentimos, unit: priceUnit };
}

export async function lockRequestOfQuote(tx: Transaction, quoteId: string) {
  const [found] = await tx.select({ matchId: quotes.matchId }).from(quotes).where(eq(quotes.id, quoteId));
  if (!found) throw new DomainError("not-found", "no-such-quote", "Nothing was proposed by this id.");
  const locked = await lockRequestOfMatch(tx, found.matchId);
  const [quote] = await tx.select().from(quotes).where(eq(quotes.id, quoteId)).orderBy(desc(quotes.id));
  if (!quote) throw new Error(`quote ${quoteId} is gone`);
  return { quote, ...locked };
}

type Answering = {
  quote: QuoteRow;
  request: RequestRow;
  match: MatchRow;
  all: readonly MatchRow[];
  role: Role;
};

async function refuse(tx: Transaction, act: Act, { quote, ...passing }: Answering) {
  const { request, match } = passing;
  await passOn(tx, act, { ...passing, cause: quote.by === "provider" ? "refused" : "declined" });
  await closeQuote(tx, quote, "refused");
  const told = { requestId: request.id, matchId: match.id, quoteId: quote.id, by: quote.by };
  await emit(tx, quoteClosed, { ...told, cause: "refused", agreed: false }, act);
  return { requestId: request.id, engagementId: null };
}

type Moving = Answering & { accept: boolean; engagement: typeof engagements.$inferSelect | null };

/** An agreed visit gets another day, or keeps the one it had. */
async function moveVisit(
  tx: Transaction,
  act: Act,
  { quote, request, match, role, accept, engagement }: Moving,
) {
  const requestId = request.id;
  if (!engagement) throw new DomainError("conflict", "quote-closed", "Nothing is agreed any more.");
  const state = nextState(engagementLifecycle, engagement.state, "move", role);
  await closeQuote(tx, quote, accept ? "accepted" : "refused");
  if (!accept) {
    const told = { requestId, matchId: match.id, quoteId: quote.id, by: quote.by };
    await record(tx, act, "engagement.keep-day", `engagement:${engagement.id}`);
    await emit(tx, quoteClosed, { ...told, cause: "refused", agreed: true }, act);
    return { requestId, engagementId: null };
  }
  const visitOn = await openVisitDay(tx, { request, match }, quote.visitOn, act.at);
  await tx
    .update(engagements)
    .set({ state, visitOn, ...afterAgreement(visitOn, act.at) })
    .where(eq(engagements.id, engagement.id));
  await record(tx, act, "engagement.move", `engagement:${engagement.id}`);
  await emit(tx, engagementMoved, { requestId, engagementId: engagement.id, matchId: match.id }, act);
  return { requestId, engagementId: engagement.id };
}
