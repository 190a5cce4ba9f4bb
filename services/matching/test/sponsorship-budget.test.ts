import { and, eq, sql } from "@minka/database/query";
import * as fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { release, reprice, reserveFor, spend } from "../src/sponsorships/reserve.ts";
import { sponsorships } from "../src/sponsorships/sponsorships-tables.ts";
import { matches, requests } from "../src/tables.ts";
import { candidate } from "./fake-catalog.ts";
import { ranked, startMatching, type MatchingRun } from "./matching-run.ts";
import { sponsoring } from "./sponsored-run.ts";

let run: MatchingRun;
let sponsors: ReturnType<typeof sponsoring>;
beforeAll(async () => {
  run = await startMatching();
  sponsors = sponsoring(run);
});
afterAll(() => run.stop());
beforeEach(() => sponsors.endAll());

test("two hundred asks at once for the money of forty: forty are paid, and all are asked", async () => {
  run.catalog.near = [candidate({ priceCentimos: 4_000, monthlyCapacity: null })];
  const { sponsorshipId } = await sponsors.active({ budgetCentimos: 40 * 2_000 + 1_999 });
  const ids = await Promise.all(Array.from({ length: 200 }, () => run.open({ personId: sponsors.person() })));
  await run.settle();
  const lists = await Promise.all(ids.map((id) => run.read(id)));
  expect(lists.every((list) => ranked(list, 1).sponsor !== null)).toBe(true);
  const answers = await Promise.all(
    lists.map((list) =>
      sponsors.as(list.personId)("POST", `/api/matching/matches/${ranked(list, 1).id}/choice`),
    ),
  );
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  const after = await Promise.all(ids.map((id) => run.read(id)));
  expect(after.filter((list) => ranked(list, 1).sponsor !== null)).toHaveLength(40);
  expect(await sponsors.money(sponsorshipId)).toEqual({ reserved: 80_000, spent: 0 });
}, 60_000);

test("what is given back to one sponsor and taken of another is locked in one order, whichever way round", async () => {
  run.catalog.near = [candidate(), candidate()];
  const earlier = await sponsors.active({}, "Uno");
  const later = await sponsors.active({}, "Otro");
  const list = await run.openListed({ personId: sponsors.person() });
  const pays = async (rank: number, { sponsorshipId }: typeof earlier) =>
    run.owner.read
      .update(matches)
      .set({ sponsorshipId })
      .where(and(eq(matches.requestId, list.id), eq(matches.rank, rank)));
  await pays(1, later);
  await pays(2, earlier);
  await run.choose(ranked(list, 1).id);
  const [free, declining] = await run.owner.read.transaction(async (tx) => {
    const lock = (id: string) =>
      tx.select().from(sponsorships).where(eq(sponsorships.id, id)).for("update", { skipLocked: true });
    await lock(earlier.sponsorshipId);
    // In a list, or it would be waited for here.
    const begun = [run.decline(ranked(list, 1).id)] as const;
    await vi.waitFor(
      async () => {
        const waiting = await tx.execute(sql`select 1 from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`);
        expect(waiting).toHaveLength(1);
      },
      { timeout: 20_000 },
    );
    return [await lock(later.sponsorshipId), begun];
  });
  await declining[0];
  expect(free).toHaveLength(1);
  expect(ranked(await run.read(list.id), 2).sponsor?.name).toBe("Uno");
});

const price = 4_000;
const whole = 2_000;
type Step = { name: "reserve" | "reprice" | "release" | "spend"; index: number; agreed: number | null };
const step: fc.Arbitrary<Step> = fc.record({
  name: fc.constantFrom("reserve" as const, "reprice" as const, "release" as const, "spend" as const),
  index: fc.nat({ max: 5 }),
  agreed: fc.option(fc.integer({ min: 0, max: 2 * price })),
});

/** What the money of six matches should be: kept aside whole or not at all, and spent at most that. */
function moneyModel(budget: number) {
  const stands = new Map<number, { reserved: number; spent: number }>();
  const unpaid = new Set<number>();
  const sum = (of: "reserved" | "spent") => [...stands.values()].reduce((total, each) => total + each[of], 0);
  return {
    take({ name, index, agreed }: Step): void {
      const now = stands.get(index);
      if (name === "release") stands.delete(index);
      const pays = Math.min(now?.reserved ?? 0, Math.floor((agreed ?? price) / 2));
      if (name === "spend" && now && now.reserved > 0) stands.set(index, { reserved: 0, spent: pays });
      if (name === "reprice" && now && now.reserved > 0) {
        if (pays > 0) stands.set(index, { reserved: pays, spent: 0 });
        else stands.delete(index);
      }
      if (name !== "reserve" || now || unpaid.has(index)) return;
      if (sum("reserved") + sum("spent") + whole <= budget) stands.set(index, { reserved: whole, spent: 0 });
      else unpaid.add(index);
    },
    stands: (index: number) => stands.has(index),
    money: () => ({ reserved: sum("reserved"), spent: sum("spent") }),
  };
}

test("whatever is reserved, released and spent in whatever order, the sums are right and within the budget", async () => {
  run.catalog.near = Array.from({ length: 6 }, () => candidate({ priceCentimos: price }));
  const { sponsorshipId } = await sponsors.active();
  const list = await run.openListed({ personId: sponsors.person() });
  const act = { at: run.clock(), by: "test", trace: "test" };
  const db = run.owner;
  const done = ({ name, index, agreed }: Step, stands: boolean) =>
    db.transaction(async (tx) => {
      const matchId = ranked(list, index + 1).id;
      const [request] = await tx.select().from(requests).where(eq(requests.id, list.id)).for("update");
      const [match] = await tx.select().from(matches).where(eq(matches.id, matchId));
      if (!request || !match) throw new Error("it was listed");
      // A match is asked once at a time.
      if (name === "reserve" && !stands) await reserveFor(tx, act, { request, match });
      if (name === "release") await release(tx, act, matchId);
      if (name === "reprice") await reprice(tx, act, matchId, agreed ?? price);
      if (name === "spend") await spend(tx, act, matchId, agreed);
    });
  const steps = fc.array(step, { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 1, max: 6 * whole }), async (taken, budgetCentimos) => {
      for (let index = 0; index < 6; index += 1) await done({ name: "release", index, agreed: null }, false);
      await db.read.update(sponsorships).set({ budgetCentimos }).where(eq(sponsorships.id, sponsorshipId));
      await db.read
        .update(matches)
        .set({ sponsorshipId, sponsorPaysCentimos: whole })
        .where(eq(matches.requestId, list.id));
      const model = moneyModel(budgetCentimos);
      for (const each of taken) {
        await done(each, model.stands(each.index));
        model.take(each);
        const [row] = await db.read.select().from(sponsorships).where(eq(sponsorships.id, sponsorshipId));
        const { reserved, spent } = model.money();
        expect([row?.reservedCentimos, row?.spentCentimos]).toEqual([reserved, spent]);
        expect(reserved + spent).toBeLessThanOrEqual(budgetCentimos);
      }
    }),
    { numRuns: 20 },
  );
}, 60_000);

test("the database itself refuses a promise beyond the budget", async () => {
  const { sponsorshipId } = await sponsors.active();
  const beyond = run.owner.sql`
    update matching.sponsorships set reserved_centimos = budget_centimos, spent_centimos = 1
    where id = ${sponsorshipId}`;
  await expect(beyond).rejects.toThrow(/sponsorships_within_budget/);
});
