import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, startMatching, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
beforeAll(async () => void (run = await startMatching()));
afterAll(() => run.stop());
beforeEach(() => run.clock.set(new Date("2026-11-24T14:00:00Z")));

async function ask(provider: ReturnType<typeof candidate>): Promise<string> {
  run.catalog.near = [provider];
  const listed = await run.openListed();
  await run.choose(ranked(listed, 1).id);
  return ranked(listed, 1).id;
}

async function ignore(provider: ReturnType<typeof candidate>, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await ask(provider);
  run.clock.advance({ days: 1, hours: 6 });
  await run.settle();
}

const restedTimes = async (providerId: string) => {
  const rows = await run.owner.sql`
    select payload from events.deliveries
    where event = 'provider.silent' and subscriber = 'catalog' and payload->>'providerId' = ${providerId}`;
  return rows.length;
};

test("five questions in a row without an answer send a provider to rest, once in two weeks", async () => {
  const silent = candidate();
  await ignore(silent, 4);
  expect(await restedTimes(silent.providerId)).toBe(0);
  await ignore(silent, 3);
  expect(await restedTimes(silent.providerId)).toBe(1);
  run.clock.advance({ days: 15 });
  await ignore(silent, 1);
  expect(await restedTimes(silent.providerId)).toBe(2);
});

test("a no is an answer: who gave one within two weeks is not silent", async () => {
  const busy = candidate();
  await run.decline(await ask(busy));
  await ignore(busy, 5);
  expect(await restedTimes(busy.providerId)).toBe(0);
  run.clock.advance({ days: 14 });
  await ignore(busy, 1);
  expect(await restedTimes(busy.providerId)).toBe(1);
});
