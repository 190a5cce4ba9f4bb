import { randomUUID } from "node:crypto";
import { matchingPersonalData } from "@minka/contracts/personal-data";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { near, town } from "./fake-planning.ts";
import { dayBefore, month, startPlanning, visitOf, type PlanRun } from "./plan-run.ts";

let run: PlanRun;
beforeAll(async () => void (run = await startPlanning()));
beforeEach(() => run.clock.set(new Date("2026-11-24T14:00:00Z")));
afterAll(() => run.stop());

/** Of a visit, what its agent is told of whom they meet. */
type Told = { name: string | null };

/** Two agents side by side, each with people of their own. */
async function twoAgents() {
  const first = run.planning.addAgent();
  const second = run.planning.addAgent({ providerName: "Segundo", base: near(0, 8) });
  const ofFirst = [1, 6, 11].map((north) => run.planning.addPerson(near(north)));
  const ofSecond = [1, 6].map((north) => run.planning.addPerson(near(north, 8)));
  await run.owe(first, ofFirst);
  await run.owe(second, ofSecond);
  const planId = await run.make([first, second]);
  return { first, second, ofFirst, ofSecond, planId };
}
const move = (visitId: string, body: object) =>
  run.operator("POST", `/api/matching/plan-visits/${visitId}/move`, body);

test("an agent who falls ill moves their own visits and nobody else's, each with the reason", async () => {
  const { first, second, ofSecond, planId } = await twoAgents();
  await run.approve(planId);
  await run.agreeMonth(planId, first);
  await run.agreeMonth(planId, second);
  const before = await run.visitsOf(planId);
  const ill = before.find(({ providerId }) => providerId === first.providerId)?.day ?? "";
  await run.goTo(dayBefore(ill, 4), 18);
  const onThatDay = before.filter(({ providerId, day }) => providerId === first.providerId && day === ill);
  const agreed = await Promise.all(onThatDay.map((visit) => run.answer(visit, { accept: true })));
  await run.agreeMonth(planId, first, { accept: false, days: [ill], reason: "ill" });
  await run.settle();
  const after = await run.visitsOf(planId);
  for (const visit of before) {
    const now = visitOf(after, visit.personId);
    if (!onThatDay.includes(visit))
      expect(now).toMatchObject({ day: visit.day, providerId: visit.providerId });
    else {
      expect([now.day === ill, now.providerId === first.providerId]).not.toEqual([true, true]);
      expect(now.moves[0]?.why).toMatchObject({
        code: "agent-away",
        parameters: { agent: first.providerId },
      });
    }
  }
  for (const id of ofSecond) expect(visitOf(after, id).moves).toEqual([]);
  // What had been agreed is agreed no more, and asked anew; meanwhile an operator answers for it.
  for (const { body } of agreed) {
    const request = await run.read(body.requestId);
    expect(request).toMatchObject({ state: "with_operator", engagement: null });
  }
  const told = (await run.toldOf(planId)).filter(({ payload }) => payload.occasion === "moved");
  const sameAgent = onThatDay.filter(
    ({ personId }) => visitOf(after, personId).providerId === first.providerId,
  );
  expect(told.length).toBe(sameAgent.length);
  const [moved] = sameAgent;
  if (moved) {
    const again = await run.answer(moved, { accept: true });
    expect(again.body).toMatchObject({ state: "accepted", requestId: agreed[0]?.body.requestId });
    expect((await run.read(again.body.requestId)).state).toBe("agreed");
  }
});

