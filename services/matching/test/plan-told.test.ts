import { deliveries } from "@minka/database/deliveries";
import { and, asc, eq, sql } from "@minka/database/query";
import { DomainError } from "@minka/domain/errors";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { near } from "./fake-planning.ts";
import { agreedPlan, dayBefore, startPlanning, visitOf, type PlanRun } from "./plan-run.ts";

let run: PlanRun;
beforeAll(async () => void (run = await startPlanning()));
beforeEach(() => run.clock.set(new Date("2026-11-24T14:00:00Z")));
afterAll(() => run.stop());

/** An approved plan of an agent with some people kilometres apart. */
async function approved(people: number) {
  const agent = run.planning.addAgent();
  const ids = Array.from({ length: people }, (_, index) => run.planning.addPerson(near(5 * index)));
  await run.owe(agent, ids);
  const planId = await run.make([agent]);
  await run.approve(planId);
  return { agent, planId, ids };
}

async function eventsOf(planId: string, event: string): Promise<Record<string, unknown>[]> {
  const rows = await run.owner.read
    .select({ payload: deliveries.payload })
    .from(deliveries)
    .where(and(eq(deliveries.event, event), sql`${deliveries.payload}->>'planId' = ${planId}`))
    .orderBy(asc(deliveries.id));
  return rows.map(({ payload }) => Object(payload));
}

test("an answer to a time that has changed since counts for nothing", async () => {
  const { agent, planId, ids } = await approved(1);
  await run.agreeMonth(planId, agent);
  const visit = visitOf(await run.visitsOf(planId), ids[0] ?? "");
  await run.goTo(dayBefore(visit.day ?? "", 5), 17);
  const stale = { day: dayBefore(visit.day ?? "", 1), startsAt: visit.startsAt };
  expect(await run.answer(visit, { accept: true, told: stale })).toMatchObject({
    status: 409,
    body: { code: "visit-moved" },
  });
  const told = { day: visit.day, startsAt: visit.startsAt };
  expect(await run.answer(visit, { accept: true, told })).toMatchObject({ body: { state: "accepted" } });
});

test("a day that somebody names is the next that is proposed where it can be, and any other where not", async () => {
  const { agent, planId, ids } = await approved(2);
  await run.agreeMonth(planId, agent);
  const [one, other] = ids;
  const before = await run.visitsOf(planId);
  await run.goTo(dayBefore(visitOf(before, one ?? "").day ?? "", 5), 17);
  // The fifteenth is a Tuesday; on Sundays this agent does not work.
  await run.answer(visitOf(before, one ?? ""), { accept: false, otherDay: "2026-12-15" });
  await run.answer(visitOf(before, other ?? ""), { accept: false, otherDay: "2026-12-13" });
  await run.settle();
  const after = await run.visitsOf(planId);
  expect(visitOf(after, one ?? "")).toMatchObject({ state: "planned", day: "2026-12-15" });
  expect(visitOf(after, other ?? "")).toMatchObject({ sessionId: expect.any(String) });
  expect(visitOf(after, other ?? "").day).not.toBe("2026-12-13");
});

test("an agent is told once of each day with somebody to go to, on the evening before, and of no other", async () => {
  const { agent, planId, ids } = await approved(1);
  await run.agreeMonth(planId, agent);
  const visit = visitOf(await run.visitsOf(planId), ids[0] ?? "");
  await run.goTo(dayBefore(visit.day ?? "", 6), 17.5);
  await run.answer(visit, { accept: true });
  await run.goTo(dayBefore(visit.day ?? "", 1), 18.5);
  expect(await eventsOf(planId, "plan.day-due")).toEqual([]);
  await run.goTo(dayBefore(visit.day ?? "", 1), 19);
  await run.goTo(dayBefore(visit.day ?? "", 1), 22);
  const told = { planId, providerId: agent.providerId, personId: agent.personId, day: visit.day };
  expect(await eventsOf(planId, "plan.day-due")).toEqual([told]);
  await run.goTo(visit.day ?? "", 19.5);
  expect(await eventsOf(planId, "plan.day-due")).toEqual([told]);
});

test("nobody is asked at night, though their agent agrees then", async () => {
  const { agent, planId, ids } = await approved(1);
  const visit = visitOf(await run.visitsOf(planId), ids[0] ?? "");
  await run.goTo("2026-11-24", 23);
  await run.agreeMonth(planId, agent);
  expect(dayBefore(visit.day ?? "", 7) <= "2026-11-24").toBe(true);
  await run.goTo("2026-11-25", 6.9);
  expect(await eventsOf(planId, "plan.visit-proposed")).toEqual([]);
  await run.goTo("2026-11-25", 7);
  expect(await eventsOf(planId, "plan.visit-proposed")).toHaveLength(1);
});

