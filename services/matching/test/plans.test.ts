import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { near } from "./fake-planning.ts";
import { ranked } from "./matching-run.ts";
import { agreedPlan, dayBefore, startPlanning, visitOf, type PlanRun } from "./plan-run.ts";

let run: PlanRun;
beforeAll(async () => void (run = await startPlanning()));
beforeEach(() => run.clock.set(new Date("2026-11-24T14:00:00Z")));
afterAll(() => run.stop());

test("a month is made, looked through, approved, told and agreed on by both before there is an engagement", async () => {
  const { agent, planId, visit } = await agreedPlan(run, 3);
  const told = await run.toldOf(planId);
  expect(told).toEqual([
    {
      event: "plan.agent-told",
      payload: { planId, providerId: agent.providerId, personId: agent.personId, occasion: "first" },
    },
  ]);
  expect((await run.readPlan(planId)).agents[0]).toMatchObject({ answer: "accepted", visits: 3 });

  await run.goTo(dayBefore(visit.day ?? "", 7), 17.5);
  expect((await run.toldOf(planId)).slice(1)).toContainEqual({
    event: "plan.visit-proposed",
    payload: { planId, planVisitId: visit.id, personId: visit.personId, occasion: "first" },
  });
  const yes = await run.answer(visit, { accept: true });
  expect(yes).toMatchObject({ status: 200, body: { state: "accepted" } });
  const request = await run.read(yes.body.requestId);
  expect(request).toMatchObject({
    personId: visit.personId,
    state: "agreed",
    need: { kind: "assistance", topic: "pruning", crop: "cacao" },
    engagement: {
      id: yes.body.engagementId,
      visitOn: visit.day,
      providerId: agent.providerId,
      state: "agreed",
    },
  });
  expect((await run.told(request.id)).map(({ event }) => event)).toEqual(["engagement.agreed"]);
  expect(await run.answer(visit, { accept: true })).toMatchObject({ body: yes.body });
  const days = run.signIn(agent.personId)("GET", `/api/matching/people/${agent.personId}/plan-days`);
  const [{ days: shown }] = (await run.done(days)).months;
  expect(JSON.stringify(shown)).toContain(JSON.stringify({ id: yes.body.engagementId, state: "agreed" }));

  await run.goTo(visit.day ?? "", 18);
  await run.report(yes.body.engagementId, "done");
  await run.rate(yes.body.engagementId, 5);
  expect(await run.standing(agent.providerId)).toMatchObject({ completed: 1, ratings: 1, asks: 0 });
});

test("a request that an operator has in hand is planned, and is the one that is agreed on", async () => {
  const agent = run.planning.addAgent();
  const personId = run.planning.addPerson(near(2));
  const requestId = await run.open({ personId });
  await run.settle();
  expect((await run.read(requestId)).state).toBe("with_operator");
  await run.owe(agent, [personId]);
  const planId = await run.make([agent]);
  const [visit, ...others] = await run.visitsOf(planId);
  expect(others).toEqual([]);
  expect(visit).toMatchObject({ requestId, state: "planned" });
  await run.approve(planId);
  await run.agreeMonth(planId, agent);
  await run.goTo(dayBefore(visit?.day ?? "", 5), 17);
  expect(visit && (await run.answer(visit, { accept: true })).body).toMatchObject({ requestId });
  expect(await run.read(requestId)).toMatchObject({ state: "agreed", engagement: { visitOn: visit?.day } });
});

test("a visit that is before an operator for how it went is not planned again, nor asked for by routine", async () => {
  const agent = run.planning.addAgent();
  const personId = run.planning.addPerson(near(2));
  run.catalog.near = [candidate({ distanceKm: 2 })];
  const request = await run.openListed({ personId });
  const match = ranked(request, 1);
  await run.choose(match.id);
  const { engagementId } = await run.accept(match.id);
  const body = { by: "requester", reason: "other" };
  await run.done(run.operator("POST", `/api/matching/engagements/${engagementId}/dispute`, body));
  run.catalog.near = [];
  expect((await run.read(request.id)).state).toBe("with_operator");
  await run.owe(agent, [personId]);
  const planId = await run.make([agent]);
  expect(await run.visitsOf(planId)).toEqual([]);
});

