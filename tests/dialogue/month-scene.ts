import { identifyPhone } from "@minka/contracts/profiles";
import { signedIn, signingEnvironment } from "../support/signed-operator.ts";
import { stage, type Party } from "./scene.ts";

const month = "2026-12";

type PlanVisit = {
  id: string;
  personId: string;
  state: string;
  day: string | null;
  startsAt: string | null;
  sessionId: string | null;
  kind: "group" | "single" | null;
  engagement: { state: string } | null;
};
export type Producer = Party & { personId: string };

/** A stage on which agents' months are planned by somebody with a phone of their own. */
export function monthStage() {
  const on = stage({ environment: signingEnvironment });

  const idOf = async (phone: Party): Promise<string> => {
    const call = on.platform.callAs("notifications");
    const { person } = await call(identifyPhone, { body: { phone: phone.number } }, { trace: "test" });
    if (!person) throw new Error(`${phone.number} is nobody's`);
    return person.id;
  };

  const scene = {
    ...on,
    get platform() {
      return on.platform;
    },
    get owner() {
      return on.owner;
    },
    idOf,
    /** People with a name and a farm somewhere, who are asked nothing. */
    async producers<Name extends string>(
      wanted: Readonly<Record<Name, string>>,
    ): Promise<Record<Name, Producer>> {
      const people = (Object.entries(wanted) as [Name, string][]).map(([name, place]) => ({
        name,
        place,
        phone: on.stranger(),
      }));
      for (const { name, place, phone } of people) await phone.writes(`me llamo ${name}, soy de ${place}`);
      await on.settle();
      for (const { phone } of people) await phone.writes("si");
      await on.settle();
      const known = await Promise.all(
        people.map(async ({ name, phone }) => {
          await phone.reads();
          return [name, { ...phone, personId: await idOf(phone) }] as const;
        }),
      );
      return Object.fromEntries(known) as Record<Name, Producer>;
    },
    /** An agent of the demo near Tocache who prunes cacao, one that no test has had. */
    async agent(): Promise<Party & { providerId: string; personId: string; name: string }> {
      const [row] = await on.owner<{ id: string; name: string; person_id: string; phone: string }[]>`
        select p.id, p.name, p.person_id, f.phone
        from catalog.providers p
        join catalog.agent_profiles a on a.provider_id = p.id
        join profiles.phones f on f.person_id = p.person_id
        where p.state = 'verified' and a.topics @> '[{"topic":"pruning"}]' and a.crops::text like '%cacao%'
          and p.district_code like '2210%' and p.id not in (select provider_id from matching.plan_agents)
          and exists (select from catalog.offers o where o.provider_id = p.id and o.kind = 'assistance'
            and o.state = 'published')
        order by p.id limit 1`;
      if (!row) throw new Error("no agent is left");
      const phone = await on.someoneAt(row.phone);
      return { ...phone, providerId: row.id, personId: row.person_id, name: row.name };
    },
    /** The month of an agent with these people, as it is made for somebody who is told of it. */
    async planFor(agent: { providerId: string }, producers: readonly Producer[], over: object = {}) {
      const { Elena: manager } = await scene.producers({ Elena: "tocache" });
      const desk = signedIn(on.platform, manager.personId);
      const done = async <Body>(answer: Promise<{ status: number; body: Body; text: string }>) => {
        const { status, body, text } = await answer;
        if (status >= 300) throw new Error(`${status} ${text}`);
        await on.settle();
        return body;
      };
      await done(
        desk.post(`/api/matching/agents/${agent.providerId}/caseload`, {
          entries: producers.map(({ personId }) => ({ personId, topic: "pruning", crop: "cacao" })),
        }),
      );
      const { planId } = await done(
        desk.post<{ planId: string }>("/api/matching/plans", {
          month,
          agentProviderIds: [agent.providerId],
          ...over,
        }),
      );
      const path = `/api/matching/plans/${planId}`;
      const visits = async () =>
        (await done(desk.get<{ items: PlanVisit[] }>(`${path}/visits?limit=100`))).items;
      return {
        planId,
        manager,
        desk,
        visits,
        visitOf: async ({ personId }: Producer): Promise<PlanVisit & { day: string; startsAt: string }> => {
          const visit = (await visits()).find((each) => each.personId === personId);
          if (!visit) throw new Error("is not visited");
          return { ...visit, day: visit.day ?? "", startsAt: visit.startsAt ?? "" };
        },
        approve: () => done(desk.post(`${path}/approval`)),
        /** The agent answers to their month on the web. */
        answerAs: (who: { providerId: string; personId: string }, body: object) =>
          done(
            signedIn(on.platform, who.personId, { operator: false }).post(
              `${path}/agents/${who.providerId}/answer`,
              body,
            ),
          ),
      };
    },
    /** An hour of a day in Lima. */
    async goTo(day: string, hour: number): Promise<void> {
      on.platform.clock.set(new Date(Date.parse(`${day}T05:00:00Z`) + hour * 3_600_000));
      await on.settle();
    },
  };
  return scene;
}

export function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}