test("a visit is moved by hand where the constraints allow it, and refused with the reason where they do not", async () => {
  const { first, second, ofFirst, planId } = await twoAgents();
  const strange = run.planning.addPerson(near(90));
  const added = await run.done(
    run.operator("POST", `/api/matching/plans/${planId}/visits`, {
      personId: strange,
      topic: "pruning",
      crop: "cacao",
    }),
  );
  const slot = { providerId: second.providerId, day: "2026-12-30", startsAt: "10:00" };
  expect((await move(added.visit.id, slot)).body).toMatchObject({ code: "out-of-reach" });
  const visits = await run.visitsOf(planId);
  const visit = visitOf(visits, ofFirst[0] ?? "");
  expect((await move(visit.id, { ...slot, day: "2026-12-27" })).body).toMatchObject({ code: "agent-away" });
  expect((await move(visit.id, { ...slot, startsAt: "04:00" })).body).toMatchObject({
    code: "outside-hours",
  });
  expect((await move(visit.id, { ...slot, day: "2027-01-04" })).status).toBe(422);
  const other = visitOf(visits, ofFirst[1] ?? "");
  expect((await move(visit.id, { sessionId: other.sessionId })).body).toMatchObject({
    code: "session-too-far",
  });
  const moved = await run.done(move(visit.id, slot));
  expect(moved.visit).toMatchObject({ ...slot, state: "planned", moves: [{ why: { code: "by-hand" } }] });
  expect((await move(other.id, slot)).body).toMatchObject({ code: "overlaps" });
  const taken = await run.done(run.operator("POST", `/api/matching/plan-visits/${other.id}/removal`));
  expect(taken.visit).toMatchObject({ state: "dropped", why: { code: "by-hand" } });
  expect(first.providerId).not.toBe(moved.visit.providerId);
});

test("days off, market days and what is fixed are respected", async () => {
  const agent = run.planning.addAgent();
  const ids = [1, 6, 11].map((north) => run.planning.addPerson(near(north), { locality: "Santa Lucía" }));
  const [fixed = ""] = ids;
  await run.owe(agent, ids);
  const url = `/api/matching/agents/${agent.providerId}`;
  await run.done(
    run.signIn(agent.personId)("PUT", `${url}/calendar`, {
      weekdays: [2, 3, 4],
      daysOff: ["2026-12-03"],
      stopsADay: 1,
    }),
  );
  await run.done(
    run.operator("PUT", "/api/matching/place-days", {
      districtCode: "221001",
      placeName: "Santa Lucia",
      market: [2],
      school: [],
    }),
  );
  const appointment = {
    personId: fixed,
    topic: "pruning",
    crop: "cacao",
    day: "2026-12-16",
    startsAt: "10:30",
  };
  await run.done(run.operator("POST", `${url}/appointments`, appointment));
  const visits = await run.visitsOf(await run.make([agent]));
  expect(visitOf(visits, fixed)).toMatchObject({ day: "2026-12-16", startsAt: "10:30" });
  const days = visits.map(({ day }) => day ?? "");
  expect(new Set(days).size).toBe(3);
  for (const day of days) {
    expect(day).not.toBe("2026-12-03");
    expect([3, 4]).toContain(new Date(`${day}T00:00:00Z`).getUTCDay());
  }
});

test("a manager plans for the organization's agents and members, and for nobody else's", async () => {
  const { organizationId, manager } = run;
  const agent = run.planning.addAgent({ organizationIds: [organizationId] });
  const stranger = run.planning.addAgent();
  const member = run.planning.addPerson(near(1), { organizationIds: [organizationId] });
  const outsider = run.planning.addPerson(near(2));
  const entries = [member, outsider].map((personId) => ({ personId, topic: "pruning", crop: "cacao" }));
  const put = await manager("POST", `/api/matching/agents/${agent.providerId}/caseload`, { entries });
  expect(put.body).toMatchObject({
    added: 1,
    refused: [{ index: 1, code: "not-a-member" }],
    size: 1,
    quota: 200,
  });
  const theirs = await manager("POST", `/api/matching/agents/${stranger.providerId}/caseload`, { entries });
  expect(theirs.body).toMatchObject({ status: 403, code: "not-your-agent" });
  const foreign = { month, organizationId, agentProviderIds: [stranger.providerId] };
  expect((await manager("POST", "/api/matching/plans", foreign)).body).toMatchObject({
    code: "not-your-agent",
  });
  expect((await manager("POST", "/api/matching/plans", { month })).status).toBe(403);
  // The agent serves others besides, who are none of the organization's business.
  await run.owe(agent, [outsider]);
  const caseload = await manager("GET", `/api/matching/agents/${agent.providerId}/caseload`);
  expect(caseload.body.items.map(({ personId }: { personId: string }) => personId)).toEqual([member]);
  const removal = { personIds: [outsider] };
  expect(
    (await manager("POST", `/api/matching/agents/${agent.providerId}/caseload/removal`, removal)).body,
  ).toMatchObject({ removed: 0, size: 2 });
  const made = await manager("POST", "/api/matching/plans", { month, organizationId });
  expect(made.status).toBe(202);
  const named = { month, organizationId, agentProviderIds: [agent.providerId] };
  for (const again of [{ month, organizationId }, named])
    expect((await manager("POST", "/api/matching/plans", again)).body).toMatchObject({ code: "plan-exists" });
  await run.settle();
  const { planId } = made.body;
  const page = await manager("GET", `/api/matching/plans/${planId}/visits`);
  expect(page.body.items).toMatchObject([{ personId: member, providerId: agent.providerId }]);
  const outside = run.signIn(randomUUID());
  for (const path of ["", "/visits"])
    expect((await outside("GET", `/api/matching/plans/${planId}${path}`)).status).toBe(403);
  expect((await outside("POST", `/api/matching/plans/${planId}/approval`)).status).toBe(403);
  expect(
    (await manager("POST", "/api/matching/plans", { ...foreign, agentProviderIds: [agent.providerId] })).body,
  ).toMatchObject({ code: "plan-exists" });
});

