import { randomUUID } from "node:crypto";
import {
  listPlanningAgents,
  visitPoints,
  type PlanningAgent,
  type VisitPoint,
} from "@minka/contracts/planning-sources";
import { contactCards } from "@minka/contracts/profiles";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";

/** North of Tocache; a hundredth of a degree is 1.1 km. */
export const town = { latitude: -8.19, longitude: -76.51 };
export const near = (north: number, east = 0) => ({
  latitude: town.latitude + north / 100,
  longitude: town.longitude + east / 100,
});

type Over = Partial<Omit<PlanningAgent, "profile">> & {
  capacity?: number;
  reachKm?: number;
  base?: typeof town;
};

/** What catalog and profiles say of agents and of where people are. */
export function createFakePlanning() {
  const agents: PlanningAgent[] = [];
  const people = new Map<string, VisitPoint>();
  /** Happens once, while visits are being placed: after what stands was read, before anything is stored. */
  const meanwhile: (() => Promise<unknown>)[] = [];
  return {
    agents,
    people,
    meanwhile,
    addAgent({ capacity = 200, reachKm = 30, base = town, ...over }: Over = {}): PlanningAgent {
      const agent: PlanningAgent = {
        providerId: randomUUID(),
        providerName: "Rosa Tuanama",
        personId: randomUUID(),
        state: "verified",
        restUntil: null,
        organizationIds: [],
        profile: {
          topics: [
            { topic: "pruning", level: "basic" },
            { topic: "harvest", level: "basic" },
          ],
          crops: ["cacao"],
          languages: ["spa"],
          base,
          reachKm,
          monthlyCapacity: capacity,
        },
        offers: [
          {
            offerId: randomUUID(),
            version: 1,
            topics: ["pruning", "harvest"],
            crops: ["cacao"],
            priceCentimos: 0,
            priceUnit: "visita",
            monthlyCapacity: capacity,
          },
        ],
        ...over,
      };
      agents.push(agent);
      return agent;
    },
    addPerson(point = town, over: Partial<VisitPoint> = {}): string {
      const personId = randomUUID();
      people.set(personId, {
        personId,
        districtCode: "221001",
        locality: "Nuevo Progreso",
        point,
        exact: true,
        woman: false,
        prefersWoman: false,
        organizationIds: [],
        ...over,
      });
      return personId;
    },
    catalogRoutes(app: App): void {
      mountEndpoint(app, listPlanningAgents, async ({ body: { providerIds, organizationId } }) => ({
        agents: agents
          .filter(({ providerId, state }) => providerIds?.includes(providerId) ?? state === "verified")
          .filter((agent) => !organizationId || agent.organizationIds.includes(organizationId)),
        next: null,
      }));
    },
    profilesRoutes(app: App): void {
      mountEndpoint(app, visitPoints, async ({ body: { personIds } }) => {
        await meanwhile.shift()?.();
        return { people: personIds.flatMap((id) => people.get(id) ?? []) };
      });
      mountEndpoint(app, contactCards, async ({ body: { personIds } }) => ({
        contacts: personIds.map((personId) => ({
          personId,
          name: "Elva Shupingahua",
          phone: "+51987654321",
          shared: false,
          withdrawn: false,
          districtCode: "221001",
        })),
      }));
    },
  };
}
