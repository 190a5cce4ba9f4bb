import { limaInstant } from "@minka/domain/lima-time";
import postgres from "postgres";
import { signedIn, signingEnvironment } from "../support/signed-operator.ts";
import { startTestPlatform } from "../support/test-platform.ts";

export const month = "2026-12";
export const operatorPhone = "+51900000115";

type PlanVisit = { id: string; personId: string; day: string | null; startsAt: string | null };
export type Agent = { name: string; phone: string; personId: string; providerId: string };
export type Producer = { name: string; phone: string; personId: string };

/** The demo with an operator, for months that are planned through the services and lived through pages. */
export async function startMonths() {
  const platform = await startTestPlatform({
    environment: { ...signingEnvironment, OPERATOR_PHONES: operatorPhone },
  });
  const owner = postgres(platform.database.ownerUrl, { max: 1, onnotice: () => {} });
  const operator = signedIn(platform, "019ab1f0-3c5e-7d21-8a4b-5f6e7d8c9b0a");
  const done = async <Body>(answer: Promise<{ status: number; body: Body; text: string }>): Promise<Body> => {
    const { status, body, text } = await answer;
    if (status >= 300) throw new Error(`${status} ${text}`);
    await platform.settle();
    return body;
  };
  return {
    platform,
    operator,
    done,
    /** An hour of a day in Lima. */
    async goTo(day: string, hour: number): Promise<void> {
      platform.clock.set(limaInstant(day, hour));
      await platform.settle();
    },
    /** Agents near Tocache who prune cacao. */
    async agents(): Promise<Agent[]> {
      return owner<Agent[]>`
        select p.name, f.phone, p.person_id as "personId", p.id as "providerId"
        from catalog.providers p
        join catalog.agent_profiles a on a.provider_id = p.id
        join profiles.phones f on f.person_id = p.person_id
        where p.state = 'verified' and a.topics @> '[{"topic":"pruning"}]' and a.crops::text like '%cacao%'
          and p.district_code like '2210%'
          and exists (select from catalog.offers o where o.provider_id = p.id and o.kind = 'assistance'
            and o.state = 'published')
        order by p.id`;
    },
    async producers(count: number): Promise<Producer[]> {
      return owner<Producer[]>`
        select n.name, f.phone, n.id as "personId"
        from profiles.people n join profiles.phones f on f.person_id = n.id
        where n.district_code like '2210%' and n.id not in (select person_id from catalog.providers)
        order by n.id limit ${count}`;
    },
    /** An agent's month with these people, approved and told. */
    async plan(
      agent: Agent,
      producers: readonly Producer[],
    ): Promise<{ planId: string; visits: PlanVisit[] }> {
      const entries = producers.map(({ personId }) => ({ personId, topic: "pruning", crop: "cacao" }));
      await done(operator.post(`/api/matching/agents/${agent.providerId}/caseload`, { entries }));
      const body = { month, agentProviderIds: [agent.providerId] };
      const { planId } = await done(operator.post<{ planId: string }>("/api/matching/plans", body));
      await done(operator.post(`/api/matching/plans/${planId}/approval`));
      const { items } = await done(
        operator.get<{ items: PlanVisit[] }>(`/api/matching/plans/${planId}/visits?limit=100`),
      );
      return { planId, visits: items };
    },
    /** A producer's yes, as soon as they are asked. */
    async agree({ id, personId }: PlanVisit): Promise<void> {
      const own = signedIn(platform, personId, { operator: false });
      await done(own.post(`/api/matching/plan-visits/${id}/answer`, { accept: true }));
    },
    stop: async () => {
      await owner.end();
      await platform.stop();
    },
  };
}
export type Months = Awaited<ReturnType<typeof startMonths>>;
