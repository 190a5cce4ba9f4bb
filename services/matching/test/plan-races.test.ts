import { togglePresence } from "@minka/contracts/presence";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { near } from "./fake-planning.ts";
import { miscounted } from "./laws.ts";
import { agreedPlan, dayBefore, startPlanning, visitOf, type PlanRun } from "./plan-run.ts";

let run: PlanRun;
beforeAll(async () => void (run = await startPlanning()));
beforeEach(() => run.clock.set(new Date("2026-11-24T14:00:00Z")));
afterAll(() => run.stop());

const replan = (planId: string, body: object = {}) =>
  run.done(run.operator("POST", `/api/matching/plans/${planId}/replan`, body));
const visitNow = async (planId: string, personId: string) => visitOf(await run.visitsOf(planId), personId);

test("who says yes while visits are being placed has agreed, whether or not the visit is moved", async () => {
  const { agent, planId, visit } = await agreedPlan(run, 1);
  await run.goTo(dayBefore(visit.day ?? "", 5), 17);
  let yes: Awaited<ReturnType<typeof run.answer>> | undefined;
  run.planning.meanwhile.push(async () => {
    yes = await run.answer(visit, { accept: true });
  });
  await replan(planId, { unavailable: { providerId: agent.providerId, days: [visit.day] } });
  await run.settle();
  expect(yes).toMatchObject({ status: 200, body: { state: "accepted" } });
  const now = await visitNow(planId, visit.personId);
  expect(now.day).not.toBe(visit.day);
  // The day that they had agreed to is off, and the new one is asked anew.
  expect(now).toMatchObject({ state: "proposed", engagement: null });
  expect(await run.read(yes?.body.requestId)).toMatchObject({ state: "with_operator", engagement: null });
  expect(await run.used(agent.offers[0]?.offerId ?? "")).toBe(1);
  await run.cancel(yes?.body.requestId);
});

test("what had been agreed and is dropped from its plan is an operator's, who hears of it once", async () => {
  const { agent, planId, visits } = await agreedPlan(run, 2);
  const [moved, removed] = visits.toSorted((a, b) => ((a.day ?? "") < (b.day ?? "") ? -1 : 1));
  if (!moved || !removed) throw new Error("two are visited");
  await run.goTo(dayBefore(moved.day ?? "", 5), 17);
  const first = (await run.answer(moved, { accept: true })).body.requestId;
  const second = (await run.answer(removed, { accept: true })).body.requestId;
  const handedOver = async (requestId: string) =>
    (await run.told(requestId)).filter(({ event }) => event === "request.handed-over").length;
  await run.done(run.operator("POST", `/api/matching/plan-visits/${removed.id}/removal`));
  expect(await run.read(second)).toMatchObject({
    state: "with_operator",
    reason: { code: "plan-dropped" },
  });
  expect(await handedOver(second)).toBe(1);
  await replan(planId, { unavailable: { providerId: agent.providerId, days: [moved.day] } });
  await run.settle();
  // While another day is looked for, the plan sees to it.
  expect(await handedOver(first)).toBe(0);
  const now = await visitNow(planId, moved.personId);
  expect(now.state).toBe("proposed");
  await run.goTo(dayBefore(now.day ?? "", 1), 20);
  expect((await visitNow(planId, moved.personId)).state).toBe("dropped");
  expect(await run.read(first)).toMatchObject({ state: "with_operator" });
  expect(await handedOver(first)).toBe(1);
  // Requests that are an operator's are planned with the next month that is made.
  for (const requestId of [first, second]) await run.cancel(requestId);
});

test("who needs no visit any more, and says so while visits are being placed, gets none", async () => {
  const { agent, planId, visit } = await agreedPlan(run, 2);
  await run.goTo(dayBefore(visit.day ?? "", 5), 17);
  run.planning.meanwhile.push(() => run.answer(visit, { accept: false, reason: "not_needed" }));
  await replan(planId, { unavailable: { providerId: agent.providerId, days: [visit.day] } });
  await run.settle();
  expect(await visitNow(planId, visit.personId)).toMatchObject({ state: "dropped", sessionId: null });
  expect(await run.used(agent.offers[0]?.offerId ?? "")).toBe(1);
});

