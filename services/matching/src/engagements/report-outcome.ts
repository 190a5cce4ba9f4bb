import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { reportOutcome as contract } from "@minka/contracts/matching";
import type { Side } from "@minka/contracts/quotes";
import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState, type Role } from "@minka/domain/lifecycle";
import { limaDay } from "@minka/domain/lima-time";
import { actOf, type Act, type Context, type Means } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { endQuestions, roleOf } from "../acting.ts";
import { closeDispute } from "../disputes/close-dispute.ts";
import { openDisputeOf } from "../disputes/open-dispute.ts";
import { leaveGroup } from "../plans/leave-session.ts";
import { planVisits } from "../plans/plans-tables.ts";
import { ratingOf } from "../ratings/rating-of.ts";
import { lockRequestOfEngagement } from "../requests/lock-request.ts";
import { idempotencyKeys, type EngagementRow, type RequestRow } from "../tables.ts";
import { engagementLifecycle } from "./engagement-lifecycle.ts";
import { finishEngagement } from "./finish-engagement.ts";
import { loseEngagement } from "./lose-engagement.ts";

/** How long the producer can say that what the provider called done was not. */
const contestDays = 7;
const dayMs = 24 * 60 * 60 * 1000;

type Report = { request: RequestRow; engagement: EngagementRow; by: Side; role: Role };

/**
 * The visit took place, or nobody came. Whom it was for may say the first also before its day: somebody writes "listo".
 * The same report again changes nothing and succeeds. In a dispute each side may say what is in the other's favour,
 * which settles it, unless the other has raised it: `dispute-open`. All 409: `visit-not-due` when before the day the
 * producer reports a no-show, or the provider that it is done, `contest-too-late`, `illegal-transition`.
 *
 * What waited for a signal counts from when it came: only then did the other side hear of it, and an hour that one
 * writes oneself would make a no-show a notice given in time.
 */
export async function reportOutcome(
  { db, clock }: Means,
  context: Context,
  { params: { engagementId }, body: { outcome, by } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      if (outcome === "no_show") await leaveGroup(tx, act, eq(planVisits.engagementId, engagementId));
      const { request, engagement } = await lockRequestOfEngagement(tx, engagementId);
      const whose = by === "requester" ? request.personId : engagement.providerPersonId;
      const role = roleOf(context.actor, by, whose);
      const said = { requestId: request.id };
      if (engagement.state === outcome) return said;
      // Notice that was given before the day, given again.
      if (engagement.state === "cancelled" && outcome === "no_show" && engagement.reportedBy === by)
        return said;
      const report = { request, engagement, by, role };
      await endQuestions(tx, act, context, [request.personId, engagement.providerPersonId]);
      if (engagement.state === "disputed" && role !== "operator") await refuseIfAccused(tx, engagement, by);
      if (engagement.state === "disputed") await closeDispute(tx, act, { ...report, outcome });
      else if (outcome === "done") {
        if (role === "provider") refuseBeforeDay(engagement, act.at);
        await finishEngagement(tx, act, { ...report, transition: "finish" });
      } else await miss(tx, act, report);
      return said;
    }),
  );
}

/** Against the other side's interest nobody reports what has not been due: it moves standings and sponsors' money. */
function refuseBeforeDay({ visitOn }: EngagementRow, at: Date): void {
  if (limaDay(at) >= visitOn) return;
  throw new DomainError("conflict", "visit-not-due", "The day of the visit has not come.", {
    details: { visitOn },
  });
}

/** That a visit took place says nothing of what its provider complains of. */
async function refuseIfAccused(tx: Transaction, { id }: EngagementRow, by: Side): Promise<void> {
  const raised = await openDisputeOf(tx, id);
  if (by !== "requester" || raised?.by !== "provider") return;
  throw new DomainError("conflict", "dispute-open", "An operator has to settle this first.", {
    details: { engagementId: id },
  });
}

async function miss(tx: Transaction, act: Act, report: Report): Promise<void> {
  const { engagement, by, role } = report;
  const fromProvider = engagement.state === "done" && engagement.reportedBy === "provider";
  const contested = fromProvider && !(await ratingOf(tx, engagement.id, "requester"));
  if (contested) {
    nextState(engagementLifecycle, engagement.state, "contest", role);
    if (act.at.getTime() > (engagement.closedAt?.getTime() ?? 0) + contestDays * dayMs)
      throw new DomainError("conflict", "contest-too-late", "This was reported done more than a week ago.");
    return loseEngagement(tx, act, { ...report, transition: "contest" });
  }
  nextState(engagementLifecycle, engagement.state, "miss", role);
  if (by === "requester") refuseBeforeDay(engagement, act.at);
  const ahead = limaDay(act.at) < engagement.visitOn;
  // A provider who gives notice before the day leaves time for another, which is no no-show.
  return loseEngagement(tx, act, { ...report, transition: ahead ? "call-off" : "miss" });
}
