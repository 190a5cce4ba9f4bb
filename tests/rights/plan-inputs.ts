import { newId } from "@minka/database/new-id";
import { findDistrict } from "@minka/geography/districts";
import postgres from "postgres";
import type { Input, Means, Try, Written } from "./tries.ts";
import type { Rows } from "./world.ts";

const month = "2026-12";
const granted = new Set<string>();

/** The village whose rows these are. */
const villageOf = ({ rows }: Try, { world }: Means) =>
  [world.home, world.stranger, world.forOperator, world.forService].find(
    ({ districtCode }) => districtCode === rows["districtCode"],
  ) ?? world.home;

/** The agent of the rows' village, whose offers its organization may manage: so it is that organization's agent. */
async function agentOf(attempt: Try, means: Means): Promise<{ providerId: string; personId: string }> {
  const { people } = villageOf(attempt, means);
  const owner = postgres(means.platform.database.ownerUrl, { max: 1, onnotice: () => {} });
  const [row] = await owner`
    select id from catalog.providers where person_id = ${people.agent.id} and 'agent' = any(kinds)`;
  const providerId = String(row?.["id"]);
  const organizationId = attempt.rows["organizationId"];
  if (organizationId && !granted.has(`${providerId} ${organizationId}`)) {
    granted.add(`${providerId} ${organizationId}`);
    await owner`
      insert into catalog.provider_grants (id, provider_id, organization_id, granted_by, granted_at)
      values (${newId()}, ${providerId}, ${organizationId}, 'rights-test', now()) on conflict do nothing`;
  }
  await owner.end();
  return { providerId, personId: people.agent.id };
}

/** Whatever other calls did to the agent: somebody may have complained, or paused the offers. */
async function putToWork({ platform }: Means, providerId: string): Promise<void> {
  const owner = postgres(platform.database.ownerUrl, { max: 1, onnotice: () => {} });
  await owner`update catalog.providers set state = 'verified', rests_until = null where id = ${providerId}`;
  await owner`
    update catalog.offers set state = 'published' where provider_id = ${providerId} and kind = 'assistance'`;
  await owner.end();
}

type PlanState = "draft" | "approved";

/** A plan of the rows' organization with one visit of the rows' person by the village's agent. */
async function newPlan(
  attempt: Try,
  means: Means,
  { state = "draft", asked = false }: { state?: PlanState; asked?: boolean } = {},
): Promise<Rows> {
  const { providerId, personId } = await agentOf(attempt, means);
  const [planId, sessionId, planVisitId] = [newId(), newId(), newId()];
  const visited = attempt.rows["personId"] ?? newId();
  const at = means.platform.clock();
  const organizationId = attempt.rows["organizationId"] ?? null;
  const visitState = asked ? "refused" : "planned";
  const owner = postgres(means.platform.database.ownerUrl, { max: 1, onnotice: () => {} });
  await owner`insert into matching.plans
    (id, month, organization_id, state, settings, compute_attempts, version, created_at, closes_at, trace) values
    (${planId}, ${month}, ${organizationId}, ${state},
     ${owner.json({ agentProviderIds: [providerId], groupMax: 8, groupRadiusKm: 1.5, keepKm: 5 })},
     0, 1, ${at}, ${new Date("2027-01-01T05:00:00Z")}, 'rights-test')`;
  await owner`insert into matching.plan_agents
    (plan_id, provider_id, provider_name, person_id, answer, asked_at, due_at, reminded, unavailable, trace) values
    (${planId}, ${providerId}, 'Técnico', ${personId}, ${state === "approved" ? "waiting" : null}, ${at},
     ${new Date("2026-12-30T22:00:00Z")}, false, '{}', 'rights-test')`;
  await owner`insert into matching.plan_sessions
    (id, plan_id, provider_id, kind, day, minute, stop_order, host_visit_id) values
    (${sessionId}, ${planId}, ${providerId}, 'single', '2026-12-29', 480, 1, ${planVisitId})`;
  await owner`insert into matching.plan_visits
    (id, plan_id, person_id, topic, crop, district_code, woman_only, state, provider_id, session_id, refused,
     refused_by, agent_agrees, proposals, reminded, trace) values
    (${planVisitId}, ${planId}, ${visited}, 'pruning', 'cacao', ${attempt.rows["districtCode"] ?? "221001"}, false,
     ${visitState}, ${providerId}, ${sessionId}, '[]', '{}', true, ${asked ? 1 : 0}, false, 'rights-test')`;
  await owner.end();
  return { planId, planVisitId, providerId };
}

const ofAgent =
  (more: (attempt: Try, means: Means) => Omit<Input, "params"> = () => ({})): Written =>
  async (attempt, means) => ({
    params: { providerId: (await agentOf(attempt, means)).providerId },
    ...more(attempt, means),
  });
