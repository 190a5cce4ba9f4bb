import { withdrawMatch } from "@minka/contracts/matching";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, refusal, startMatching, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
beforeAll(async () => void (run = await startMatching()));
afterAll(() => run.stop());
beforeEach(() => {
  run.clock.set(new Date("2026-11-24T14:00:00Z"));
  const near = [2, 20, 50].map((distanceKm) => candidate({ distanceKm }));
  Object.assign(run.catalog, { near, far: [] });
});

const takeBack = (matchId: string, instead?: string) =>
  run.call(withdrawMatch, { params: { matchId }, body: instead ? { instead } : {} }, { trace: run.trace });

test("a question that is taken back frees the place, is told, and the list stands again for two days", async () => {
  const listed = await run.openListed();
  const [first, second] = [ranked(listed, 1), ranked(listed, 2)];
  await run.choose(first.id);
  run.clock.advance({ hours: 5 });
  expect(await takeBack(first.id)).toEqual({ requestId: listed.id, askExpiresAt: null });
  expect(await takeBack(first.id)).toEqual({ requestId: listed.id, askExpiresAt: null });
  const again = await run.read(listed.id);
  expect([again.state, again.listExpiresAt]).toEqual(["listed", "2026-11-26T19:00:00.000Z"]);
  expect(await run.used(first.offerId)).toBe(0);
  const told = (await run.told(listed.id)).filter(({ event }) => event === "match.withdrawn");
  expect(told).toEqual([
    { event: "match.withdrawn", payload: { requestId: listed.id, matchId: first.id, cause: "taken-back" } },
  ]);
  expect(await refusal(run.accept(first.id))).toBe("ask-taken-back");
  await run.choose(second.id);
  expect((await run.read(listed.id)).state).toBe("asking");
});

test("another of the list is asked instead, in one step", async () => {
  const listed = await run.openListed();
  const [first, third] = [ranked(listed, 1), ranked(listed, 3)];
  await run.choose(first.id);
  expect(await takeBack(first.id, third.id)).toMatchObject({ askExpiresAt: "2026-11-25T12:00:00.000Z" });
  const asking = await run.read(listed.id);
  expect(asking.matches.map(({ state }) => state)).toEqual(["withdrawn", "listed", "asked"]);
  expect([await run.used(first.offerId), await run.used(third.offerId)]).toEqual([0, 1]);
  await run.decline(third.id);
  expect((await run.read(listed.id)).matches.map(({ state }) => state)).toEqual([
    "withdrawn",
    "asked",
    "declined",
  ]);
});

test("where the other one is full, who is asked stays asked", async () => {
  const full = candidate({ monthlyCapacity: 1, distanceKm: 3 });
  run.catalog.near = [run.catalog.near[0]!, full];
  const [mine, theirs] = [await run.openListed(), await run.openListed()];
  const fullOf = (request: typeof mine) =>
    request.matches.find(({ offerId }) => offerId === full.offerId)!.id;
  const otherOf = mine.matches.find(({ offerId }) => offerId !== full.offerId)!.id;
  await run.choose(otherOf);
  await run.choose(fullOf(theirs));
  expect(await refusal(takeBack(otherOf, fullOf(mine)))).toBe("capacity-gone");
  expect((await run.read(mine.id)).matches.find(({ id }) => id === otherOf)?.state).toBe("asked");
});

test("only who asked, and only what waits for an answer", async () => {
  const listed = await run.openListed();
  const first = ranked(listed, 1);
  expect(await refusal(takeBack(first.id))).toBe("not-asked");
  await run.choose(first.id);
  const provider = run.signIn(first.providerPersonId);
  const answer = await provider("POST", `/api/matching/matches/${first.id}/withdrawal`, {});
  expect(answer).toMatchObject({ status: 403, body: { code: "not-yours" } });
  await run.accept(first.id);
  expect(await refusal(takeBack(first.id))).toBe("not-asked");
});

test("a yes and a taking back at the same moment have one outcome", async () => {
  for (let turn = 0; turn < 5; turn += 1) {
    const listed = await run.openListed();
    const first = ranked(listed, 1);
    await run.choose(first.id);
    const codes = await Promise.all([refusal(run.accept(first.id)), refusal(takeBack(first.id))]);
    const { state, engagement } = await run.read(listed.id);
    expect([
      ["agreed", "was not refused", "not-asked"],
      ["listed", "ask-taken-back", "was not refused"],
    ]).toContainEqual([state, ...codes]);
    expect(engagement !== null).toBe(state === "agreed");
  }
});
