import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import { engagementDone, engagementMissed } from "@minka/contracts/events";
import type { reportOutcome as contract } from "@minka/contracts/matching";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState, type Role } from "@minka/domain/lifecycle";
import { limaDay } from "@minka/domain/lima-time";
import { eq } from "drizzle-orm";
import { actOf, record, roleOf, type Act, type Context, type Means } from "../acting.ts";
import { freePlace, lockPlaces } from "../capacity/places.ts";
import { askMatch, takeFirstWithPlace } from "../matches/ask-match.ts";
import { lockRequestOfEngagement, matchesOf } from "../requests/lock-request.ts";
import { requestLifecycle } from "../requests/request-lifecycle.ts";
import { searchOn } from "../requests/search-on.ts";
import { addToStanding } from "../standings/add-to-standing.ts";
import { engagements, idempotencyKeys, matches, requests } from "../tables.ts";
import type { EngagementRow, RequestRow } from "../tables.ts";
import { engagementLifecycle } from "./engagement-lifecycle.ts";

/** How long the producer can say that what the provider called done was not. */
const contestDays = 7;
const dayMs = 24 * 60 * 60 * 1000;

type Report = {
  request: RequestRow;
  engagement: EngagementRow;
  by: "requester" | "provider";
  role: Role;
};

/**
 * The visit took place (also before its day: somebody writes "listo"), or nobody came. The same report
 * again changes nothing and succeeds. All 409: `visit-not-due` when the producer reports a no-show before
 * the day of the visit, `contest-too-late`, `illegal-transition`.
 */
export async function reportOutcome(
  { db, clock }: Means,
  context: Context,
  { params: { engagementId }, body: { outcome, by } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const { request, engagement } = await lockRequestOfEngagement(tx, engagementId);
      const whose = by === "requester" ? request.personId : engagement.providerPersonId;
      const role = roleOf(context.actor, by, whose);
      if (engagement.state === outcome) return { requestId: request.id };
      const report = { request, engagement, by, role };
      await (outcome === "done" ? finish(tx, act, report) : miss(tx, act, report));
      return { requestId: request.id };
    }),
  );
}

async function finish(tx: Transaction, act: Act, { request, engagement, by, role }: Report): Promise<void> {
  const state = nextState(engagementLifecycle, engagement.state, "finish", role);
  await tx
    .update(engagements)
    .set({ state, closedAt: act.at, reportedBy: by })
    .where(eq(engagements.id, engagement.id));
  await tx
    .update(requests)
    .set({ state: nextState(requestLifecycle, request.state, "finish", role) })
    .where(eq(requests.id, request.id));
  await record(tx, act, "engagement.finish", `engagement:${engagement.id}`);
  await emit(tx, engagementDone, { requestId: request.id, engagementId: engagement.id, reportedBy: by }, act);
}

async function miss(tx: Transaction, act: Act, { request, engagement, by, role }: Report): Promise<void> {
  const contested = engagement.state === "done" && engagement.reportedBy === "provider";
  const name = contested && engagement.score === null ? "contest" : "miss";
  const state = nextState(engagementLifecycle, engagement.state, name, role);
  if (contested && act.at.getTime() > (engagement.closedAt?.getTime() ?? 0) + contestDays * dayMs)
    throw new DomainError("conflict", "contest-too-late", "This was reported done more than a week ago.");
  const ahead = !contested && limaDay(act.at) < engagement.visitOn;
  if (ahead && by === "requester")
    throw new DomainError("conflict", "visit-not-due", "The day of the visit has not come.", {
      details: { visitOn: engagement.visitOn },
    });
  await tx
    .update(engagements)
    .set({ state, closedAt: act.at, reportedBy: by })
    .where(eq(engagements.id, engagement.id));
  await record(tx, act, `engagement.${name}`, `engagement:${engagement.id}`);

  const all = await matchesOf(tx, request.id);
  const missed = all.find(({ id }) => id === engagement.matchId);
  // What its acceptance withdrew, those without a place then included: this may be another month.
  const waiting = all.filter(({ round, state }) => round === request.round && state === "withdrawn");
  if (missed) {
    await lockPlaces(tx, [missed.offerId, ...waiting.map(({ offerId }) => offerId)]);
    await tx.update(matches).set({ capacityMonth: null }).where(eq(matches.id, missed.id));
    await freePlace(tx, missed);
  }
  const next = await takeFirstWithPlace(tx, waiting, act.at);
  // A provider who gives notice before the day leaves time for another, which is no no-show.
  if (!ahead) await addToStanding(tx, engagement.providerId, { noShows: 1 });
  await emit(
    tx,
    engagementMissed,
    {
      requestId: request.id,
      engagementId: engagement.id,
      matchId: engagement.matchId,
      nextMatchId: next?.id ?? null,
    },
    act,
  );
  if (next) await askMatch(tx, act, { request, match: next, role, transition: "ask-again" });
  else await searchOn(tx, act, { request, role, because: { code: "all-asked", parameters: {} } });
}
