import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { PlanningAgent } from "@minka/contracts/planning-sources";
import type { makePlan as contract } from "@minka/contracts/plans";
import { nudgeAfterCommit, type Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { addMonths, limaDay, limaInstant } from "@minka/domain/lima-time";
import { actOf, type Context } from "@minka/service/act";
import { and, eq, exists, inArray, isNull, or, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { findAgents, refuseUnlessManager, type Services } from "../caseloads/agent-rights.ts";
import { idempotencyKeys } from "../tables.ts";
import { standingPlanStates } from "./lock-plan.ts";
import { planAgents, plans } from "./plans-tables.ts";

type Body = HandlerInput<typeof contract>["body"];

/**
 * Has a month planned; the job `make-plan` does it. An agent is in one plan of a month: where agents are named and one
 * of them is in another, and where the same is being planned already, `plan-exists` (409). Without names those who are
 * in none take part. `month-past`, `agent-unknown` (422), `not-your-organization`, `not-your-agent` (403).
 */
export async function makePlan(
  { db, clock, call }: Services,
  context: Context,
  { body }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const { month, organizationId, agentProviderIds = null, ...limits } = body;
  await refuseUnlessManager(call, context.actor, organizationId, context.trace);
  if (agentProviderIds)
    refuseStrangers(
      await findAgents(call, agentProviderIds, context.trace),
      agentProviderIds,
      organizationId,
    );
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      if (month < limaDay(act.at).slice(0, 7))
        throw new DomainError("invalid", "month-past", "This month is over.", {
          errors: [{ path: "body.month", message: "must be this month or a later one" }],
        });
      await lockMonth(tx, month);
      await refuseTaken(tx, body);
      const planId = newId();
      await tx.insert(plans).values({
        id: planId,
        month,
        organizationId,
        madeBy: context.actor.kind === "person" ? context.actor.personId : null,
        state: "computing",
        settings: { ...limits, agentProviderIds },
        computeAt: act.at,
        computeAttempts: 0,
        version: 1,
        createdAt: act.at,
        closesAt: limaInstant(addMonths(`${month}-01`, 1), 0),
        trace: act.trace,
      });
      await record(tx, act, "plan.make", `plan:${planId}`);
      nudgeAfterCommit(tx, { service: "matching", job: "make-plan", id: planId, trace: act.trace });
      return { planId, state: "computing" as const };
    }),
  );
}

/** Who plans a month waits for who plans the same: an agent must not be in two plans. */
export async function lockMonth(tx: Transaction, month: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`plans of ${month}`}, 0))`);
}

function refuseStrangers(
  agents: readonly PlanningAgent[],
  named: readonly string[],
  organizationId: string | null,
): void {
  const known = new Map(agents.map((agent) => [agent.providerId, agent]));
  const errors = named.flatMap((providerId, index) =>
    known.has(providerId) ? [] : [{ path: `body.agentProviderIds.${index}`, message: "is no agent" }],
  );
  if (errors.length > 0)
    throw new DomainError("invalid", "agent-unknown", "Some of these are no agents.", { errors });
  if (organizationId === null) return;
  if (agents.every(({ organizationIds }) => organizationIds.includes(organizationId))) return;
  throw new DomainError("forbidden", "not-your-agent", "Some of these agents are not the organization's.");
}

async function refuseTaken(
  tx: Transaction,
  { month, organizationId, agentProviderIds }: Pick<Body, "month" | "organizationId" | "agentProviderIds">,
): Promise<void> {
  const ofMonth = and(eq(plans.month, month), inArray(plans.state, [...standingPlanStates]));
  const unnamed = sql`${plans.settings}->'agentProviderIds' = 'null'::jsonb`;
  const its =
    organizationId === null ? isNull(plans.organizationId) : eq(plans.organizationId, organizationId);
  const [taken, making] = agentProviderIds
    ? [
        exists(
          tx
            .select({ id: planAgents.planId })
            .from(planAgents)
            .where(and(eq(planAgents.planId, plans.id), inArray(planAgents.providerId, agentProviderIds))),
        ),
        // Its agents are known once it is made: those that it names, or all who are free.
        or(
          sql`jsonb_exists_any(nullif(${plans.settings}->'agentProviderIds', 'null'), ${sql.param(agentProviderIds)}::text[])`,
          and(unnamed, or(isNull(plans.organizationId), its)),
        ),
      ]
    : [and(eq(plans.state, "draft"), unnamed, its), and(unnamed, its)];
  const [plan] = await tx
    .select({ id: plans.id })
    .from(plans)
    .where(and(ofMonth, or(taken, and(eq(plans.state, "computing"), making))))
    .limit(1);
  if (!plan) return;
  throw new DomainError("conflict", "plan-exists", "This month is planned already.", {
    details: { planId: plan.id },
  });
}
