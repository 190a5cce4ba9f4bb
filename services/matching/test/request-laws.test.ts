import { randomUUID } from "node:crypto";
import type { Request } from "@minka/contracts/matching";
import { DomainError } from "@minka/domain/errors";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { engagementLifecycle } from "../src/engagements/engagement-lifecycle.ts";
import { matchLifecycle } from "../src/matches/match-lifecycle.ts";
import { openStates, requestLifecycle } from "../src/requests/request-lifecycle.ts";
import { candidate } from "./fake-catalog.ts";
import { startMatching, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
beforeAll(async () => void (run = await startMatching()));
afterAll(() => run.stop());

const ends = ["done", "cancelled", "lapsed"];

test("from every open state a way leads on, and from the ends none but contesting", () => {
  const wayOn = (state: string) =>
    Object.values(requestLifecycle).some(
      ({ from, to }) => from.some((each) => each === state) && to !== state,
    );
  expect(openStates.filter((state) => !wayOn(state))).toEqual([]);
  expect(ends.filter(wayOn)).toEqual(["done"]);
});

const acts = ["choose", "accept", "decline", "refuse", "cancel", "done", "no_show", "rate", "wait"] as const;
type Act = (typeof acts)[number];

/** What leads on from a state, so that random sequences also reach the far ends of the lifecycle. */
const fitting: Partial<Record<Request["state"], readonly Act[]>> = {
  searching: ["wait"],
  listed: ["choose", "choose", "choose", "refuse"],
  asking: ["accept", "accept", "decline", "wait"],
  agreed: ["no_show", "no_show", "done", "wait"],
  done: ["rate", "no_show"],
};

type Step = { act: Act | "fitting"; which: number; hours: number; outage: boolean };
const step: fc.Arbitrary<Step> = fc.record({
  act: fc.oneof({ weight: 3, arbitrary: fc.constant("fitting" as const) }, fc.constantFrom(...acts)),
  which: fc.nat(20),
  hours: fc.constantFrom(0, 0, 1, 5, 30, 60),
  outage: fc.boolean(),
});

const toldSteps = (steps: readonly (readonly [Act, number])[]): Step[] =>
  steps.map(([act, hours]) => ({ act, hours, which: 0, outage: false }));

/** Together these three meet every event there is, whatever the random ones meet. */
const wholeWay = toldSteps([
  ["wait", 0],
  ["choose", 0],
  ["accept", 100],
  ["no_show", 0],
  ["decline", 0],
  ["choose", 0],
  ["accept", 0],
  ["done", 0],
  ["no_show", 0],
]);
const lapsing = toldSteps([
  ["wait", 0],
  ["wait", 50],
]);
const cancelling = toldSteps([["cancel", 0]]);

/** Every request that is not over must be somebody's: a timer's, an asked provider's or an operator's. */
async function abandoned(): Promise<readonly unknown[]> {
  return run.owner.sql`
    select r.id, r.state from matching.requests r
    left join matching.matches m on m.request_id = r.id and m.state = 'asked'
    left join matching.engagements e on e.request_id = r.id and e.state = 'agreed'
    where case r.state
      when 'searching' then r.due_at is null
      when 'listed' then r.list_expires_at is null
        or not exists (select from matching.matches l where l.request_id = r.id and l.state = 'listed')
      when 'asking' then m.ask_expires_at is null or m.capacity_month is null
      when 'agreed' then e.outcome_due_at is null
      when 'with_operator' then r.reason is null
      else m.id is not null or e.id is not null
    end`;
}

/** Places taken are exactly those that matches hold. */
async function miscounted(): Promise<readonly unknown[]> {
  return run.owner.sql`
    select c.offer_id, c.used, count(m.id)::int as held from matching.capacity c
    left join matching.matches m on m.offer_id = c.offer_id and m.capacity_month = c.month
    group by c.offer_id, c.month, c.used having c.used <> count(m.id)`;
}

test("no sequence of calls leaves a request without a next step, or a place without a holder", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 3, maxLength: 14 }),
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 0, max: 2 }),
      async (steps, near, far) => {
        run.catalog.near = Array.from({ length: near }, () => candidate({ monthlyCapacity: 1 }));
        run.catalog.far = Array.from({ length: far }, () => candidate());
        const requestId = await run.open({ personId: randomUUID() });
        let engagementId: string | null = null;
        for (const { act: wanted, which, hours, outage } of steps) {
          run.catalog.down = outage;
          const request = await run.read(requestId);
          engagementId = request.engagement?.id ?? engagementId;
          const fit = fitting[request.state] ?? ["wait"];
          const act = wanted === "fitting" ? fit[which % fit.length] : wanted;
          const current = request.matches.filter(({ round }) => round === request.round);
          const asked = request.matches.find(({ state }) => state === "asked") ?? current[0];
          const match = current[which % Math.max(1, current.length)];
          const calls: Record<Act, () => Promise<unknown> | undefined> = {
            choose: () => match && run.choose(match.id),
            accept: () => asked && run.accept(asked.id),
            decline: () => asked && run.decline(asked.id),
            refuse: () => run.refuse(requestId),
            cancel: () => (which === 0 ? run.cancel(requestId) : undefined),
            done: () => (engagementId ? run.report(engagementId, "done", "provider") : undefined),
            no_show: () => (engagementId ? run.report(engagementId, "no_show") : undefined),
            wait: () => undefined,
            rate: () => (engagementId ? run.rate(engagementId, 1 + (which % 5)) : undefined),
          };
          try {
            await calls[act ?? "wait"]();
          } catch (error) {
            if (!(error instanceof DomainError)) throw error;
            expect(error.category).toMatch(/conflict|forbidden/);
          }
          run.clock.advance({ hours });
          await run.settle();
          expect(await abandoned()).toEqual([]);
          expect(await miscounted()).toEqual([]);
        }
      },
    ),
    {
      numRuns: 15,
      endOnFailure: true,
      examples: [
        [wholeWay, 2, 1],
        [lapsing, 1, 0],
        [cancelling, 1, 0],
      ],
    },
  );
  const told = await run.owner.sql<{ event: string }[]>`select distinct event from events.deliveries`;
  const tables = [requestLifecycle, matchLifecycle, engagementLifecycle];
  const named = tables.flatMap((table) => Object.values(table).flatMap(({ emits }) => emits));
  // Only asking for the outcome changes no state, so no lifecycle names it.
  const expected = new Set([...named.map(({ name }) => name), "engagement.outcome-due"]);
  expect(new Set(told.map(({ event }) => event))).toEqual(expected);
}, 120_000);
