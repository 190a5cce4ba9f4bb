import { countVisitsDone } from "@minka/contracts/visits-done";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, refusal, startMatching, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
beforeAll(async () => void (run = await startMatching()));
afterAll(() => run.stop());
beforeEach(() => {
  run.clock.set(new Date("2026-11-24T14:00:00Z"));
  Object.assign(run.catalog, {
    near: [candidate({ distanceKm: 2 }), candidate({ distanceKm: 20 })],
    far: [],
  });
});

async function agreed(visitOn?: string) {
  const request = await run.openListed();
  const match = ranked(request, 1);
  await run.choose(match.id);
  const { engagementId } = await run.accept(match.id, visitOn);
  if (!engagementId) throw new Error("nothing agreed");
  return { request, match, next: ranked(request, 2), engagementId };
}

test("the evening after the visit day, and not before, the outcome is asked, once", async () => {
  const { request, engagementId } = await agreed("2026-11-26");
  run.clock.set(new Date("2026-11-27T21:59:59Z"));
  await run.settle();
  const due = async () =>
    (await run.told(request.id)).filter(({ event }) => event === "engagement.outcome-due");
  expect(await due()).toEqual([]);
  run.clock.set(new Date("2026-11-27T22:00:00Z"));
  await run.settle();
  run.clock.advance({ days: 1 });
  await run.settle();
  expect(await due()).toEqual([
    { event: "engagement.outcome-due", payload: { requestId: request.id, engagementId } },
  ]);
});

test("done closes engagement and request, before the visit day by who asked alone, and nobody asks any more", async () => {
  const { request, engagementId } = await agreed();
  expect(await refusal(run.report(engagementId, "done", "provider"))).toBe("visit-not-due");
  await run.report(engagementId, "done", "requester");
  await run.report(engagementId, "done", "provider");
  const done = await run.read(request.id);
  expect([done.state, done.engagement?.state]).toEqual(["done", "done"]);
  run.clock.advance({ days: 10 });
  await run.settle();
  expect((await run.told(request.id)).slice(3)).toEqual([
    {
      event: "engagement.done",
      payload: { requestId: request.id, engagementId, reportedBy: "requester" },
    },
  ]);
});

test("a person's visits are counted once they are done", async () => {
  const { request, engagementId } = await agreed();
  const { personId } = request;
  const counted = async () =>
    (await run.callAs("brokering")(countVisitsDone, { params: { personId } }, { trace: "visits" })).visits;
  const before = await counted();
  await run.report(engagementId, "done", "requester");
  expect(await counted()).toBe(before + 1);
});

test("a finished visit is rated once, and the rating counts for the provider", async () => {
  const { match, engagementId, request } = await agreed();
  expect(await refusal(run.rate(engagementId, 5))).toBe("not-done");
  await run.report(engagementId, "done");
  await run.rate(engagementId, 4);
  expect(await refusal(run.rate(engagementId, 5))).toBe("already-rated");
  expect(await run.standing(match.providerId)).toMatchObject({ ratings: 1, rating_sum: 4 });
  expect((await run.read(request.id)).engagement?.score).toBe(4);
});

test("ten ratings at the same moment count once", async () => {
  const { match, engagementId } = await agreed();
  await run.report(engagementId, "done");
  await Promise.allSettled(Array.from({ length: 10 }, () => run.rate(engagementId, 5)));
  expect(await run.standing(match.providerId)).toMatchObject({ ratings: 1, rating_sum: 5 });
});

test("when nobody came, the next of the list is asked and the absence counts", async () => {
  const { request, match, next, engagementId } = await agreed();
  run.clock.advance({ days: 3 });
  await run.report(engagementId, "no_show");
  const asking = await run.read(request.id);
  expect([asking.state, asking.engagement]).toEqual(["asking", null]);
  expect(asking.matches.map(({ state }) => state)).toEqual(["accepted", "asked"]);
  expect([await run.used(match.offerId), await run.used(next.offerId)]).toEqual([0, 1]);
  expect(await run.standing(match.providerId)).toMatchObject({ no_shows: 1 });
  expect((await run.told(request.id)).slice(-2)).toMatchObject([
    {
      event: "engagement.missed",
      payload: {
        requestId: request.id,
        engagementId,
        matchId: match.id,
        nextMatchId: next.id,
        reportedBy: "requester",
      },
    },
    { event: "match.asked", payload: { requestId: request.id, matchId: next.id } },
  ]);
  await run.report(engagementId, "no_show");
  expect(await run.standing(match.providerId)).toMatchObject({ no_shows: 1 });
});

test("when nobody came and the list is used up, the search goes on wider", async () => {
  run.catalog.near = [candidate()];
  const request = await run.openListed();
  await run.choose(ranked(request, 1).id);
  const { engagementId } = await run.accept(ranked(request, 1).id);
  run.clock.advance({ days: 3 });
  run.catalog.far = [candidate()];
  await run.report(engagementId ?? "", "no_show");
  expect((await run.told(request.id)).at(-1)?.payload).toMatchObject({ nextMatchId: null });
  await run.settle();
  const wider = await run.read(request.id);
  expect([wider.state, wider.round]).toEqual(["listed", 2]);
});

test("before the day of the visit nobody can have failed to come", async () => {
  const { engagementId } = await agreed();
  run.clock.advance({ days: 1 });
  expect(await refusal(run.report(engagementId, "no_show", "requester"))).toBe("visit-not-due");
});

test("a provider who gives notice before the day is replaced and not blamed", async () => {
  const { request, match, engagementId } = await agreed();
  await run.report(engagementId, "no_show", "provider");
  expect((await run.read(request.id)).state).toBe("asking");
  expect(await run.standing(match.providerId)).toMatchObject({ no_shows: 0 });
});

test("the producer can contest what only the provider called done, for a week and until it is rated", async () => {
  const today = "2026-11-24";
  const first = await agreed(today);
  await run.report(first.engagementId, "done", "provider");
  await run.report(first.engagementId, "no_show", "requester");
  expect((await run.read(first.request.id)).state).toBe("asking");
  expect(await run.standing(first.match.providerId)).toMatchObject({ no_shows: 1 });
  expect(await refusal(run.report(first.engagementId, "done", "provider"))).toBe("illegal-transition");

  const late = await agreed(today);
  await run.report(late.engagementId, "done", "provider");
  const rated = await agreed(today);
  await run.report(rated.engagementId, "done", "provider");
  await run.rate(rated.engagementId, 3);
  const own = await agreed(today);
  await run.report(own.engagementId, "done", "requester");
  run.clock.advance({ days: 8 });
  expect(await refusal(run.report(late.engagementId, "no_show"))).toBe("contest-too-late");
  expect(await refusal(run.report(rated.engagementId, "no_show"))).toBe("illegal-transition");
  expect(await refusal(run.report(own.engagementId, "no_show"))).toBe("illegal-transition");
});
