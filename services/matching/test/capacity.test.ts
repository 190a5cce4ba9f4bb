import * as contract from "@minka/contracts/matching";
import { afterAll, beforeAll, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, refusal, startMatching, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
beforeAll(async () => void (run = await startMatching()));
afterAll(() => run.stop());

async function openMany(count: number) {
  const ids = await Promise.all(Array.from({ length: count }, () => run.open()));
  await run.settle();
  return Promise.all(ids.map((id) => run.read(id)));
}

test("two hundred choices at once for twenty places: twenty are asked", async () => {
  const scarce = candidate({ monthlyCapacity: 20 });
  run.catalog.near = [scarce];
  const requests = await openMany(200);
  const results = await Promise.all(requests.map((request) => refusal(run.choose(ranked(request, 1).id))));
  expect(results.filter((code) => code === "was not refused")).toHaveLength(20);
  expect(results.filter((code) => code === "capacity-gone")).toHaveLength(180);
  expect(await run.used(scarce.offerId)).toBe(20);
  const { items } = await run.call(
    contract.listRequests,
    { query: { state: "asking", limit: 100 } },
    { trace: run.trace },
  );
  expect(items).toHaveLength(20);
}, 60_000);

test("a full offer is not listed, and is again next month", async () => {
  const single = candidate({ monthlyCapacity: 1 });
  run.catalog.near = [single];
  const first = await run.openListed();
  await run.choose(ranked(first, 1).id);
  const second = await run.openListed();
  expect([second.state, second.reason?.code]).toEqual(["with_operator", "all-full"]);
  run.clock.set(new Date("2026-12-01T05:00:00Z"));
  expect((await run.openListed()).state).toBe("listed");
});

test("requests that pass between two offers in opposite directions do not block each other", async () => {
  const [one, other] = [candidate({ monthlyCapacity: 60 }), candidate({ monthlyCapacity: 60 })];
  run.catalog.near = [one, other];
  const requests = await openMany(40);
  await Promise.all(requests.map((request) => run.choose(ranked(request, 1).id)));
  const first = requests.map((request) => ranked(request, 1).offerId);
  expect(new Set(first).size).toBe(2);
  await Promise.all(requests.map((request) => run.decline(ranked(request, 1).id)));
  const after = await Promise.all(requests.map(({ id }) => run.read(id)));
  expect(new Set(after.map(({ state }) => state))).toEqual(new Set(["asking"]));
  expect((await run.used(one.offerId)) + (await run.used(other.offerId))).toBe(40);
}, 60_000);
