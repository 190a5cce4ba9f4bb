import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, startMatching, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
beforeAll(async () => void (run = await startMatching()));
afterAll(() => run.stop());
beforeEach(() => {
  run.clock.set(new Date("2026-11-24T14:00:00Z"));
  Object.assign(run.catalog, {
    near: [candidate({ distanceKm: 2 }), candidate({ distanceKm: 20 }), candidate({ distanceKm: 50 })],
    far: [],
    asked: [],
  });
});

test("a decline frees the place, counts for the provider, and asks the next of the list", async () => {
  const listed = await run.openListed();
  const [first, second] = [ranked(listed, 1), ranked(listed, 2)];
  await run.choose(first.id);
  run.clock.advance({ minutes: 30 });
  await run.decline(first.id);
  const asking = await run.read(listed.id);
  expect(asking.state).toBe("asking");
  expect(asking.matches.map(({ state }) => state)).toEqual(["declined", "asked", "listed"]);
  expect([await run.used(first.offerId), await run.used(second.offerId)]).toEqual([0, 1]);
  expect(await run.standing(first.providerId)).toMatchObject({
    asks: 1,
    answers: 1,
    answer_minutes_sum: 30,
  });
  expect((await run.told(listed.id)).slice(-2)).toEqual([
    {
      event: "match.passed-on",
      payload: { requestId: listed.id, matchId: first.id, cause: "declined", nextMatchId: second.id },
    },
    { event: "match.asked", payload: expect.objectContaining({ matchId: second.id }) },
  ]);
});

test("silence passes the ask on too, and counts as no answer", async () => {
  const listed = await run.openListed();
  const first = ranked(listed, 1);
  await run.choose(first.id);
  run.clock.advance({ hours: 21, minutes: 59 });
  await run.settle();
  expect(ranked(await run.read(listed.id), 1).state).toBe("asked");
  run.clock.advance({ minutes: 1 });
  await run.settle();
  const passed = await run.read(listed.id);
  expect(passed.matches.map(({ state }) => state)).toEqual(["silent", "asked", "listed"]);
  expect(await run.standing(first.providerId)).toMatchObject({ asks: 1, answers: 0 });
  const told = (await run.told(listed.id)).find(({ event }) => event === "match.passed-on");
  expect(told?.payload).toMatchObject({ cause: "silent", nextMatchId: ranked(listed, 2).id });
});

test("the next without a place left is skipped", async () => {
  const full = candidate({ distanceKm: 20, monthlyCapacity: 1 });
  run.catalog.near.splice(1, 1, full);
  const mine = await run.openListed();
  const others = await run.openListed();
  await run.choose(ranked(mine, 1).id);
  const theirs = others.matches.find(({ offerId }) => offerId === full.offerId);
  await run.choose(theirs?.id ?? "");
  await run.decline(ranked(mine, 1).id);
  const asking = await run.read(mine.id);
  const asked = asking.matches.find(({ state }) => state === "asked");
  expect(asked?.offerId).not.toBe(full.offerId);
  expect(asked?.rank).toBeGreaterThan(1);
  expect(await run.used(full.offerId)).toBe(1);
});

test("a used up list leads to a wider one without the tried, and that one to an operator", async () => {
  run.catalog.near = [candidate()];
  const widerOffer = candidate();
  const sameProvider = candidate({ providerId: run.catalog.near[0]?.providerId ?? "" });
  run.catalog.far = [widerOffer, sameProvider];
  const first = await run.openListed();
  await run.choose(ranked(first, 1).id);
  await run.decline(ranked(first, 1).id);
  expect((await run.told(first.id)).at(-1)?.payload).toMatchObject({ nextMatchId: null });
  await run.settle();

  const second = await run.read(first.id);
  expect([second.state, second.round]).toEqual(["listed", 2]);
  expect(run.catalog.asked.find(({ wider }) => wider)).toEqual({
    wider: true,
    excludeOfferIds: [ranked(first, 1).offerId],
  });
  expect(second.matches.filter(({ round }) => round === 2).map(({ offerId }) => offerId)).toEqual([
    widerOffer.offerId,
  ]);
  await run.choose(ranked(second, 1).id);
  await run.decline(ranked(second, 1).id);
  await run.settle();

  const last = await run.read(first.id);
  expect([last.state, last.reason?.code]).toEqual(["with_operator", "all-asked"]);
  expect((await run.told(first.id)).map(({ event }) => event)).toEqual([
    "request.matched",
    "match.asked",
    "match.passed-on",
    "request.matched",
    "match.asked",
    "match.passed-on",
    "request.handed-over",
  ]);
});

test("a used up list and nobody wider goes to an operator", async () => {
  run.catalog.near = [candidate()];
  const listed = await run.openListed();
  await run.choose(ranked(listed, 1).id);
  await run.decline(ranked(listed, 1).id);
  await run.settle();
  const request = await run.read(listed.id);
  expect([request.state, request.reason?.code]).toEqual(["with_operator", "all-asked"]);
});

test("a refused list leads to a wider one, and a second refusal to an operator", async () => {
  run.catalog.far = [candidate()];
  const listed = await run.openListed();
  await run.refuse(listed.id);
  await run.settle();
  const wider = await run.read(listed.id);
  expect([wider.state, wider.round, wider.reason]).toEqual(["listed", 2, null]);
  expect(wider.matches.filter(({ round }) => round === 1).map(({ state }) => state)).toEqual([
    "withdrawn",
    "withdrawn",
    "withdrawn",
  ]);
  await run.refuse(listed.id);
  await run.settle();
  const last = await run.read(listed.id);
  expect([last.state, last.reason?.code]).toEqual(["with_operator", "list-refused"]);
  expect((await run.told(listed.id)).at(-1)?.event).toBe("request.handed-over");
});

test("cancelling while asking frees the place and names the match to tell", async () => {
  const listed = await run.openListed();
  const first = ranked(listed, 1);
  await run.choose(first.id);
  await run.cancel(listed.id);
  const request = await run.read(listed.id);
  expect(request.state).toBe("cancelled");
  expect(new Set(request.matches.map(({ state }) => state))).toEqual(new Set(["withdrawn"]));
  expect(await run.used(first.offerId)).toBe(0);
  expect((await run.told(listed.id)).at(-1)).toEqual({
    event: "request.cancelled",
    payload: { requestId: listed.id, matchId: first.id },
  });
  run.clock.advance({ days: 3 });
  await run.settle();
  expect((await run.read(listed.id)).state).toBe("cancelled");
  await run.cancel(listed.id);
  expect((await run.told(listed.id)).filter(({ event }) => event === "request.cancelled")).toHaveLength(1);
});

test("cancelling an agreed visit cancels the engagement and names its match", async () => {
  const listed = await run.openListed();
  const first = ranked(listed, 1);
  await run.choose(first.id);
  await run.accept(first.id);
  await run.cancel(listed.id);
  const request = await run.read(listed.id);
  expect([request.state, request.engagement]).toEqual(["cancelled", null]);
  expect(await run.used(first.offerId)).toBe(0);
  expect((await run.told(listed.id)).at(-1)?.payload).toMatchObject({ matchId: first.id });
});

test("answer and silence at the same moment have one outcome", async () => {
  const listed = await run.openListed();
  const first = ranked(listed, 1);
  await run.choose(first.id);
  run.clock.advance({ hours: 22 });
  await Promise.all([run.settle(), run.accept(first.id).catch(() => {}), run.cancel(listed.id)]);
  const request = await run.read(listed.id);
  expect(request.state).toBe("cancelled");
  expect(request.matches.filter(({ state }) => state === "asked" || state === "accepted")).toEqual([]);
});
