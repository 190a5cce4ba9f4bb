import { newId } from "@minka/database/new-id";
import { beforeEach, describe, expect, test } from "vitest";
import { signedIn } from "../support/signed-operator.ts";
import { dayBefore, monthStage, type Producer } from "./month-scene.ts";

const on = monthStage();
beforeEach(() => on.goTo("2026-11-24", 9));

/** As somebody signed in on the web, themself. */
async function posts({ personId }: { personId: string }, url: string, body: object = {}): Promise<unknown> {
  const web = signedIn(on.platform, personId, { operator: false });
  const { status, body: answer, text } = await web.post<unknown>(url, body);
  if (status >= 300) throw new Error(`${status} ${text}`);
  await on.settle();
  return answer;
}

let founded = 0;
/** An organization counts this person as its member, and asks whether that is so. */
async function namedMember(manager: Producer, personId: string): Promise<{ membershipId: string }> {
  const body = {
    personId: manager.personId,
    name: `Los Cedros ${++founded}`,
    kind: "association",
    districtCode: "221001",
  };
  const url = "/api/profiles/organizations";
  const { organization } = (await posts(manager, url, body)) as { organization: { id: string } };
  await signedIn(on.platform, newId()).post(`${url}/${organization.id}/verify`);
  const added = await posts(manager, `${url}/${organization.id}/members`, { personId });
  return (added as { membership: { membershipId: string } }).membership;
}
const isMember = expect.stringMatching(/Los Cedros/);
const ofMonth = /su plan de diciembre/;

describe("a month that its agent accepts on the web", () => {
  test("is asked no more, and what waited behind it is", async () => {
    const agent = await on.agent();
    const { Rosa } = await on.producers({ Rosa: "tocache" });
    const plan = await on.planFor(agent, [Rosa]);
    await plan.approve();
    expect(await agent.reads()).toEqual([expect.stringMatching(ofMonth)]);
    await namedMember(plan.manager, agent.personId);
    expect(await agent.reads()).toEqual([]);
    await plan.answerAs(agent, { accept: true });
    expect(await agent.reads()).toEqual([isMember]);
    expect(await agent.says("estado")).not.toContainEqual(expect.stringMatching(ofMonth));
    // The SI is for the association.
    expect(await agent.says("si")).toEqual([isMember]);
  });

  test("is asked anew with its new days once others change them, and stands after the SI to these", async () => {
    const agent = await on.agent();
    const { Rosa } = await on.producers({ Rosa: "tocache" });
    const plan = await on.planFor(agent, [Rosa]);
    await plan.approve();
    await agent.reads();
    await plan.answerAs(agent, { accept: true });
    const visit = await plan.visitOf(Rosa);
    const day = dayBefore(visit.day, -7);
    const moved = await plan.desk.post(`/api/matching/plan-visits/${visit.id}/move`, {
      providerId: agent.providerId,
      day,
      startsAt: visit.startsAt,
    });
    expect(moved).toMatchObject({ status: 200 });
    await on.settle();
    const answer = async () => {
      const url = `/api/matching/plans/${plan.planId}`;
      const { body } = await plan.desk.get<{ plan: { agents: { answer: string }[] } }>(url);
      return body.plan.agents.map((each) => each.answer);
    };
    expect(await answer()).toEqual(["waiting"]);
    expect(await agent.reads()).toEqual([
      expect.stringMatching(
        new RegExp(`^Cambio su plan de diciembre: 1 .+\\n\\S+ ${Number(day.slice(8))}: 1`),
      ),
    ]);
    // Nobody is promised what the agent may refuse.
    await on.goTo(dayBefore(day, 7), 17.5);
    expect(await Rosa.reads()).toEqual([]);
    expect(await answer()).not.toEqual(["accepted"]);
  });

  test("and then changed by the agent is told, each time and with the days", async () => {
    const agent = await on.agent();
    const { Rosa } = await on.producers({ Rosa: "tocache" });
    const plan = await on.planFor(agent, [Rosa]);
    await plan.approve();
    await agent.says("si");
    for (const _ of ["first", "second"]) {
      const { day } = await plan.visitOf(Rosa);
      await plan.answerAs(agent, { accept: false, days: [day] });
      const now = await plan.visitOf(Rosa);
      expect(now.day).not.toBe(day);
      expect(await agent.reads()).toEqual([
        expect.stringMatching(
          new RegExp(
            `^Cambio su plan: .+ Ahora: 1 visita en 1 dia\\.\\n\\S+ ${Number(now.day.slice(8))}: 1 visita`,
          ),
        ),
      ]);
    }
    const visit = await plan.visitOf(Rosa);
    await on.goTo(dayBefore(visit.day, 6), 17.5);
    expect(await Rosa.reads()).toEqual([expect.stringMatching(/poda de cacao/)]);
    await namedMember(plan.manager, Rosa.personId);
    expect(await Rosa.reads()).toEqual([]);
    const refused = { accept: false, reason: "not_needed" };
    await posts(Rosa, `/api/matching/plan-visits/${visit.id}/answer`, refused);
    expect(await Rosa.reads()).toEqual([isMember]);
  });
});

test("a membership that is answered on the web is asked no more", async () => {
  const { Rosa, Juan } = await on.producers({ Rosa: "tocache", Juan: "tocache" });
  const { membershipId } = await namedMember(Rosa, Juan.personId);
  expect(await Juan.reads()).toEqual([isMember]);
  await posts(Juan, `/api/profiles/memberships/${membershipId}/answer`, { accepted: true });
  expect(await Juan.says("estado")).not.toContainEqual(isMember);
});