test("who reviews sees no home, an agent no name before a yes, and nobody another's", async () => {
  const { first, ofFirst, planId } = await twoAgents();
  await run.approve(planId);
  await run.agreeMonth(planId, first);
  const visits = await run.visitsOf(planId);
  const visit = visitOf(visits, ofFirst[0] ?? "");
  const own = run.signIn(first.personId);
  const url = `/api/matching/people/${first.personId}/plan-days`;
  const hidden = async () => JSON.stringify((await own("GET", url)).body);
  expect(await hidden()).not.toContain("Elva");
  await run.goTo(dayBefore(visit.day ?? "", 5), 18);
  await run.done(run.answer(visit, { accept: true }));
  const said = await own("GET", url);
  const days = said.body.months[0].days;
  const people = days.flatMap(({ stops }: { stops: { visits: Told[] }[] }) =>
    stops.flatMap(({ visits: its }) => its),
  );
  expect(people.filter(({ name }: Told) => name !== null)).toMatchObject([
    { planVisitId: visit.id, state: "accepted", name: "Elva Shupingahua", phone: "+51987654321" },
  ]);
  const all = [
    await hidden(),
    JSON.stringify(await run.visitsOf(planId)),
    JSON.stringify(await run.readPlan(planId)),
  ];
  for (const text of all) expect(text).not.toContain(String(town.longitude).slice(0, 6));
  expect(all[1]).not.toContain("Elva");
  const nosy = run.signIn(randomUUID());
  expect((await nosy("GET", url)).status).toBe(403);
  expect((await nosy("GET", `/api/matching/plan-visits/${visit.id}`)).status).toBe(403);
  expect((await nosy("POST", `/api/matching/plan-visits/${visit.id}/answer`, { accept: false })).status).toBe(
    403,
  );
});

test("who is erased is visited by nobody, and what was kept of where they live is gone", async () => {
  const { first, ofFirst, planId } = await twoAgents();
  await run.approve(planId);
  await run.agreeMonth(planId, first);
  const visit = visitOf(await run.visitsOf(planId), ofFirst[0] ?? "");
  await run.goTo(dayBefore(visit.day ?? "", 5), 18);
  await run.done(run.answer(visit, { accept: true }));
  const erase = (personId: string, providerIds: string[] = []) =>
    run.callAs("profiles")(
      matchingPersonalData.eraseData,
      {
        body: {
          personId,
          phones: [],
          sharedPhones: [],
          names: [],
          documents: [],
          askedAt: run.clock().toISOString(),
          tell: true,
          acquaintances: [],
          providerIds,
        },
      },
      { trace: "erasure" },
    );
  await erase(visit.personId);
  await run.settle();
  const after = visitOf(await run.visitsOf(planId), visit.personId);
  expect(after).toMatchObject({
    state: "dropped",
    why: { code: "person-left" },
    placeName: null,
    sessionId: null,
  });
  const list = await run.operator("GET", `/api/matching/agents/${first.providerId}/caseload`);
  expect(list.body.items.map(({ personId }: { personId: string }) => personId)).not.toContain(visit.personId);
  await erase(first.personId, [first.providerId]);
  await run.settle();
  const left = await run.visitsOf(planId);
  expect(left.filter(({ providerId }) => providerId === first.providerId)).toEqual([]);
  expect(JSON.stringify((await run.readPlan(planId)).agents)).not.toContain("Rosa Tuanama");
});
