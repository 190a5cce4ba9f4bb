import { randomUUID } from "node:crypto";
import type { Request } from "@minka/contracts/matching";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { engagementLifecycle } from "../src/engagements/engagement-lifecycle.ts";
import { matchLifecycle } from "../src/matches/match-lifecycle.ts";
import { openStates, requestLifecycle } from "../src/requests/request-lifecycle.ts";
import { candidate } from "./fake-catalog.ts";
import { fitting, lawActs, type LawAct, type Scene, type Who } from "./law-acts.ts";
import { abandoned, miscounted, oversold } from "./laws.ts";
import { startMatching, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
beforeAll(async () => void (run = await startMatching()));
afterAll(() => run.stop());

const ends = ["done", "cancelled", "lapsed"];

test("from every open state a way leads on, and from the ends none but saying that it was not done well", () => {
  const wayOn = (state: string) =>
    Object.values(requestLifecycle).some(
      ({ from, to }) => from.some((each) => each === state) && to !== state,
    );
  expect(openStates.filter((state) => !wayOn(state))).toEqual([]);
  expect(ends.filter(wayOn)).toEqual(["done"]);
});

/** A few each time; many of them take minutes, and are for the long run. */
const randomRuns = process.env["MINKA_LONG"] ? 60 : 3;

type Step = { act: LawAct | "fitting"; who: Who; which: number; hours: number; outage: boolean };
const actNames = Object.keys(lawActs) as LawAct[];
const step: fc.Arbitrary<Step> = fc.record({
  act: fc.oneof({ weight: 3, arbitrary: fc.constant("fitting" as const) }, fc.constantFrom(...actNames)),
  who: fc.constantFrom("requester", "provider", "operator", "stranger"),
  which: fc.nat(40),
  hours: fc.constantFrom(0, 0, 0, 1, 5, 26, 60, 200),
  outage: fc.boolean(),
});

const told = (steps: readonly (readonly [LawAct, Who, number?, number?])[]): Step[] =>
  steps.map(([act, who, hours = 0, which = 0]) => ({ act, who, hours, which, outage: false }));
const agreeing = [
  ["choose", "requester"],
  ["accept", "provider"],
] as const;
const finishing = [...agreeing, ["done", "requester"]] as const;

/** Together these meet every transition and event that there is, whatever the random ones meet. */
const ways: readonly Step[][] = [
  told([
    ["choose", "requester", 0],
    ["accept", "provider", 100],
    ["no_show", "requester"],
    ["decline", "provider"],
    ["choose", "requester"],
    ["accept", "provider", 100],
    ["done", "provider"],
    ["no_show", "requester"],
  ]),
  told([["wait", "requester", 50]]),
  told([["cancel", "requester"]]),
  told([
    ["choose", "requester"],
    ["take_back", "requester"],
  ]),
  told([...agreeing, ["cancel", "requester"]]),
  told([
    ["choose", "requester"],
    ["name_price", "provider"],
    ["name_price", "requester"],
    ["name_price", "provider"],
    ["quote_yes", "requester"],
    ["name_day", "provider"],
    ["quote_yes", "requester"],
    ["call_off", "provider"],
  ]),
  told([
    ["choose", "requester"],
    ["name_price", "provider"],
    ["quote_no", "requester"],
  ]),
  told([
    ["choose", "requester"],
    ["name_price", "provider", 60],
  ]),
  // Nobody is asked twice in a night, however late it is.
  told([
    ...agreeing,
    ["wait", "requester", 400],
    ["wait", "requester", 50],
    ["wait", "requester", 50],
    ["settle", "operator", 0, 0],
  ]),
  told([
    ...finishing,
    ["rate", "requester"],
    ["rework", "requester"],
    ["rework_yes", "provider"],
    ["done", "requester"],
    ["rework", "requester"],
    ["rework_no", "provider"],
    ["settle", "operator", 0, 1],
  ]),
  told([...finishing, ["rework", "requester", 60], ["settle", "operator", 0, 3]]),
  told([...agreeing, ["dispute", "provider"], ["settle", "operator", 0, 2]]),
];

type Consents = { chosen: boolean; providers: Map<string, Set<number | null>> };

/** What both sides have said yes to so far, as the test heard it. */
function hear(consents: Consents, { act, scene }: { act: LawAct; scene: Scene }): void {
  const { match, who } = scene;
  if (act === "choose") consents.chosen = true;
  if (!match) return;
  const prices = consents.providers.get(match.id) ?? new Set();
  const speaks = who === "provider" || (who === "operator" && scene.which % 2 === 1);
  if (act === "accept" || act === "accept_day")
    consents.providers.set(match.id, prices.add(match.quote?.priceCentimos ?? match.priceCentimos));
  if (act === "quote_yes")
    consents.providers.set(match.id, prices.add(match.quote?.priceCentimos ?? match.priceCentimos));
  if (act === "name_price" && speaks) consents.providers.set(match.id, prices.add(1_000 + scene.which));
}

async function unconsented(requestId: string, { chosen, providers }: Consents): Promise<readonly unknown[]> {
  const rows = await run.owner.sql<{ match_id: string; price_centimos: number | null }[]>`
    select match_id, price_centimos from matching.engagements where request_id = ${requestId}`;
  return rows.filter(({ match_id: id, price_centimos: price }) => !chosen || !providers.get(id)?.has(price));
}

const sceneOf = (
  request: Request,
  step: Step,
  last: { quoteId: string | null; engagementId: string | null },
): Scene => {
  const current = request.matches.filter(({ round }) => round === request.round);
  const dealt = request.matches.find(
    ({ id, state }) => ["asked", "quoted"].includes(state) || id === request.engagement?.matchId,
  );
  return {
    request,
    match: dealt ?? current[step.which % Math.max(1, current.length)],
    engagementId: request.engagement?.id ?? last.engagementId,
    quoteId: dealt?.quote?.id ?? last.quoteId,
    who: step.who,
    which: step.which,
    now: run.clock(),
  };
};

test("no sequence of acts and waiting, by whomever, breaks a law of the lifecycle", async () => {
  const strangerId = randomUUID();
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 4, maxLength: 14 }),
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 0, max: 2 }),
      fc.boolean(),
      async (steps, near, far, urgent) => {
        run.catalog.near = Array.from({ length: near }, () => candidate({ monthlyCapacity: 1 }));
        run.catalog.far = Array.from({ length: far }, () => candidate());
        const personId = randomUUID();
        const requestId = await run.open({
          personId,
          need: {
            kind: "assistance",
            topic: "pruning",
            crop: "cacao",
            ...(urgent ? { urgency: "urgent" } : {}),
          },
        });
        await run.settle();
        const consents: Consents = { chosen: urgent, providers: new Map() };
        const last: { quoteId: string | null; engagementId: string | null } = {
          quoteId: null,
          engagementId: null,
        };
        for (const each of steps) {
          run.catalog.down = each.outage;
          const request = await run.read(requestId);
          const fit = fitting(request);
          const [act, who] =
            each.act === "fitting"
              ? (fit[each.which % fit.length] ?? ["wait", each.who])
              : [each.act, each.who];
          const scene = sceneOf(request, { ...each, who }, last);
          Object.assign(last, { quoteId: scene.quoteId, engagementId: scene.engagementId });
          const call = lawActs[act](scene);
          if (call) {
            const people = {
              requester: personId,
              provider: scene.match?.providerPersonId ?? randomUUID(),
              operator: randomUUID(),
              stranger: strangerId,
            };
            const answer = await run.signIn(people[who], who === "operator")(
              "POST",
              `/api/matching/${call.path}`,
              call.body,
            );
            expect(answer.status, `${act} by ${who}: ${JSON.stringify(answer.body)}`).toBeLessThan(500);
            if (who === "stranger") expect([403, 404]).toContain(answer.status);
            if (answer.status === 200) hear(consents, { act, scene });
            else expect([403, 404, 409, 422]).toContain(answer.status);
          }
          run.clock.advance({ hours: each.hours });
          await run.settle();
          const after = await run.read(requestId);
          expect(after.waitsFor === null, after.state).toBe(ends.includes(after.state));
          const broken = await Promise.all([
            abandoned(run),
            miscounted(run),
            oversold(run),
            unconsented(requestId, consents),
          ]);
          expect(broken).toEqual([[], [], [], []]);
        }
      },
    ),
    {
      numRuns: ways.length + randomRuns,
      endOnFailure: true,
      // The one that is called off at once is urgent.
      examples: ways.map((steps): [Step[], number, number, boolean] => [
        steps,
        steps.length === 1 ? 1 : 2,
        1,
        steps[0]?.act === "cancel",
      ]),
    },
  );
  const happened = await run.owner.sql<{ action: string }[]>`select distinct action from matching.audit`;
  const acted = new Set(happened.map(({ action }) => action));
  const known = Object.keys(engagementLifecycle).map((name) => `engagement.${name}`);
  expect(known.filter((name) => !acted.has(name))).toEqual([]);
  const rows = await run.owner.sql<{ event: string }[]>`select distinct event from events.deliveries`;
  const heard = new Set(rows.map(({ event }) => event));
  const tables = [requestLifecycle, matchLifecycle, engagementLifecycle];
  const named = tables.flatMap((table) => Object.values(table).flatMap(({ emits }) => emits));
  const news = named.filter(({ subscribers }) => subscribers.length > 0).map(({ name }) => name);
  expect(news.filter((name) => !heard.has(name))).toEqual([]);
}, 600_000);
