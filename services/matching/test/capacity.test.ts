import { randomUUID } from "node:crypto";
import * as contract from "@minka/contracts/matching";
import type { Need } from "@minka/contracts/need";
import { afterAll, beforeAll, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, refusal, startMatching, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
beforeAll(async () => void (run = await startMatching()));
afterAll(() => run.stop());

const matchOf = ({ matches }: contract.Request, offerId: string): string =>
  matches.find((match) => match.offerId === offerId)?.id ?? "";

async function openMany(count: number, need?: Need) {
  const over = need ? { need } : {};
  const ids = await Promise.all(Array.from({ length: count }, () => run.open(over)));
  await run.settle();
  return Promise.all(ids.map((id) => run.read(id)));
}

/** All choose the scarce one through the web at once; who is refused reads what else can be chosen. */
test("a hundred and twenty choices at once of twelve places: twelve are engaged, the others have alternatives", async () => {
  const scarce = candidate({ monthlyCapacity: 12, distanceKm: 1 });
  const other = candidate({ monthlyCapacity: 500, distanceKm: 40 });
  run.catalog.near = [scarce, other];
  const requests = await openMany(120);
  const wanted = requests.map((request) => matchOf(request, scarce.offerId));
  const answers = await Promise.all(
    requests.map(({ personId }, index) =>
      run.signIn(personId)("POST", `/api/matching/matches/${wanted[index]}/choice`),
    ),
  );
  const chosen = answers.flatMap(({ status }, index) => (status === 200 ? [wanted[index] ?? ""] : []));
  expect(chosen).toHaveLength(12);
  for (const [index, { status, body }] of answers.entries())
    if (status !== 200)
      expect([status, body.code, body.alternatives]).toEqual([
        409,
        "capacity-gone",
        [matchOf(requests[index]!, other.offerId)],
      ]);
  await Promise.all(chosen.map((matchId) => run.accept(matchId)));
  expect(await run.used(scarce.offerId)).toBe(12);
  const agreed = await run.call(
    contract.listRequests,
    { query: { state: "agreed", limit: 100 } },
    { trace: run.trace },
  );
  expect(agreed.items).toHaveLength(12);
}, 60_000);

test("whom Minka asks by itself has no more questions open than it can answer; who chooses it still may", async () => {
  const crowded = candidate({ monthlyCapacity: 30, distanceKm: 40 });
  run.catalog.near = [crowded];
  const before = await openMany(10);
  await Promise.all(before.map((request) => run.choose(ranked(request, 1).id)));
  const [first, spare] = [candidate({ distanceKm: 1 }), candidate({ distanceKm: 80 })];
  run.catalog.near = [first, crowded, spare];
  const mine = await run.openListed();
  await run.choose(matchOf(mine, first.offerId));
  await run.decline(matchOf(mine, first.offerId));
  const asked = (await run.read(mine.id)).matches.find(({ state }) => state === "asked");
  expect(asked?.offerId).toBe(spare.offerId);
  const theirs = await run.openListed();
  await run.choose(matchOf(theirs, crowded.offerId));
  expect(await run.used(crowded.offerId)).toBe(11);
});

test("a provider with as many questions as it answers is not even chosen, and others are named", async () => {
  const providerId = randomUUID();
  // Three offers of four places each: more places than one agent answers questions.
  const offers = [1, 2, 3].map((distanceKm) => candidate({ providerId, distanceKm, monthlyCapacity: 4 }));
  for (const offer of offers) {
    run.catalog.near = [offer];
    const requests = await openMany(offer === offers[2] ? 2 : 4);
    await Promise.all(requests.map((request) => run.choose(ranked(request, 1).id)));
  }
  const other = candidate({ distanceKm: 50 });
  run.catalog.near = [offers[2]!, other];
  const mine = await run.openListed();
  const busy = await run.signIn(mine.personId)(
    "POST",
    `/api/matching/matches/${matchOf(mine, offers[2]!.offerId)}/choice`,
  );
  expect(busy).toMatchObject({
    status: 409,
    body: { code: "provider-busy", alternatives: [matchOf(mine, other.offerId)] },
  });
  expect(await run.used(offers[2]!.offerId)).toBe(2);
});

test("an offer that is full is listed for the next month, whose places are as many", async () => {
  const single = candidate({ monthlyCapacity: 1 });
  run.catalog.near = [single];
  const first = await run.openListed();
  await run.choose(ranked(first, 1).id);
  const later = await run.openListed();
  expect(ranked(later, 1).forMonth).toBe("2026-12");
  await run.choose(ranked(later, 1).id);
  expect(await run.used(single.offerId)).toBe(2);
  expect(await refusal(run.accept(ranked(later, 1).id, "2026-11-30"))).toBe("visit-day-out-of-range");
  await run.accept(ranked(later, 1).id);
  expect((await run.read(later.id)).engagement?.visitOn).toBe("2026-12-01");
  const last = await run.openListed();
  expect([last.state, last.reason?.code]).toEqual(["with_operator", "all-full"]);
});

test("requests that pass between two offers in opposite directions do not block each other", async () => {
  const [one, other] = [candidate({ monthlyCapacity: 60 }), candidate({ monthlyCapacity: 60 })];
  run.catalog.near = [one, other];
  const requests = await openMany(40, { kind: "input", product: "urea" });
  await Promise.all(requests.map((request) => run.choose(ranked(request, 1).id)));
  const first = requests.map((request) => ranked(request, 1).offerId);
  expect(new Set(first).size).toBe(2);
  await Promise.all(requests.map((request) => run.decline(ranked(request, 1).id)));
  const after = await Promise.all(requests.map(({ id }) => run.read(id)));
  expect(new Set(after.map(({ state }) => state))).toEqual(new Set(["asking"]));
  expect((await run.used(one.offerId)) + (await run.used(other.offerId))).toBe(40);
}, 60_000);
