import type { Need } from "@minka/contracts/need";
import { afterAll, beforeAll, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { startMatching, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
beforeAll(async () => void (run = await startMatching()));
afterAll(() => run.stop());

const people = 1_000;
const places = 100;

/** All requests of a need, searched, with the match of each for the scarce offer. */
async function openMany(offerId: string, need?: Need) {
  const ids: string[] = [];
  for (let start = 0; start < people; start += 100)
    ids.push(...(await Promise.all(Array.from({ length: 100 }, () => run.open(need ? { need } : {})))));
  await run.settle();
  return Promise.all(
    ids.map(async (id) => {
      const request = await run.read(id);
      const match = request.matches.find((each) => each.offerId === offerId);
      return { id, personId: request.personId, matchId: match?.id ?? "", matches: request.matches };
    }),
  );
}

test("a thousand simultaneous choices of a hundred places: exactly a hundred engaged, nine hundred with alternatives", async () => {
  const scarce = candidate({ monthlyCapacity: places, distanceKm: 1 });
  const other = candidate({ monthlyCapacity: people, distanceKm: 40 });
  run.catalog.near = [scarce, other];
  const requests = await openMany(scarce.offerId);
  const answers = await Promise.all(
    requests.map(({ personId, matchId }) =>
      run.signIn(personId)("POST", `/api/matching/matches/${matchId}/choice`),
    ),
  );
  const refused = answers.flatMap(({ status, body }, index) =>
    status === 200 ? [] : [[body.code, body.alternatives, requests[index]]],
  );
  expect(refused).toHaveLength(people - places);
  for (const [code, alternatives, request] of refused) {
    const instead = request.matches.find(({ offerId }: { offerId: string }) => offerId === other.offerId);
    expect([code, alternatives]).toEqual(["capacity-gone", [instead.id]]);
  }
  const chosen = requests.filter((_, index) => answers[index]?.status === 200);
  await Promise.all(chosen.map(({ matchId }) => run.accept(matchId)));
  const engaged = await run.owner.sql`
    select count(*)::int as engaged from matching.engagements e join matching.matches m on m.id = e.match_id
    where m.offer_id = ${scarce.offerId} and e.state = 'agreed'`;
  expect(engaged[0]).toEqual({ engaged: places });
  expect(await run.used(scarce.offerId)).toBe(places);
}, 300_000);

test("a thousand that pass on to a hundred places at once: exactly a hundred are asked", async () => {
  const first = candidate({ monthlyCapacity: null, distanceKm: 1 });
  const scarce = candidate({ monthlyCapacity: places, distanceKm: 40 });
  run.catalog.near = [first, scarce];
  const requests = await openMany(first.offerId, { kind: "training", topic: "pruning" });
  await Promise.all(
    requests.map(({ personId, matchId }) =>
      run.signIn(personId)("POST", `/api/matching/matches/${matchId}/choice`),
    ),
  );
  // Without the time that services give each other: all of them wait for one row.
  const provider = run.signIn(first.providerPersonId);
  await Promise.all(
    requests.map(({ matchId }) =>
      provider("POST", `/api/matching/matches/${matchId}/answer`, { accept: false }),
    ),
  );
  expect(await run.used(first.offerId)).toBe(0);
  expect(await run.used(scarce.offerId)).toBe(places);
  const asked = await run.owner.sql`
    select count(*)::int as asked from matching.matches where offer_id = ${scarce.offerId} and state = 'asked'`;
  expect(asked[0]).toEqual({ asked: places });
}, 300_000);

test("a thousand urgent requests share a hundred places of ten agents, three asked at a time", async () => {
  run.catalog.near = Array.from({ length: 10 }, (_, index) =>
    candidate({ monthlyCapacity: places / 10, distanceKm: 1 + index }),
  );
  await openMany("", { kind: "assistance", topic: "pest_management", urgency: "urgent" });
  for (const { offerId } of run.catalog.near) expect(await run.used(offerId)).toBe(places / 10);
  const asked = await run.owner.sql`
    select m.id from matching.matches m join matching.requests r on r.id = m.request_id
    where m.state = 'asked' and r.need->>'urgency' = 'urgent'`;
  expect(asked).toHaveLength(places);
  await Promise.all(asked.map(({ id }) => run.accept(id).catch(() => {})));
  await run.settle();
  const sums = await run.owner.sql`
    select c.offer_id, c.used, (select count(*)::int from matching.matches m
      where m.offer_id = c.offer_id and m.state in ('asked', 'accepted')) as held
    from matching.capacity c where c.offer_id = any(${run.catalog.near.map(({ offerId }) => offerId)}::uuid[])`;
  for (const { used, held } of sums) expect([used, used <= places / 10]).toEqual([held, true]);
}, 300_000);