test("nothing is sent before a plan is approved, and nobody is asked before their agent has agreed", async () => {
  const agent = run.planning.addAgent();
  const personId = run.planning.addPerson();
  await run.owe(agent, [personId]);
  const planId = await run.make([agent]);
  expect(await run.toldOf(planId)).toEqual([]);
  const [visit] = await run.visitsOf(planId);
  const early = await run.operator("POST", `/api/matching/plan-visits/${visit?.id}/answer`, { accept: true });
  expect(early).toMatchObject({ status: 409, body: { code: "not-being-asked" } });
  await run.approve(planId);
  await run.goTo("2026-11-25", 18);
  const told = await run.toldOf(planId);
  expect(told.map(({ event, payload }) => `${event} ${payload.occasion}`)).toEqual([
    "plan.agent-told first",
    "plan.agent-told reminder",
  ]);
  // A second evening without a word: the visits would go to others, and there are none.
  await run.goTo("2026-11-26", 20);
  expect((await run.visitsOf(planId))[0]).toMatchObject({ state: "unassigned", engagement: null });
});

test("neighbours are visited together, the places of the month are taken once, and a full one is said to be", async () => {
  const agent = run.planning.addAgent({ capacity: 4 });
  const neighbours = [0, 0.2, 0.4].map((north) => run.planning.addPerson(near(8 + north)));
  const far = run.planning.addPerson(near(0, 20));
  const last = run.planning.addPerson(near(0, 24));
  await run.owe(agent, [...neighbours, far, last]);
  const planId = await run.make([agent]);
  const plan = await run.readPlan(planId);
  expect(plan.figures).toMatchObject({ visits: 5, assigned: 4, unassigned: 1, groupSessions: 1, gap: 0 });
  const visits = await run.visitsOf(planId);
  const sessions = new Set(neighbours.map((id) => visitOf(visits, id).sessionId));
  expect(sessions.size).toBe(1);
  expect(visitOf(visits, last)).toMatchObject({ state: "unassigned", why: { code: "all-full" } });
  await run.approve(planId);
  await run.approve(planId);
  expect(await run.used(agent.offers[0]?.offerId ?? "")).toBe(4);
});

test("a producer who cannot then is asked about one other time, and after a second no about none", async () => {
  const { planId, visit } = await agreedPlan(run, 1);
  await run.goTo(dayBefore(visit.day ?? "", 4), 17);
  expect((await run.answer(visit, { accept: false, reason: "away" })).body).toMatchObject({
    state: "refused",
  });
  await run.settle();
  const [again] = await run.visitsOf(planId);
  expect(again).toMatchObject({
    moves: [{ from: null, why: { code: "producer-cannot-then" } }, { to: null }],
  });
  expect(again?.day).not.toBe(visit.day);
  await run.goTo(dayBefore(again?.day ?? "", 3), 17);
  const told = await run.toldOf(planId);
  expect(told.at(-1)).toMatchObject({ event: "plan.visit-proposed", payload: { occasion: "moved" } });
  expect((await run.answer(visit, { accept: false })).body).toMatchObject({ state: "dropped" });
  expect((await run.visitsOf(planId))[0]).toMatchObject({
    why: { code: "producer-refused" },
    sessionId: null,
  });
});

test("who says nothing is reminded, and on the evening before the visit is dropped, never agreed on", async () => {
  const { planId, agent, visit } = await agreedPlan(run, 1);
  await run.goTo(dayBefore(visit.day ?? "", 7), 18);
  await run.goTo(dayBefore(visit.day ?? "", 2), 18);
  expect((await run.toldOf(planId)).at(-1)).toMatchObject({ payload: { occasion: "reminder" } });
  await run.goTo(dayBefore(visit.day ?? "", 1), 19.5);
  expect((await run.visitsOf(planId))[0]).toMatchObject({
    state: "dropped",
    why: { code: "no-answer" },
    engagement: null,
  });
  expect((await run.toldOf(planId)).at(-1)).toMatchObject({ event: "plan.visit-withdrawn" });
  expect(await run.used(agent.offers[0]?.offerId ?? "")).toBe(0);
  expect(await run.answer(visit, { accept: true })).toMatchObject({ status: 409 });
});
