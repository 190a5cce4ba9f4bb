import type { Reason } from "@minka/contracts/common";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { answerPlanVisit as contract } from "@minka/contracts/plan-visits";
import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { nextState, type Role } from "@minka/domain/lifecycle";
import { actOf, type Act, type Context, type Means } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { endQuestions, record, roleOf } from "../acting.ts";
import { wallTimeOf } from "../caseloads/wall-time.ts";
import { idempotencyKeys } from "../tables.ts";
import { agreeVisit } from "./agree-visit.ts";
import { askVisitAt, giveUpVisitAt } from "./ask-times.ts";
import { refuseIfOver } from "./edit-visit.ts";
import { leaveSession } from "./leave-session.ts";
import { computeSoon, findAgentOfPlan, findVisit, lockPlan, readSession } from "./lock-plan.ts";
import { keepMove, unplaceVisit } from "./place-visit.ts";
import { planVisitLifecycle } from "./plan-lifecycle.ts";
import { planVisits, type PlanRow, type PlanSessionRow, type PlanVisitRow } from "./plans-tables.ts";
import { placementOf } from "./store-anew.ts";

/** A producer who cannot then is asked about one other time, and no third. */
const mostRefusals = 2;

/** Why a visit was dropped that its producer does not want, or not at any time that was found. */
const finalNo = "producer-refused";

type Answered = HandlerAnswer<typeof contract>;
type Said = Pick<HandlerInput<typeof contract>["body"], "reason" | "told" | "otherDay">;
type One = { plan: PlanRow; visit: PlanVisitRow; session: PlanSessionRow | null; role: Role };

/**
 * A producer's yes, with the agent's that was given before, is an agreement; their no has another time looked for, once.
 * An agent may say no to a visit of theirs, which then goes to another, until its day: then they say so of their month.
 * The first answer stands; the same again changes nothing. `not-yours` (403), `not-being-asked`, `already-answered`,
 * `answer-too-late`, `visit-moved`, `visit-day-come` (409).
 */
export async function answerVisit(
  { db, clock }: Means,
  context: Context,
  { params: { planVisitId }, body: { by, accept, ...said } }: HandlerInput<typeof contract>,
): Promise<Answered> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const plan = await lockPlan(tx, (await findVisit(tx, planVisitId)).planId);
      const visit = await findVisit(tx, planVisitId);
      const session = await readSession(tx, visit.sessionId);
      if (by === "agent") await asAgent(tx, act, { context, plan, visit, session, accept });
      else {
        const role = roleOf(context.actor, "requester", visit.personId);
        await asProducer(tx, act, { plan, visit, session, role }, { accept, ...said });
        await endQuestions(tx, act, context, [visit.personId]);
      }
      const after = await findVisit(tx, planVisitId);
      const { state, requestId, engagementId } = after;
      return { planVisitId, state, requestId, engagementId };
    }),
  );
}

async function asProducer(
  tx: Transaction,
  act: Act,
  { plan, visit, session, role }: One,
  { accept, told, ...no }: { accept: boolean } & Said,
): Promise<void> {
  const refused = visit.state === "refused" || (visit.state === "dropped" && visit.why?.code === finalNo);
  if (accept ? visit.state === "accepted" : refused) return;
  const answered = visit.state === "accepted" || visit.state === "refused" || visit.answeredAt !== null;
  if (visit.state !== "proposed" && answered)
    throw new DomainError("conflict", "already-answered", "This was answered before.", {
      details: { state: visit.state },
    });
  if (plan.state !== "approved" || visit.state !== "proposed" || !session)
    throw new DomainError("conflict", "not-being-asked", "Nobody is being asked about this visit.", {
      details: { state: visit.state },
    });
  if (giveUpVisitAt(session.day) <= act.at)
    throw new DomainError("conflict", "answer-too-late", "The time to answer is over.");
  if (told && (told.day !== session.day || told.startsAt !== wallTimeOf(session.minute)))
    throw new DomainError("conflict", "visit-moved", "The visit is at another day or hour by now.");
  if (accept) return agreeVisit(tx, act, { plan, visit, session, role });
  await refuse(tx, act, { plan, visit, session, role }, no);
}

async function refuse(
  tx: Transaction,
  act: Act,
  { plan, visit, session, role }: One,
  { reason, otherDay }: Pick<Said, "reason" | "otherDay">,
): Promise<void> {
  const from = placementOf(session);
  const final = reason === "not_needed" || visit.refused.length + 1 >= mostRefusals;
  // They know: nobody has to tell them that it is off.
  const knowing = { ...visit, proposedAt: null };
  if (final) {
    const why: Reason = { code: finalNo, parameters: reason ? { reason } : {} };
    await unplaceVisit(tx, act, { visit: knowing, from, why, role, drop: true });
    await tx.update(planVisits).set({ answeredAt: act.at }).where(eq(planVisits.id, visit.id));
  } else {
    const why: Reason = { code: "producer-cannot-then", parameters: session ? { day: session.day } : {} };
    const no = session ? [{ day: session.day, minute: null }] : [];
    await tx
      .update(planVisits)
      .set({
        state: nextState(planVisitLifecycle, visit.state, "refuse", role),
        why,
        sessionId: null,
        // The appointment that was fixed is the one they cannot keep.
        fixed: null,
        refused: [...visit.refused, ...no],
        otherDay: otherDay && otherDay.startsWith(plan.month) && otherDay > limaDay(act.at) ? otherDay : null,
        proposedAt: null,
        answeredAt: act.at,
        dueAt: null,
      })
      .where(eq(planVisits.id, visit.id));
    await keepMove(tx, act, { visitId: visit.id, from, to: null, why });
    await computeSoon(tx, act, plan);
  }
  await leaveSession(tx, act, { plan, visit, sessionId: visit.sessionId });
}

async function asAgent(
  tx: Transaction,
  act: Act,
  { context, plan, visit, session, accept }: Omit<One, "role"> & { context: Context; accept: boolean },
): Promise<void> {
  const agent = visit.providerId === null ? null : await findAgentOfPlan(tx, plan.id, visit.providerId);
  if (!agent || !session || agent.answer === null || plan.state !== "approved")
    throw new DomainError("conflict", "not-being-asked", "No agent is being asked about this visit.", {
      details: { state: visit.state },
    });
  const role = roleOf(context.actor, "provider", agent.personId);
  const engagement = await refuseIfOver(tx, visit);
  if (accept) {
    if (visit.agentAgrees || visit.state !== "planned") return;
    const dueAt = askVisitAt(session.day, act.at);
    await tx.update(planVisits).set({ agentAgrees: true, dueAt }).where(eq(planVisits.id, visit.id));
    await record(tx, act, "plan-visit.agent-agrees", `plan-visit:${visit.id}`);
    return;
  }
  if (engagement && engagement.visitOn <= limaDay(act.at))
    throw new DomainError("conflict", "visit-day-come", "The day of the visit has come.", {
      details: { visitOn: engagement.visitOn },
    });
  const why = { code: "agent-refused", parameters: { agent: agent.providerId } };
  await unplaceVisit(tx, act, { visit, from: placementOf(session), why, role });
  await tx
    .update(planVisits)
    .set({ refusedBy: [...visit.refusedBy, agent.providerId] })
    .where(eq(planVisits.id, visit.id));
  await leaveSession(tx, act, { plan, visit, sessionId: session.id });
  await computeSoon(tx, act, plan);
}
