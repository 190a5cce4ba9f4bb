import { listLapsed } from "@minka/contracts/events";
import { listedAgain, quoteClosed } from "@minka/contracts/quotes";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { nextState } from "@minka/domain/lifecycle";
import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import type { Act } from "@minka/service/act";
import { and, asc, eq, lte, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { freePlace } from "../capacity/places.ts";
import { matchLifecycle } from "../matches/match-lifecycle.ts";
import { listEnd } from "../requests/list-end.ts";
import { engagementOf } from "../requests/lock-request.ts";
import { requestLifecycle } from "../requests/request-lifecycle.ts";
import { release } from "../sponsorships/reserve.ts";
import { matches, requests, type MatchRow, type RequestRow } from "../tables.ts";
import { lockRequestOfQuote } from "./answer-quote.ts";
import { closeQuote } from "./open-quote.ts";
import { quotes } from "./quotes-tables.ts";

/**
 * The job `expire-quote`: what one side proposed was not answered in time. A producer's counter runs out with the
 * question to the provider, which `expire-ask` ends; an agreed visit keeps its day.
 */
export function expireQuoteJob({ db, clock }: ServiceKit): Job {
  const due = db.read
    .select({ id: quotes.id, trace: quotes.trace })
    .from(quotes)
    .where(and(eq(quotes.state, "open"), lte(quotes.expiresAt, sql.placeholder("now"))))
    .orderBy(asc(quotes.expiresAt))
    .limit(sql.placeholder("limit"))
    .prepare("quotes_due");
  return {
    due: (limit) => due.execute({ now: clock().toISOString(), limit }),
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const act: Act = { at: clock(), by: "timer", trace };
        const { quote, request, match, all } = await lockRequestOfQuote(tx, id);
        if (quote.state !== "open" || quote.expiresAt > act.at) return;
        await closeQuote(tx, quote, "expired");
        // Of a visit that was called off or is done meanwhile nobody has to be told anything.
        const agreed = (await engagementOf(tx, match.id))?.state === "agreed";
        if (agreed || match.state === "quoted") {
          const told = { requestId: request.id, matchId: match.id, quoteId: id, by: quote.by };
          await emit(tx, quoteClosed, { ...told, cause: "expired", agreed }, act);
        }
        if (match.state === "quoted") await takeBack(tx, act, { request, match, all });
      }),
  };
}

type Unanswered = { request: RequestRow; match: MatchRow; all: readonly MatchRow[] };

/** The producer did not answer a price. Nobody else is asked unasked: the rest of the list is theirs to choose from. */
async function takeBack(tx: Transaction, act: Act, { request, match, all }: Unanswered): Promise<void> {
  await tx
    .update(matches)
    .set({ state: nextState(matchLifecycle, match.state, "withdraw", "timer"), capacityMonth: null })
    .where(eq(matches.id, match.id));
  await record(tx, act, "match.withdraw", `match:${match.id}`);
  await freePlace(tx, match);
  await release(tx, act, match.id);
  const left = all.some(({ round, state }) => round === request.round && state === "listed");
  const transition = left ? "list-again" : "lapse";
  await tx
    .update(requests)
    .set({
      state: nextState(requestLifecycle, request.state, transition, "timer"),
      listExpiresAt: left ? listEnd(act.at) : null,
    })
    .where(eq(requests.id, request.id));
  await record(tx, act, `request.${transition}`, `request:${request.id}`);
  await emit(tx, left ? listedAgain : listLapsed, { requestId: request.id }, act);
}
