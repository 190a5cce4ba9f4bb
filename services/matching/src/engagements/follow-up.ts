import { helpAsked, outcomeUnanswered, reminderDue } from "@minka/contracts/follow-ups";
import { outcomeDue } from "@minka/contracts/events";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import type { Act } from "@minka/service/act";
import { and, asc, eq, lte, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { openDispute } from "../disputes/open-dispute.ts";
import { planSessions, planVisits } from "../plans/plans-tables.ts";
import { lockRequestOfEngagement } from "../requests/lock-request.ts";
import { engagements, type EngagementRow, type RequestRow } from "../tables.ts";
import {
  askAgainStep,
  giveUpStep,
  noStep,
  outcomeStep,
  type FollowUpStep,
  type NextStep,
} from "./follow-up-steps.ts";

/** The job `follow-up`: what is due next of an engagement is done, and what follows it is set. */
export function followUpJob({ db, clock }: ServiceKit): Job {
  const due = db.read
    .select({ id: engagements.id, trace: engagements.trace })
    .from(engagements)
    .where(lte(engagements.nextAt, sql.placeholder("now")))
    .orderBy(asc(engagements.nextAt))
    .limit(sql.placeholder("limit"))
    .prepare("follow_ups_due");
  return {
    due: (limit) => due.execute({ now: clock().toISOString(), limit }),
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const act: Act = { at: clock(), by: "timer", trace };
        const { request, engagement } = await lockRequestOfEngagement(tx, id);
        const { nextStep, nextAt } = engagement;
        if (nextStep === null || nextAt === null || nextAt > act.at) return;
        await steps[nextStep](tx, act, { request, engagement });
      }),
  };
}

type Following = { request: RequestRow; engagement: EngagementRow };
type Step = (tx: Transaction, act: Act, following: Following) => Promise<void>;

/** What each step tells, and what it leads to. */
const steps: Readonly<Record<FollowUpStep, Step>> = {
  remind: async (tx, act, following) => {
    await goOn(tx, act, following, outcomeStep(following.engagement.visitOn));
    const [planned] = await tx
      .select({ id: planVisits.id })
      .from(planVisits)
      .innerJoin(planSessions, eq(planSessions.id, planVisits.sessionId))
      .where(
        and(
          eq(planVisits.requestId, following.request.id),
          eq(planVisits.engagementId, following.engagement.id),
          eq(planSessions.day, following.engagement.visitOn),
        ),
      );
    const ids = idsOf(following);
    await emit(tx, reminderDue, { ...ids, ...(planned ? { planVisitId: planned.id } : {}) }, act);
  },
  "ask-outcome": async (tx, act, following) => {
    const { requestId, engagementId } = idsOf(following);
    await goOn(tx, act, following, askAgainStep(following.engagement.visitOn, act.at));
    await emit(tx, outcomeDue, { requestId, engagementId }, act);
  },
  "ask-again": async (tx, act, following) => {
    const { requestId, engagementId } = idsOf(following);
    await goOn(tx, act, following, giveUpStep(following.engagement.visitOn, act.at));
    await emit(tx, outcomeDue, { requestId, engagementId }, act);
    await emit(tx, outcomeUnanswered, idsOf(following), act);
  },
  // A provider's word would have ended it: nobody has said anything.
  "give-up": (tx, act, following) =>
    openDispute(tx, act, {
      ...following,
      role: "timer",
      by: null,
      transition: "give-up",
      reason: "outcome-unknown",
    }),
  "expire-rework": (tx, act, following) =>
    openDispute(tx, act, {
      ...following,
      role: "timer",
      by: null,
      transition: "leave-rework",
      reason: "rework-unanswered",
    }),
  "ask-help": async (tx, act, following) => {
    await goOn(tx, act, following, noStep);
    if (following.engagement.helped === null) await emit(tx, helpAsked, idsOf(following), act);
  },
};

const idsOf = ({ request, engagement }: Following) => ({
  requestId: request.id,
  engagementId: engagement.id,
  matchId: engagement.matchId,
});

async function goOn(
  tx: Transaction,
  act: Act,
  { engagement }: Following,
  next: NextStep | typeof noStep,
): Promise<void> {
  await tx.update(engagements).set(next).where(eq(engagements.id, engagement.id));
  await record(tx, act, `engagement.${engagement.nextStep}`, `engagement:${engagement.id}`);
}
