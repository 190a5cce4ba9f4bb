import { randomUUID } from "node:crypto";
import type { PlanningAgent, VisitPoint } from "@minka/contracts/planning-sources";
import type { Answer as EndpointAnswer } from "@minka/contracts/endpoint";
import type { PlanVisit, readPlan as contract } from "@minka/contracts/plans";
import { deliveries } from "@minka/database/deliveries";
import { asc, sql } from "@minka/database/query";
import { near } from "./fake-planning.ts";
import { startMatching, type MatchingRun } from "./matching-run.ts";

export const month = "2026-12";
type Answer = Awaited<ReturnType<ReturnType<MatchingRun["signIn"]>>>;
type ReadPlan = EndpointAnswer<typeof contract>["plan"];

/** Matching with agents and people to plan for, an operator, and an organization's manager. */
export async function startPlanning() {
  const run = await startMatching();
  const operator = run.signIn(randomUUID(), true);
  const managerId = randomUUID();
  const organizationId = randomUUID();
  run.sponsors.organizations.set(organizationId, { name: "Cooperativa", managers: [managerId] });
  const manager = run.signIn(managerId);
  const done = async (answer: Promise<Answer>) => {
    const { status, body } = await answer;
    if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
    return body;
  };
  const visitsOf = async (planId: string): Promise<PlanVisit[]> =>
    (await done(operator("GET", `/api/matching/plans/${planId}/visits?limit=100`))).items;
  const readPlan = async (planId: string): Promise<ReadPlan> =>
    (await done(operator("GET", `/api/matching/plans/${planId}`))).plan;
  const owe = (agent: PlanningAgent, personIds: readonly string[], topic = "pruning") =>
    done(
      operator("POST", `/api/matching/agents/${agent.providerId}/caseload`, {
        entries: personIds.map((personId) => ({ personId, topic, crop: "cacao" })),
      }),
    );
  const make = async (agents: readonly PlanningAgent[], over: object = {}): Promise<string> => {
    const agentProviderIds = agents.map(({ providerId }) => providerId);
    const body = { month, agentProviderIds, ...over };
    const { planId } = await done(operator("POST", "/api/matching/plans", body));
    await run.settle();
    return planId;
  };
  const agreeMonth = (planId: string, agent: PlanningAgent, body: object = { accept: true }) =>
    done(
      run.signIn(agent.personId)(
        "POST",
        `/api/matching/plans/${planId}/agents/${agent.providerId}/answer`,
        body,
      ),
    );
  return {
    ...run,
    operator,
    manager,
    managerId,
    organizationId,
    done,
    owe,
    make,
    visitsOf,
    readPlan,
    agreeMonth,
    approve: (planId: string) => done(operator("POST", `/api/matching/plans/${planId}/approval`)),
    answer: (visit: PlanVisit, body: object) =>
      run.signIn(visit.personId)("POST", `/api/matching/plan-visits/${visit.id}/answer`, body),
    /** A day in Lima at an hour, as the clock is set. */
    goTo: async (day: string, hour: number) => {
      run.clock.set(new Date(Date.parse(`${day}T05:00:00Z`) + hour * 3_600_000));
      await run.settle();
    },
    /** What agents and producers are told of a plan, oldest first. */
    async toldOf(planId: string) {
      const rows = await run.owner.read
        .select({ event: deliveries.event, payload: deliveries.payload })
        .from(deliveries)
        .where(
          sql`${deliveries.payload}->>'planId' = ${planId} and ${deliveries.event} <> 'plan.needs-review'`,
        )
        .orderBy(asc(deliveries.id));
      return rows.map(({ event, payload }) => ({ event, payload: Object(payload) }));
    },
  };
}
export type PlanRun = Awaited<ReturnType<typeof startPlanning>>;

/** The visit of a person. */
export function visitOf(visits: readonly PlanVisit[], personId: string): PlanVisit {
  const visit = visits.find((each) => each.personId === personId);
  if (!visit) throw new Error(`${personId} is not visited`);
  return visit;
}

export function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

/** An agent with people far enough from each other that each is a stop, approved and agreed to by the agent. */
export async function agreedPlan(run: PlanRun, people: number, over: Partial<VisitPoint> = {}) {
  const agent = run.planning.addAgent();
  const ids = Array.from({ length: people }, (_, index) => run.planning.addPerson(near(5 * index), over));
  await run.owe(agent, ids);
  const planId = await run.make([agent]);
  await run.approve(planId);
  await run.agreeMonth(planId, agent);
  const visits = await run.visitsOf(planId);
  const visit = visitOf(visits, ids[0] ?? "");
  const day = visit.day ?? "";
  /** The first visit as it is now. */
  const now = async () => visitOf(await run.visitsOf(planId), visit.personId);
  /** Its producer says yes, five days ahead. */
  const agree = async (): Promise<{ requestId: string; engagementId: string }> => {
    await run.goTo(dayBefore(day, 5), 17);
    return await run.done(run.answer(visit, { accept: true }));
  };
  return { agent, planId, ids, visits, visit, day, now, agree };
}
