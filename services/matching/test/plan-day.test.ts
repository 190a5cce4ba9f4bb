import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { agreedPlan, dayBefore, startPlanning, type PlanRun } from "./plan-run.ts";

let run: PlanRun;
beforeAll(async () => void (run = await startPlanning()));
beforeEach(() => run.clock.set(new Date("2026-11-24T14:00:00Z")));
afterAll(() => run.stop());

const eventsOf = async (requestId: string) => (await run.told(requestId)).map(({ event }) => event);

test("an agent who falls ill on the day of a visit has an operator call both, and the visit is not moved", async () => {
  const { agent, planId, day, agree, now } = await agreedPlan(run, 1);
  const { requestId } = await agree();
  await run.goTo(day, 6);
  await run.agreeMonth(planId, agent, { accept: false, days: [day], reason: "ill" });
  await run.settle();
  expect(await now()).toMatchObject({ state: "accepted", day, engagement: { state: "agreed" } });
  expect((await eventsOf(requestId)).at(-1)).toBe("engagement.in-doubt");
  await run.cancel(requestId);
});

test("so does a road that is closed on the day of a visit", async () => {
  const { day, agree, now } = await agreedPlan(run, 1, { districtCode: "221003" });
  const { requestId } = await agree();
  await run.goTo(day, 5);
  const closure = { area: "221003", until: day, reason: "rain" };
  await run.done(run.operator("POST", "/api/matching/closures", closure));
  await run.settle();
  expect(await now()).toMatchObject({ state: "accepted", day });
  expect((await eventsOf(requestId)).at(-1)).toBe("engagement.in-doubt");
  await run.cancel(requestId);
});

test("an agent says no to an agreed visit before its day, and not on it or later", async () => {
  const { agent, visit, day, agree, now } = await agreedPlan(run, 1);
  const { requestId } = await agree();
  const own = run.signIn(agent.personId);
  const url = `/api/matching/plan-visits/${visit.id}/answer`;
  for (const from of [day, dayBefore(day, -1)]) {
    await run.goTo(from, 8);
    expect(await own("POST", url, { by: "agent", accept: false })).toMatchObject({
      status: 409,
      body: { code: "visit-day-come", visitOn: day },
    });
  }
  expect(await now()).toMatchObject({ state: "accepted", engagement: { state: "agreed" } });
  await run.cancel(requestId);
});

test("a reminder speaks of the plan only while the visit is on the plan's day", async () => {
  const { agent, visit, day, agree } = await agreedPlan(run, 1);
  const { requestId } = await agree();
  const { matchId } = (await run.read(requestId)).engagement ?? {};
  const visitOn = dayBefore(day, -2);
  const wish = run.signIn(visit.personId)("POST", `/api/matching/matches/${matchId}/quotes`, { visitOn });
  const { quoteId } = await run.done(wish);
  const url = `/api/matching/quotes/${quoteId}/answer`;
  await run.done(run.signIn(agent.personId)("POST", url, { accept: true }));
  await run.goTo(dayBefore(visitOn, 1), 20);
  const [reminder] = (await run.told(requestId)).filter(({ event }) => event === "engagement.reminder-due");
  expect(reminder?.payload).not.toHaveProperty("planVisitId");
  await run.cancel(requestId);
});

test("who leaves after a visit was done leaves it as it was", async () => {
  const { visit, day, agree } = await agreedPlan(run, 1);
  const { engagementId } = await agree();
  await run.goTo(day, 18);
  await run.report(engagementId, "done");
  run.consents.without.add(visit.personId);
  await run.consents.tellWithdrawn(visit.personId);
  await run.settle();
  const [row] = await run.owner.sql`
    select state, engagement_id, session_id from matching.plan_visits where id = ${visit.id}`;
  expect(row).toEqual({ state: "accepted", engagement_id: engagementId, session_id: visit.sessionId });
});