test("an agent is asked again about a visit that was moved before they agreed to it, and keeps the rest if silent", async () => {
  const agent = run.planning.addAgent();
  const ids = [0, 5, 10].map((north) => run.planning.addPerson(near(north)));
  await run.owe(agent, ids);
  const url = `/api/matching/agents/${agent.providerId}/calendar`;
  const calendar = { weekdays: [1, 2, 3, 4, 5], daysOff: [], stopsADay: 1 };
  await run.done(run.signIn(agent.personId)("PUT", url, calendar));
  const planId = await run.make([agent]);
  await run.approve(planId);
  const [first, second] = await run.visitsOf(planId);
  await run.agreeMonth(planId, agent, { accept: true, exceptDays: [first?.day] });
  await run.settle();
  const moved = await visitNow(planId, first?.personId ?? "");
  expect(moved).toMatchObject({ state: "planned", providerId: agent.providerId });
  expect(moved.day).not.toBe(first?.day);
  expect((await run.readPlan(planId)).agents[0]).toMatchObject({ answer: "waiting" });
  await run.goTo("2026-11-25", 18);
  await run.goTo("2026-11-26", 20);
  expect((await run.readPlan(planId)).agents[0]).toMatchObject({ answer: "accepted" });
  expect(await visitNow(planId, moved.personId)).toMatchObject({
    state: "unassigned",
    moves: [{ why: { code: "agent-silent" } }, {}],
  });
  expect(await visitNow(planId, second?.personId ?? "")).toMatchObject({ day: second?.day });
  expect(await run.used(agent.offers[0]?.offerId ?? "")).toBe(2);
});

test("the place of who cannot then is free once there is no other time", async () => {
  const { agent, planId, visit } = await agreedPlan(run, 1);
  await run.goTo(dayBefore(visit.day ?? "", 4), 17);
  const url = `/api/matching/agents/${agent.providerId}/calendar`;
  const never = Array.from({ length: 31 }, (_, index) => `2026-12-${String(index + 1).padStart(2, "0")}`);
  const calendar = { weekdays: [1, 2, 3, 4, 5], daysOff: never, stopsADay: 3 };
  await run.done(run.signIn(agent.personId)("PUT", url, calendar));
  await run.done(run.answer(visit, { accept: false, reason: "away" }));
  await run.settle();
  expect(await visitNow(planId, visit.personId)).toMatchObject({ state: "unassigned", providerId: null });
  expect(await run.used(agent.offers[0]?.offerId ?? "")).toBe(0);
});

test("a place that is closed, and a pair that one of them ends, are seen by the months that stand", async () => {
  const { planId, visit, agent } = await agreedPlan(run, 2);
  const operator = run.signIn(randomUUID(), true);
  await run.done(
    operator("POST", "/api/matching/closures", { area: "221001", until: visit.day, reason: "rain" }),
  );
  await run.settle();
  const later = await visitNow(planId, visit.personId);
  expect((later.day ?? "") > (visit.day ?? "")).toBe(true);
  const block = { by: "person", personId: visit.personId, providerId: agent.providerId };
  await run.done(run.signIn(visit.personId)("POST", "/api/matching/blocks", block));
  await run.settle();
  expect(await visitNow(planId, visit.personId)).toMatchObject({ state: "unassigned", providerId: null });
});

test.each([
  ["asked about", 8, []],
  ["asked about again", 5, ["plan.visit-proposed first", "plan.visit-withdrawn "]],
])("what they had asked for and call off is not %s", async (_, daysBefore, told) => {
  const agent = run.planning.addAgent();
  const personId = run.planning.addPerson(near(2));
  const requestId = await run.open({ personId });
  await run.settle();
  await run.owe(agent, [personId]);
  const planId = await run.make([agent]);
  await run.approve(planId);
  await run.agreeMonth(planId, agent);
  const visit = await visitNow(planId, personId);
  expect(visit.requestId).toBe(requestId);
  await run.goTo(dayBefore(visit.day ?? "", daysBefore), 18);
  await run.cancel(requestId);
  await run.goTo(dayBefore(visit.day ?? "", 2), 18);
  expect(await visitNow(planId, personId)).toMatchObject({
    state: "dropped",
    why: { code: "served-otherwise" },
  });
  const toProducer = (await run.toldOf(planId)).filter(({ payload }) => payload.personId === personId);
  expect(toProducer.map(({ event, payload }) => `${event} ${payload.occasion ?? ""}`)).toEqual(told);
});