test("a plan that cannot be placed anew stands as it did, a person is called, and the next change has it placed", async () => {
  const { agent, planId } = await approved(2);
  await run.agreeMonth(planId, agent);
  const before = await run.visitsOf(planId);
  const away = async () => {
    throw new DomainError("unavailable", "service-unreachable", "profiles is away");
  };
  run.planning.meanwhile.push(...Array.from({ length: 20 }, () => away));
  const replan = () =>
    run.operator("POST", `/api/matching/plans/${planId}/replan`, {
      unavailable: { providerId: agent.providerId, days: [before[0]?.day] },
    });
  await run.done(replan());
  await run.settle();
  expect(await replan()).toMatchObject({ status: 409, body: { code: "plan-computing" } });
  for (const minutes of [1, 2]) {
    expect(await run.readPlan(planId)).toMatchObject({ computing: true });
    run.clock.advance({ minutes });
    await run.settle();
  }
  expect(await run.readPlan(planId)).toMatchObject({
    state: "approved",
    computing: false,
    why: { code: "could-not-place" },
  });
  expect(await run.visitsOf(planId)).toEqual(before);
  expect((await eventsOf(planId, "plan.needs-review")).slice(1)).toEqual([
    expect.objectContaining({ occasion: "not-placed-anew", visits: 2, unassigned: 0 }),
  ]);
  run.planning.meanwhile.length = 0;
  await run.done(replan());
  await run.settle();
  expect(await run.readPlan(planId)).toMatchObject({ state: "approved", computing: false, why: null });
  for (const { personId, day } of before)
    expect(visitOf(await run.visitsOf(planId), personId).day === day).toBe(day !== before[0]?.day);
});

test("who said no to a time is with nobody, as whoever is called to look reads", async () => {
  const { planId, day, visit } = await agreedPlan(run, 1);
  await run.goTo(dayBefore(day, 5), 17);
  const away = async () => {
    throw new DomainError("unavailable", "service-unreachable", "profiles is away");
  };
  run.planning.meanwhile.push(...Array.from({ length: 20 }, () => away));
  await run.done(run.answer(visit, { accept: false, reason: "busy" }));
  await run.settle();
  for (const minutes of [1, 2]) {
    run.clock.advance({ minutes });
    await run.settle();
  }
  run.planning.meanwhile.length = 0;
  expect((await eventsOf(planId, "plan.needs-review")).at(-1)).toMatchObject({
    occasion: "not-placed-anew",
    visits: 1,
    unassigned: 1,
  });
});

test("who says no is asked about one other time, however often the plan had moved the visit before", async () => {
  const { agent, planId, day, visit, now } = await agreedPlan(run, 1);
  await run.goTo(dayBefore(day, 6), 17);
  const url = `/api/matching/plans/${planId}/replan`;
  const unavailable = { providerId: agent.providerId, days: [day] };
  await run.done(run.operator("POST", url, { unavailable }));
  await run.settle();
  expect(await now()).toMatchObject({ state: "proposed" });
  await run.done(run.answer(visit, { accept: false, reason: "busy", otherDay: "2026-12-15" }));
  await run.settle();
  expect(await now()).toMatchObject({ state: "planned", day: "2026-12-15" });
  await run.goTo("2026-12-10", 17);
  const no = () => run.answer(visit, { accept: false, reason: "busy" });
  expect(await no()).toMatchObject({ status: 200, body: { state: "dropped" } });
  // Said again it changes nothing; a yes comes too late.
  expect(await no()).toMatchObject({ status: 200, body: { state: "dropped" } });
  expect(await run.answer(visit, { accept: true })).toMatchObject({
    status: 409,
    body: { code: "already-answered" },
  });
});

test("whoever had a plan made hears that it waits, and of visits that are with nobody", async () => {
  const { agent, planId } = await approved(2);
  expect(await eventsOf(planId, "plan.needs-review")).toEqual([
    expect.objectContaining({ occasion: "drawn-up", visits: 2, unassigned: 0, personId: expect.any(String) }),
  ]);
  await run.agreeMonth(planId, agent, { accept: false });
  await run.settle();
  expect((await eventsOf(planId, "plan.needs-review")).at(-1)).toMatchObject({
    occasion: "visits-left",
    unassigned: 2,
  });
});
