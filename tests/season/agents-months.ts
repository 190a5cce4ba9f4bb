import { putCaseload } from "@minka/contracts/caseloads";
import { answerPlanMonth, answerPlanVisit } from "@minka/contracts/plan-visits";
import { approvePlan, listPlanVisits, makePlan, readPlan } from "@minka/contracts/plans";
import { distanceKm } from "@minka/geography/distance";
import type { Topic } from "@minka/domain/vocabulary";
import type { Population, Producer } from "./population.ts";
import { chanceOf, later, unlessRefused, type Stage } from "./stage.ts";

/** Of the agent's places in a month: the rest is for who asks by themself. Ours. */
const owedPart = 0.5;
const shares = { agentAgrees: 0.94, producerAnswers: 0.8, producerAgrees: 0.86, notNeeded: 0.3 } as const;
const mostEntries = 500;
const pageSize = 100;

export type PlannedVisit = {
  readonly personId: string;
  readonly agent: string;
  readonly topic: Topic | null;
  readonly crop: Producer["crop"] | null;
};
export type PlannedMonth = { readonly month: string; readonly visits: readonly PlannedVisit[] };

/** Whom agents owe a visit a month, the plans of their months, and what they and the producers say to them. */
export function createAgentsMonths(stage: Stage, population: Population, operatorId: string) {
  const { platform } = stage;
  const operator = platform.operator(operatorId);
  const { say } = platform;
  const planned: PlannedMonth[] = [];

  async function planMonth(month: string): Promise<void> {
    const { planId } = await operator(makePlan, { body: { month } });
    await platform.settle();
    const { plan } = await operator(readPlan, { params: { planId } });
    if (plan.state !== "draft") throw new Error(`the plan of ${month} is ${plan.state}: ${plan.why?.code}`);
    planned.push({ month, visits: await visitsOf(planId) });
    await operator(approvePlan, { params: { planId } });
  }

  async function visitsOf(planId: string): Promise<PlannedVisit[]> {
    const visits: PlannedVisit[] = [];
    for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
      const query = { state: "planned" as const, limit: pageSize, ...(cursor === null ? {} : { cursor }) };
      const page: {
        items: readonly (Omit<PlannedVisit, "agent"> & { providerId: string | null })[];
        next: string | null;
      } = await operator(listPlanVisits, { params: { planId }, query });
      for (const { personId, providerId, topic, crop } of page.items)
        if (providerId !== null) visits.push({ personId, agent: providerId, topic, crop });
      cursor = page.next;
    }
    return visits;
  }

  return {
    planned,
    planMonth,
    async enterCaseloads(): Promise<void> {
      for (const { providerId, entries } of caseloadsOf(population))
        for (let start = 0; start < entries.length; start += mostEntries) {
          const body = { entries: entries.slice(start, start + mostEntries) };
          await operator(putCaseload, { params: { providerId }, body });
        }
    },
    agentTold({
      planId,
      providerId,
      occasion,
    }: {
      planId: string;
      providerId: string;
      occasion: string;
    }): void {
      const chance = chanceOf(stage, `${providerId} ${occasion} ${planned.length}`);
      const accept = chance.happens(shares.agentAgrees);
      later(stage, chance.between(0, 3), async () => {
        const body = accept ? { accept: true as const } : { accept: false as const, reason: "busy" as const };
        await unlessRefused(stage, () => say(answerPlanMonth, { params: { planId, providerId }, body }));
      });
    },
    proposed({
      planVisitId,
      personId,
      occasion,
    }: {
      planVisitId: string;
      personId: string;
      occasion: string;
    }): void {
      const chance = chanceOf(stage, `${personId} ${occasion} ${planned.length}`);
      if (!chance.happens(shares.producerAnswers)) return;
      const accept = chance.happens(shares.producerAgrees);
      const reason = chance.happens(shares.notNeeded) ? ("not_needed" as const) : ("busy" as const);
      later(stage, chance.between(0, 3), async () => {
        const body = accept ? { accept } : { accept, reason };
        await unlessRefused(stage, () => say(answerPlanVisit, { params: { planVisitId }, body }));
      });
    },
  };
}

/** Each agent owes visits to whole hamlets, the nearest first, one topic to a hamlet. */
function caseloadsOf({ producers, agents }: Population) {
  const left = new Map<string, Producer[]>();
  for (const producer of producers) {
    const key = `${producer.districtCode} ${producer.hamlet.name} ${producer.crop}`;
    left.set(key, [...(left.get(key) ?? []), producer]);
  }
  return agents.flatMap(({ id: providerId, agent }) => {
    if (!agent) return [];
    const { base, reachKm, crops, topics, monthlyCapacity } = agent;
    const near = [...left].flatMap(([key, people]) => {
      const [one] = people;
      const km =
        one && crops.some((crop) => crop === one.crop) ? distanceKm(base, one.hamlet.point) : Infinity;
      return km <= reachKm ? [{ key, people, km }] : [];
    });
    const wanted = Math.floor(monthlyCapacity * owedPart);
    const entries: { personId: string; topic: Topic; crop: Producer["crop"] }[] = [];
    for (const [index, { key, people }] of near.toSorted((a, b) => a.km - b.km).entries()) {
      const topic = topics[index % topics.length]?.topic;
      if (entries.length >= wanted || topic === undefined) break;
      const taken = people.slice(0, wanted - entries.length);
      left.set(key, people.slice(taken.length));
      entries.push(...taken.map(({ id, crop }) => ({ personId: id, topic, crop })));
    }
    return entries.length > 0 ? [{ providerId, entries }] : [];
  });
}
