import type { PlanVisit } from "@minka/contracts/plans";
import type { PlanningAgent } from "@minka/contracts/planning-sources";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { near } from "./fake-planning.ts";
import { abandoned, miscounted, oversold, strandedVisits } from "./laws.ts";
import { startPlanning, type PlanRun } from "./plan-run.ts";

let run: PlanRun;
beforeAll(async () => void (run = await startPlanning()));
afterAll(() => run.stop());

/** A few each time; more take minutes, and are for the long run. */
const randomRuns = process.env["MINKA_LONG"] ? 40 : 2;

type Scene = { planId: string; agents: readonly PlanningAgent[]; visit: PlanVisit; which: number };
type Told = Promise<{ status: number; body: unknown }>;

const agentOf = ({ agents, visit, which }: Scene) =>
  agents.find(({ providerId }) => providerId === visit.providerId) ?? agents[which % agents.length];
const month = (scene: Scene, body: object): Told | null => {
  const agent = agentOf(scene);
  const url = `/api/matching/plans/${scene.planId}/agents/${agent?.providerId}/answer`;
  return agent ? run.signIn(agent.personId)("POST", url, body) : null;
};
const onVisit = ({ visit }: Scene, rest: string, body: object = {}): Told =>
  run.operator("POST", `/api/matching/plan-visits/${visit.id}/${rest}`, body);

/** Everything that somebody can do about a planned visit. */
const acts = {
  yes: ({ visit }: Scene) => run.answer(visit, { accept: true }),
  no: ({ visit }: Scene) => run.answer(visit, { accept: false, reason: "away" }),
  not_needed: ({ visit }: Scene) => run.answer(visit, { accept: false, reason: "not_needed" }),
  agent_no: (scene: Scene) => {
    const url = `/api/matching/plan-visits/${scene.visit.id}/answer`;
    const agent = agentOf(scene);
    return agent ? run.signIn(agent.personId)("POST", url, { by: "agent", accept: false }) : null;
  },
  month: (scene: Scene) => month(scene, { accept: true }),
  month_but: (scene: Scene) =>
    month(scene, { accept: true, exceptDays: scene.visit.day ? [scene.visit.day] : [] }),
  not_then: (scene: Scene) =>
    scene.visit.day ? month(scene, { accept: false, days: [scene.visit.day] }) : null,
  not_at_all: (scene: Scene) => month(scene, { accept: false }),
  replan: ({ planId }: Scene) => run.operator("POST", `/api/matching/plans/${planId}/replan`, {}),
  remove: (scene: Scene) => onVisit(scene, "removal"),
  move: (scene: Scene) =>
    onVisit(scene, "move", {
      providerId: scene.agents[scene.which % scene.agents.length]?.providerId,
      day: `2026-12-${String(1 + (scene.which % 31)).padStart(2, "0")}`,
      startsAt: "10:00",
    }),
  call_off: ({ visit, agents }: Scene) => {
    const agent = agents.find(({ providerId }) => providerId === visit.providerId);
    const url = `/api/matching/engagements/${visit.engagement?.id}/cancellation`;
    return agent && visit.engagement ? run.signIn(agent.personId)("POST", url, {}) : null;
  },
  cancel: ({ visit }: Scene) => {
    const url = `/api/matching/requests/${visit.requestId}/cancellation`;
    return visit.requestId ? run.signIn(visit.personId)("POST", url, {}) : null;
  },
  block: ({ visit: { personId, providerId } }: Scene) =>
    providerId
      ? run.signIn(personId)("POST", "/api/matching/blocks", { by: "person", personId, providerId })
      : null,
  wait: () => null,
} satisfies Record<string, (scene: Scene) => Told | null>;
type Act = keyof typeof acts;

const step = fc.record({
  act: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom<Act>("yes", "month", "wait") },
    fc.constantFrom(...(Object.keys(acts) as Act[])),
  ),
  which: fc.nat(40),
  /** While visits are being placed, where they are. */
  meanwhile: fc.boolean(),
  hours: fc.constantFrom(0, 0, 3, 26, 100, 200),
});

test("no sequence of answers, changes and waiting strands a visit, loses a place or agrees on one twice", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 12 }), async (steps) => {
      run.clock.set(new Date("2026-11-24T14:00:00Z"));
      await run.owner.sql`delete from matching.blocks`;
      const agents = [run.planning.addAgent({ capacity: 4 }), run.planning.addAgent({ capacity: 2 })];
      const people = [0, 0.2, 6, 12, -6].map((north) => run.planning.addPerson(near(north)));
      for (const agent of agents) await run.owe(agent, people.splice(0, 3));
      const planId = await run.make(agents);
      await run.approve(planId);
      for (const { act, which, meanwhile, hours } of steps) {
        const visits = await run.visitsOf(planId);
        const fit = visits.filter(({ state }) =>
          act === "yes" ? state === "proposed" : state !== "dropped",
        );
        const visit = fit[which % Math.max(1, fit.length)];
        const does = async () => {
          const answer = visit && (await acts[act]({ planId, agents, visit, which }));
          if (answer) expect(answer.status, `${act}: ${JSON.stringify(answer.body)}`).toBeLessThan(500);
        };
        if (meanwhile) {
          run.planning.meanwhile.push(does);
          await run.operator("POST", `/api/matching/plans/${planId}/replan`, {});
        } else await does();
        run.clock.advance({ hours });
        await run.settle();
        run.planning.meanwhile.length = 0;
        const laws = [strandedVisits(run), abandoned(run), miscounted(run), oversold(run)];
        expect(await Promise.all(laws), act).toEqual([[], [], [], []]);
      }
      // The end of the month ends what nobody agreed to.
      run.clock.set(new Date("2027-02-01T14:00:00Z"));
      await run.settle();
      expect(await strandedVisits(run)).toEqual([]);
      expect(await miscounted(run)).toEqual([]);
    }),
    { numRuns: randomRuns, endOnFailure: true },
  );
}, 900_000);