test("an agent who says how many visits they were told of may have been told in the middle of the month", async () => {
  const { planId, agent, visits } = await agreedPlan(run, 3);
  const days = visits.map(({ day }) => day ?? "").toSorted();
  await run.goTo(days.at(-1) ?? "", 1);
  const own = run.signIn(agent.personId);
  const { body } = await own("GET", `/api/matching/people/${agent.personId}/plan-days`);
  const [shown] = body.months;
  expect(shown.visits).toBe(shown.days.flatMap(({ stops }: { stops: object[] }) => stops).length);
  const answer = await own("POST", `/api/matching/plans/${planId}/agents/${agent.providerId}/answer`, {
    accept: true,
    visits: shown.visits,
  });
  expect(answer.status).toBe(200);
});

test("one word is said at the stops in the order of the plan, and a group is one stop", async () => {
  const agent = run.planning.addAgent();
  const open = { districtCode: "221005" };
  const group = [0, 0.2, 0.4].map((north) => run.planning.addPerson(near(8 + north), open));
  const alone = run.planning.addPerson(near(8, 4), open);
  await run.owe(agent, [...group, alone]);
  const off = Array.from({ length: 30 }, (_, index) => `2026-12-${String(index + 2).padStart(2, "0")}`);
  const calendar = { weekdays: [2], daysOff: off, stopsADay: 4 };
  const url = `/api/matching/agents/${agent.providerId}/calendar`;
  await run.done(run.signIn(agent.personId)("PUT", url, calendar));
  const planId = await run.make([agent]);
  await run.approve(planId);
  await run.agreeMonth(planId, agent);
  const visits = (await run.visitsOf(planId)).filter(({ districtCode }) => districtCode === "221005");
  const day = visits[0]?.day ?? "";
  expect(new Set(visits.map((visit) => visit.day))).toEqual(new Set([day]));
  await run.goTo(dayBefore(day, 5), 17);
  // Who goes last agrees first.
  const inOrder = visits.toSorted((a, b) => ((a.startsAt ?? "") < (b.startsAt ?? "") ? -1 : 1));
  const said = new Map<string, string>();
  for (const visit of inOrder.toReversed()) {
    const { body } = await run.answer(visit, { accept: true });
    said.set(body.engagementId, visit.sessionId ?? "");
  }
  await run.goTo(day, 8);
  const stops: string[] = [];
  for (let word = 0; word < 5; word += 1) {
    const params = { personId: agent.personId };
    const { did, presence } = await run.call(togglePresence, { params, body: {} }, { trace: run.trace });
    if (did === "arrived") stops.push(said.get(presence?.engagementId ?? "") ?? "");
  }
  expect(stops).toEqual([...new Set(inOrder.map(({ sessionId }) => sessionId))]);
});

test("another day that the two agree on is theirs, and the plan moves it no more", async () => {
  const { agent, planId, visit } = await agreedPlan(run, 1);
  await run.goTo(dayBefore(visit.day ?? "", 5), 17);
  const { body: yes } = await run.answer(visit, { accept: true });
  const request = await run.read(yes.requestId);
  const matchId = request.engagement?.matchId ?? "";
  const other = dayBefore(visit.day ?? "", -1);
  const { body: made } = await run.signIn(visit.personId)("POST", `/api/matching/matches/${matchId}/quotes`, {
    visitOn: other,
  });
  const agentSays = run.signIn(agent.personId);
  await run.done(agentSays("POST", `/api/matching/quotes/${made.quoteId}/answer`, { accept: true }));
  const days = await agentSays("GET", `/api/matching/people/${agent.personId}/plan-days`);
  expect(days.body.months[0].days).toEqual([]);
  await replan(planId, { unavailable: { providerId: agent.providerId, days: [visit.day] } });
  await run.settle();
  expect((await run.read(yes.requestId)).engagement).toMatchObject({
    id: yes.engagementId,
    visitOn: other,
    state: "agreed",
  });
});

test("what is done is neither refused by its agent nor taken off", async () => {
  const { agent, planId, visit } = await agreedPlan(run, 1);
  await run.goTo(dayBefore(visit.day ?? "", 5), 17);
  const { body: yes } = await run.answer(visit, { accept: true });
  await run.goTo(visit.day ?? "", 18);
  await run.report(yes.engagementId, "done");
  const url = `/api/matching/plan-visits/${visit.id}`;
  const no = await run.signIn(agent.personId)("POST", `${url}/answer`, { by: "agent", accept: false });
  expect(no).toMatchObject({ status: 409, body: { code: "not-being-asked" } });
  expect(await run.operator("POST", `${url}/removal`)).toMatchObject({ status: 409 });
  expect(await visitNow(planId, visit.personId)).toMatchObject({
    state: "accepted",
    engagement: { state: "done" },
  });
});

