import { engagementAgreed } from "@minka/contracts/events";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import { nextState, type Role } from "@minka/domain/lifecycle";
import type { LimaDay } from "@minka/domain/lima-time";
import type { Act } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { noteAnswer } from "../capacity/ask-load.ts";
import { lockPlaces } from "../capacity/places.ts";
import { matchLifecycle } from "../matches/match-lifecycle.ts";
import { answered } from "../matches/pass-on.ts";
import { isOpenAsk, withdrawAsked } from "../matches/withdraw-asked.ts";
import { matchesOf } from "../requests/lock-request.ts";
import { requestLifecycle } from "../requests/request-lifecycle.ts";
import { withdrawListed } from "../requests/search-on.ts";
import { reprice } from "../sponsorships/reserve.ts";
import { addToStanding } from "../standings/add-to-standing.ts";
import { engagements, matches, requests, type MatchRow, type RequestRow } from "../tables.ts";
import { afterAgreement } from "./follow-up-steps.ts";

type Agreement = {
  request: RequestRow;
  match: MatchRow;
  role: Role;
  /** The provider accepts what they are asked, or the producer what the provider named or planned. */
  transition: "accept" | "accept-quote" | "accept-plan";
  visitOn: LimaDay;
  /** Of an agent's plan. */
  planVisitId?: string;
  /** As proposed and accepted; the offer's where nothing was. */
  price?: { centimos: number; unit: string | null } | null;
};

/** Both sides have said yes: the only place where an engagement begins. The request's row must be locked. */
export async function agreeEngagement(
  tx: Transaction,
  act: Act,
  { request, match, role, transition, visitOn, planVisitId, price }: Agreement,
): Promise<string> {
  const engagementId = newId();
  const others = (await matchesOf(tx, request.id)).filter((each) => each.id !== match.id && isOpenAsk(each));
  await lockPlaces(tx, others, act.at);
  if (transition === "accept") await noteAnswer(tx, act, match);
  await withdrawAsked(tx, act, { matches: others, role, cause: "another-was-quicker" });
  if (price) await reprice(tx, act, match.id, price.centimos);
  await tx
    .update(matches)
    .set({ state: nextState(matchLifecycle, match.state, transition, role), answeredAt: act.at })
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
    priceCentimos: price?.centimos ?? match.priceCentimos,
    priceUnit: price ? price.unit : match.priceUnit,
    ...afterAgreement(visitOn, act.at),
    trace: act.trace,
  });
  await record(tx, act, `match.${transition}`, `match:${match.id}`);
  const ids = { requestId: request.id, matchId: match.id, engagementId };
  await emit(tx, engagementAgreed, { ...ids, ...(planVisitId ? { planVisitId } : {}) }, act);
  if (transition === "accept") await addToStanding(tx, match.providerId, answered(match, act.at));
  return engagementId;
}
