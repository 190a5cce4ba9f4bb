import type { Actor } from "@minka/contracts/actor";
import { listMemberships } from "@minka/contracts/memberships";
import { listPlanningAgents, type PlanningAgent } from "@minka/contracts/planning-sources";
import { DomainError } from "@minka/domain/errors";
import type { Caller } from "@minka/http/caller";
import type { ServiceKit } from "@minka/service/define-service";

/** What use cases need that look after agents: other services are asked before the transaction. */
export type Services = Pick<ServiceKit, "db" | "clock" | "call">;

/** As whom somebody has a say over an agent's month. A manager's organization is the one whose agent it is. */
export type Part =
  | { readonly as: "operator"; readonly organizationId: null }
  | { readonly as: "manager"; readonly organizationId: string }
  | { readonly as: "agent"; readonly organizationId: null };

export const isOperator = (actor: Actor): boolean => actor.kind === "person" && actor.operator;

/** The organizations that the actor manages, asked of profiles. */
async function managedBy(call: Caller, actor: Actor, trace: string): Promise<string[]> {
  if (actor.kind !== "person") return [];
  const { memberships } = await call(listMemberships, { params: { personId: actor.personId } }, { trace });
  return memberships
    .filter(({ role, state }) => role === "manager" && state === "active")
    .map(({ organizationId }) => organizationId);
}

/** Throws `not-your-organization` (403) for who is neither an operator nor its manager. */
export async function refuseUnlessManager(
  call: Caller,
  actor: Actor,
  organizationId: string | null,
  trace: string,
): Promise<void> {
  if (isOperator(actor)) return;
  if (organizationId !== null && (await managedBy(call, actor, trace)).includes(organizationId)) return;
  throw new DomainError("forbidden", "not-your-organization", "You may not do this for this organization.");
}

export async function findAgents(
  call: Caller,
  providerIds: readonly string[],
  trace: string,
): Promise<PlanningAgent[]> {
  if (providerIds.length === 0) return [];
  const { agents } = await call(
    listPlanningAgents,
    { body: { providerIds: [...new Set(providerIds)] } },
    { trace },
  );
  return agents;
}

/**
 * An agent with what the actor is to it: an operator, a manager of its organization, or the agent themself where
 * `orAgent`. Throws `agent-unknown` (404) and `not-your-agent` (403).
 */
export async function readAgentFor(
  call: Caller,
  actor: Actor,
  { providerId, trace, orAgent = false }: { providerId: string; trace: string; orAgent?: boolean },
): Promise<{ agent: PlanningAgent; part: Part }> {
  const [agent] = await findAgents(call, [providerId], trace);
  if (!agent) throw new DomainError("not-found", "agent-unknown", "No agent has this id.");
  if (isOperator(actor)) return { agent, part: { as: "operator", organizationId: null } };
  if (orAgent && actor.kind === "person" && actor.personId === agent.personId)
    return { agent, part: { as: "agent", organizationId: null } };
  const managed = await managedBy(call, actor, trace);
  const organizationId = agent.organizationIds.find((each) => managed.includes(each));
  if (organizationId === undefined)
    throw new DomainError("forbidden", "not-your-agent", "This agent is not your organization's.");
  return { agent, part: { as: "manager", organizationId } };
}