const ofPlan =
  (options: { state?: PlanState; asked?: boolean } = {}, body?: object): Written =>
  async (attempt, means) => ({
    params: await newPlan(attempt, means, options),
    ...(body ? { body } : {}),
  });
/** Somebody of the village who belongs to its organization: its manager does. */
const memberOf = (attempt: Try, means: Means) => villageOf(attempt, means).people.manager.id;

let minutes = 0;
const appointment = (attempt: Try, means: Means) => {
  minutes += 1;
  return {
    personId: memberOf(attempt, means),
    topic: "pruning",
    crop: "cacao",
    day: "2026-12-15",
    startsAt: `0${Math.floor(minutes / 60) % 10}:${String(minutes % 60).padStart(2, "0")}`,
  };
};

/** What agents' months need to be tried, by operation. */
export const plansWritten: Readonly<Record<string, Written>> = {
  "POST /api/matching/agents/:providerId/caseload": ofAgent((attempt, means) => ({
    body: { entries: [{ personId: memberOf(attempt, means), topic: "pruning", crop: "cacao" }] },
  })),
  "GET /api/matching/agents/:providerId/caseload": ofAgent(() => ({ query: {} })),
  "POST /api/matching/agents/:providerId/caseload/removal": ofAgent(() => ({
    body: { personIds: [newId()] },
  })),
  "PUT /api/matching/agents/:providerId/calendar": ofAgent(() => ({ body: {} })),
  "GET /api/matching/agents/:providerId/calendar": ofAgent(),
  "POST /api/matching/agents/:providerId/appointments": ofAgent((attempt, means) => ({
    body: appointment(attempt, means),
  })),
  "DELETE /api/matching/agents/:providerId/appointments/:appointmentId": async (attempt, means) => {
    const { providerId } = await agentOf(attempt, means);
    const { personId, day } = appointment(attempt, means);
    const appointmentId = newId();
    const owner = postgres(means.platform.database.ownerUrl, { max: 1, onnotice: () => {} });
    await owner`insert into matching.appointments
      (id, provider_id, person_id, topic, crop, day, minute, added_at) values
      (${appointmentId}, ${providerId}, ${personId}, 'pruning', 'cacao', ${day}, ${600 + minutes}, ${means.platform.clock()})`;
    await owner.end();
    return { params: { providerId, appointmentId } };
  },
  "PUT /api/matching/place-days": ({ rows }) => ({
    body: { districtCode: findDistrict(rows["districtCode"] ?? "")?.code ?? "221001", market: [0] },
  }),
  "GET /api/matching/place-days": () => ({ query: {} }),
  "POST /api/matching/plans": (attempt) => {
    // Each month is planned once for an organization.
    minutes += 1;
    const year = 2030 + Math.floor(minutes / 12);
    const of = `${year}-${String((minutes % 12) + 1).padStart(2, "0")}`;
    return { body: { month: of, organizationId: attempt.rows["organizationId"] ?? null } };
  },
  "GET /api/matching/plans": ({ rows }) => ({ query: { organizationId: rows["organizationId"] ?? "" } }),
  "GET /api/matching/plans/:planId": ofPlan(),
  "GET /api/matching/plans/:planId/visits": async (attempt, means) => ({
    params: await newPlan(attempt, means),
    query: {},
  }),
  "POST /api/matching/plans/:planId/visits": async (attempt, means) => ({
    params: await newPlan(attempt, means),
    body: { personId: memberOf(attempt, means), topic: "nutrition", crop: "cacao" },
  }),
  "POST /api/matching/plan-visits/:planVisitId/move": async (attempt, means) => {
    const made = await newPlan(attempt, means);
    await putToWork(means, made["providerId"] ?? "");
    const body = { providerId: made["providerId"], day: "2026-12-30", startsAt: "08:00" };
    return { params: made, body };
  },
  "POST /api/matching/plan-visits/:planVisitId/removal": ofPlan(),
  "POST /api/matching/plans/:planId/approval": ofPlan(),
  "POST /api/matching/plans/:planId/discard": ofPlan(),
  "POST /api/matching/plans/:planId/replan": ofPlan({}, {}),
  "POST /api/matching/plans/:planId/agents/:providerId/answer": ofPlan(
    { state: "approved" },
    { accept: true },
  ),
  "GET /api/matching/people/:personId/plan-days": () => ({ query: {} }),
  "GET /api/matching/plan-visits/:planVisitId": ofPlan({ state: "approved", asked: true }),
  // Said before: the same again changes nothing.
  "POST /api/matching/plan-visits/:planVisitId/answer": ofPlan(
    { state: "approved", asked: true },
    { accept: false },
  ),
};
