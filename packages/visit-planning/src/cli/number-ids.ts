import type { PlanningResult } from "../instance.ts";

/** Ids that were given as numbers, by the text that stands for them while planning. */
export type NumberIds = { agents: Map<string, number>; visits: Map<string, number> };

/** Other systems number their agents and visits: whole numbers become texts, in place. */
export function textForNumbers(document: unknown): NumberIds {
  const ids: NumberIds = { agents: new Map(), visits: new Map() };
  const text = (holder: Record<PropertyKey, unknown>, key: PropertyKey, known: Map<string, number>): void => {
    const id = holder[key];
    if (typeof id !== "number" || !Number.isSafeInteger(id)) return;
    known.set(String(id), id);
    holder[key] = String(id);
  };
  if (!isRecord(document)) return ids;
  for (const agent of listOf(document["agents"])) text(agent, "id", ids.agents);
  for (const visit of listOf(document["visits"])) {
    text(visit, "id", ids.visits);
    text(visit, "previousAgent", ids.agents);
    const { except } = visit;
    if (isRecord(except)) for (const key of Object.keys(except)) text(except, key, ids.agents);
  }
  return ids;
}

/** The plan with the ids as they were given. */
export function withNumbers(plan: PlanningResult, ids: NumberIds): unknown {
  const agentId = (id: string): string | number => ids.agents.get(id) ?? id;
  const visitId = (id: string): string | number => ids.visits.get(id) ?? id;
  return {
    ...plan,
    assignments: plan.assignments.map((one) => ({
      ...one,
      visit: visitId(one.visit),
      agent: agentId(one.agent),
    })),
    unassigned: plan.unassigned.map(visitId),
    sessions: plan.sessions.map((one) => ({
      ...one,
      agent: agentId(one.agent),
      visits: one.visits.map(visitId),
    })),
  };
}

function listOf(value: unknown): Record<PropertyKey, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === "object" && value !== null;
}
