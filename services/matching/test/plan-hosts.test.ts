import { callOffVisit } from "@minka/contracts/follow-ups";
import type { PlanVisit } from "@minka/contracts/plans";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { near } from "./fake-planning.ts";
import { miscounted } from "./laws.ts";
import { dayBefore, startPlanning, type PlanRun } from "./plan-run.ts";

let run: PlanRun;
beforeAll(async () => void (run = await startPlanning()));
beforeEach(() => run.clock.set(new Date("2026-11-24T14:00:00Z")));
afterAll(() => run.stop());

/** Three in a row who meet at the one's in the middle; without them, one cannot walk to the other. */
async function group({ hostAgrees = true } = {}) {
  const agent = run.planning.addAgent();
  const ids = [8, 9, 10].map((north) => run.planning.addPerson(near(north)));
  await run.owe(agent, ids);
  const planId = await run.make([agent]);
  await run.approve(planId);
  await run.agreeMonth(planId, agent);
  const theirs = async () => (await run.visitsOf(planId)).filter(({ personId }) => ids.includes(personId));
  const visits = await theirs();
  expect(new Set(visits.map(({ sessionId }) => sessionId)).size).toBe(1);
  const hostOf = async ({ sessionId }: PlanVisit) => {
    const [row] = await run.owner.sql<{ host: string }[]>`
      select host_visit_id as host from matching.plan_sessions where id = ${sessionId}`;
    return row?.host;
  };
  const [first] = visits;
  const hostId = first && (await hostOf(first));
  const host = visits.find(({ id }) => id === hostId);
  if (!host?.day) throw new Error("nobody receives the group");
  const { day } = host;
  await run.goTo(dayBefore(day, 5), 17);
  const agreed = new Map<string, { requestId: string; engagementId: string }>();
  for (const visit of visits)
    if (hostAgrees || visit !== host)
      agreed.set(visit.id, await run.done(run.answer(visit, { accept: true })));
  const others = async () => (await theirs()).filter(({ id }) => id !== host.id);
  const told = async (visit: PlanVisit, event: string) =>
    (await run.told(agreed.get(visit.id)?.requestId ?? "")).filter((each) => each.event === event);
  /** Requests that are an operator's are planned with the next month that is made. */
  const end = async () => {
    for (const { requestId } of agreed.values())
      if ((await run.read(requestId)).state !== "done") await run.cancel(requestId);
  };
  return { agent, planId, day, host, agreed: agreed.get(host.id), others, hostOf, told, end };
}
type Group = Awaited<ReturnType<typeof group>>;

const cancel = ({ host, agreed }: Group) =>
  run.signIn(host.personId)("POST", `/api/matching/requests/${agreed?.requestId}/cancellation`, {});
const reportDone = ({ agreed }: Group) => run.report(agreed?.engagementId ?? "", "done");

const ways: Record<string, (group: Group) => Promise<unknown>> = {
  "calls it off": (all) => run.done(cancel(all)),
  "is called off by the agent": ({ agent, agreed }) =>
    run.done(
      run.signIn(agent.personId)(
        "POST",
        callOffVisit.path.replace(":engagementId", agreed?.engagementId ?? ""),
        {},
      ),
    ),
  "will not be there, as the agent says": ({ agreed }) =>
    run.report(agreed?.engagementId ?? "", "no_show", "provider"),
  "agrees on another day with the agent": async ({ agent, host, agreed, day }) => {
    const { matchId } = (await run.read(agreed?.requestId ?? "")).engagement ?? {};
    const visitOn = dayBefore(day, -1);
    const wish = run.signIn(host.personId)("POST", `/api/matching/matches/${matchId}/quotes`, { visitOn });
    const { quoteId } = await run.done(wish);
    const url = `/api/matching/quotes/${quoteId}/answer`;
    await run.done(run.signIn(agent.personId)("POST", url, { accept: true }));
  },
  "is taken out by an operator": ({ host }) =>
    run.done(run.operator("POST", `/api/matching/plan-visits/${host.id}/removal`)),
};

/** Held at another's place, for who can walk there; who cannot has a stop of their own. */
async function expectHeldAnew({ others, hostOf }: Group) {
  const left = await others();
  expect(left.filter(({ state }) => state === "accepted")).toHaveLength(1);
  expect(new Set(left.map(({ sessionId }) => sessionId)).size).toBe(2);
  for (const visit of left) expect(await hostOf(visit)).toBe(visit.id);
}

test.each(Object.keys(ways))("a group whose host %s is held at another's", async (way) => {
  const all = await group();
  await ways[way]?.(all);
  await run.settle();
  await expectHeldAnew(all);
  await all.end();
});

test.each(["needs no visit", "is served no more"])("so is one whose host %s", async (way) => {
  const all = await group({ hostAgrees: false });
  if (way === "needs no visit") await run.done(run.answer(all.host, { accept: false, reason: "not_needed" }));
  else {
    run.consents.without.add(all.host.personId);
    await run.consents.tellWithdrawn(all.host.personId);
  }
  await run.settle();
  await expectHeldAnew(all);
  await all.end();
});

test("who was reminded is told anew where it is held when the host does not answer, and who cannot walk there gets another day", async () => {
  const all = await group({ hostAgrees: false });
  await run.goTo(dayBefore(all.day, 1), 17);
  const reminders = (visit: PlanVisit) => all.told(visit, "engagement.reminder-due");
  for (const visit of await all.others()) expect(await reminders(visit)).toHaveLength(1);
  await run.goTo(dayBefore(all.day, 1), 19);
  const left = await all.others();
  const stays = left.filter(({ day }) => day === all.day);
  expect(stays).toMatchObject([{ state: "accepted" }]);
  for (const visit of stays) {
    expect(await all.hostOf(visit)).toBe(visit.id);
    expect((await reminders(visit)).at(1)?.payload).toMatchObject({ planVisitId: visit.id });
  }
  const moved = left.filter((visit) => !stays.includes(visit));
  expect(moved.map(({ state }) => state)).not.toContain("dropped");
  await all.end();
});

test("a group on its day stays as it is when its host's visit is done, whatever is placed anew", async () => {
  const all = await group();
  await run.goTo(all.day, 16);
  await reportDone(all);
  await run.done(run.operator("POST", `/api/matching/plans/${all.planId}/replan`, {}));
  await run.settle();
  const left = await all.others();
  expect(left).toMatchObject([1, 2].map(() => ({ state: "accepted", day: all.day, moves: [] })));
  for (const visit of left) expect(await all.hostOf(visit)).toBe(all.host.id);
  await all.end();
});

test.each(["calls it off", "will not be there, as the agent says"])(
  "on its day an operator calls the others of a group whose host %s, and nobody is moved",
  async (way) => {
    const all = await group();
    await run.goTo(all.day, 5);
    await ways[way]?.(all);
    await run.settle();
    for (const visit of await all.others()) {
      expect(visit).toMatchObject({ state: "accepted", day: all.day, moves: [] });
      expect(await all.told(visit, "engagement.in-doubt")).toHaveLength(1);
    }
    expect(await all.told(all.host, "engagement.in-doubt")).toEqual([]);
    await all.end();
  },
);

test("places are counted right through all of it", async () => {
  expect(await miscounted(run)).toEqual([]);
});
