import { crops, topics } from "@minka/domain/vocabulary";
import { z } from "zod";
import { centimos, districtCode, limaDay, pointInPeru } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { agentProfile } from "./provider-details.ts";
import { providerStates } from "./provider-decisions.ts";

/** What a plan of visits is made from, read from those who own it. Points are private: for services alone. */
const planningAgent = z.object({
  providerId: z.uuid(),
  providerName: z.string(),
  personId: z.uuid().describe("Its contact person, who is asked"),
  state: z.enum(providerStates),
  restUntil: limaDay.nullable().describe("Found by nobody up to this day"),
  organizationIds: z
    .array(z.uuid())
    .describe("Whose agent it is: the organization that it belongs to, and those that it granted its offers"),
  profile: agentProfile.omit({ resells: true }).nullable().describe("Null until somebody has written it"),
  offers: z
    .array(
      z.object({
        offerId: z.uuid(),
        version: z.int(),
        topics: z.array(z.enum(topics)),
        crops: z.array(z.enum(crops)).describe("Empty: any"),
        priceCentimos: centimos.nullable(),
        priceUnit: z.string().nullable(),
        monthlyCapacity: z.int().nullable(),
      }),
    )
    .describe("Its published offers of visits: what is agreed on is agreed on their terms"),
});
export type PlanningAgent = z.output<typeof planningAgent>;

export const listPlanningAgents = endpoint({
  service: "catalog",
  method: "POST",
  path: "/api/catalog/agents",
  summary:
    "Agents with where they set out from, how far they go, what they know and offer: by id, of an organization, or all, page by page in order of id. The base point is private.",
  access: ["service"],
  body: z.object({
    providerIds: z.array(z.uuid()).max(500).optional().describe("Only these, whatever their state"),
    organizationId: z.uuid().optional().describe("Only the verified ones of this organization"),
    after: z.uuid().nullable().default(null).describe("`next` of the page before"),
    limit: z.int().min(1).max(500).default(500),
  }),
  answer: z.object({ agents: z.array(planningAgent), next: z.uuid().nullable() }),
});

export const visitPoint = z.object({
  personId: z.uuid(),
  districtCode,
  locality: z.string().nullable().describe("The hamlet, as its people call it"),
  point: pointInPeru.describe("Of their largest plot, or of the district where no plot has one"),
  exact: z.boolean().describe("Whether it is a plot's"),
  woman: z.boolean().default(false).describe("Who said so"),
  prefersWoman: z.boolean().default(false).describe("Wants to be attended by a woman"),
  organizationIds: z.array(z.uuid()).describe("Where they are members today"),
});
export type VisitPoint = z.output<typeof visitPoint>;

export const visitPoints = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/visit-points",
  summary:
    "Where people are to be visited. Who is not active, is in no district or does not agree that Minka serves them is left out.",
  access: ["service"],
  body: z.object({ personIds: z.array(z.uuid()).min(1).max(500) }),
  answer: z.object({ people: z.array(visitPoint) }),
});

export const planningSourceEndpoints = [listPlanningAgents, visitPoints];