test("a visit that is reported done while its plan is being stored stays where it was", async () => {
  const { agent, planId, visit, day, agree, now } = await agreedPlan(run, 1);
  const { requestId, engagementId } = await agree();
  let reported: Promise<unknown> = Promise.resolve();
  // Has the request locked before the plan is stored, and ends when that waits for it.
  run.planning.meanwhile.push(async () => {
    const locked = Promise.withResolvers<void>();
    reported = run.owner.sql.begin(async (sql) => {
      await sql`select 1 from matching.requests where id = ${requestId} for update`;
      locked.resolve();
      await vi.waitFor(
        async () => {
          const waiting = await sql`select 1 from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`;
          expect(waiting).toHaveLength(1);
        },
        { timeout: 20_000 },
      );
      await sql`update matching.engagements set state = 'done', closed_at = agreed_at, next_step = null, next_at = null
        where id = ${engagementId}`;
      await sql`update matching.requests set state = 'done' where id = ${requestId}`;
    });
    await locked.promise;
  });
  await replan(planId, { unavailable: { providerId: agent.providerId, days: [day] } });
  await run.settle();
  await reported;
  expect(await now()).toMatchObject({ state: "accepted", day, moves: [], engagement: { state: "done" } });
  expect(await now()).toMatchObject({ sessionId: visit.sessionId });
});

test("a visit that is done is not moved by hand, also where it is reported meanwhile", async () => {
  const { agent, visit, day, agree, now } = await agreedPlan(run, 1);
  const { engagementId } = await agree();
  await run.goTo(day, 16);
  const slot = { providerId: agent.providerId, day: "2026-12-16", startsAt: "10:00" };
  const move = () => run.operator("POST", `/api/matching/plan-visits/${visit.id}/move`, slot);
  run.planning.meanwhile.push(() => run.report(engagementId, "done"));
  for (let times = 0; times < 2; times += 1)
    expect(await move()).toMatchObject({ status: 409, body: { code: "not-being-asked" } });
  expect(await now()).toMatchObject({ state: "accepted", day, engagement: { state: "done" } });
});

test("of two plans that are made at once only one sees to a request", async () => {
  const { visit } = await agreedPlan(run, 1);
  const agent = run.planning.addAgent();
  const personId = run.planning.addPerson(near(2));
  const requestId = await run.open({ personId });
  await run.settle();
  const other = run.planning.addPerson(near(7));
  await run.owe(agent, [other]);
  // What the other plan stored while this one was being placed.
  run.planning.meanwhile.push(
    () => run.owner.sql`update matching.plan_visits set request_id = ${requestId} where id = ${visit.id}`,
  );
  const planId = await run.make([agent]);
  run.clock.advance({ minutes: 1 });
  await run.settle();
  expect(await run.readPlan(planId)).toMatchObject({ state: "draft" });
  expect((await run.visitsOf(planId)).map(({ personId: whom }) => whom)).toEqual([other]);
  await run.cancel(requestId);
});

test("an agent whose visit finds no place any more is told that it is lost", async () => {
  const { agent, planId, visit, day, agree, now } = await agreedPlan(run, 1);
  const { requestId } = await agree();
  // The month of the offer on whose terms it was agreed is full without it.
  await run.owner.sql`update matching.plan_visits set monthly_capacity = 0 where id = ${visit.id}`;
  await replan(planId, { unavailable: { providerId: agent.providerId, days: [day] } });
  await run.settle();
  expect(await now()).toMatchObject({ state: "unassigned", why: { code: "all-full" } });
  const { providerId, personId } = agent;
  expect(
    (await run.toldOf(planId)).filter(({ event }) => event === "plan.agent-told").at(-1)?.payload,
  ).toEqual({ planId, providerId, personId, occasion: "changed", why: { code: "all-full", parameters: {} } });
  await run.cancel(requestId);
});

test("places are counted right through all of it", async () => {
  expect(await miscounted(run)).toEqual([]);
});
