import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, refusal, startMatching, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
beforeAll(async () => void (run = await startMatching()));
afterAll(() => run.stop());
beforeEach(() => {
  run.clock.set(new Date("2026-11-24T14:00:00Z"));
  Object.assign(run.catalog, {
    near: [candidate({ distanceKm: 2 }), candidate({ distanceKm: 20 }), candidate({ distanceKm: 50 })],
    far: [],
    beforeAnswer: async () => {},
  });
});

async function decided(providerId: string, to: "suspended" | "closed" | "verified"): Promise<void> {
  await run.decide(providerId, to)();
  await run.settle();
}

test.each(["suspended", "closed"] as const)(
  "what a %s provider is being asked goes to the next, without harm to them",
  async (to) => {
    const listed = await run.openListed();
    const [first, second] = [ranked(listed, 1), ranked(listed, 2)];
    await run.choose(first.id);
    await decided(first.providerId, to);
    const asking = await run.read(listed.id);
    expect([asking.state, ...asking.matches.map(({ state }) => state)]).toEqual([
      "asking",
      "declined",
      "asked",
      "listed",
    ]);
    expect([await run.used(first.offerId), await run.used(second.offerId)]).toEqual([0, 1]);
    expect(await run.standing(first.providerId)).toBeUndefined();
    expect((await run.told(listed.id)).slice(-2)).toEqual([
      {
        event: "match.passed-on",
        payload: { requestId: listed.id, matchId: first.id, cause: "left", nextMatchId: second.id },
      },
      { event: "match.asked", payload: expect.objectContaining({ matchId: second.id }) },
    ]);
    expect(await refusal(run.accept(first.id))).toBe("already-answered");
  },
);

test("with nobody left after them the search goes wider, and does not come back to them", async () => {
  run.catalog.near = [candidate()];
  run.catalog.far = [candidate()];
  const listed = await run.openListed();
  const only = ranked(listed, 1);
  await run.choose(only.id);
  await decided(only.providerId, "suspended");
  const wider = await run.read(listed.id);
  expect([wider.state, wider.round]).toEqual(["listed", 2]);
  expect(ranked(wider, 1).providerId).not.toBe(only.providerId);
});

test("they can be chosen from no list, while the others of it can", async () => {
  const listed = await run.openListed();
  const [first, second] = [ranked(listed, 1), ranked(listed, 2)];
  await decided(first.providerId, "closed");
  expect(await refusal(run.choose(first.id))).toBe("provider-gone");
  await run.choose(second.id);
  expect(ranked(await run.read(listed.id), 2).state).toBe("asked");
  await run.decline(second.id);
  expect(ranked(await run.read(listed.id), 3).state).toBe("asked");
});

test("a list of nobody else is searched on", async () => {
  run.catalog.near = [candidate()];
  const listed = await run.openListed();
  await decided(ranked(listed, 1).providerId, "suspended");
  const after = await run.read(listed.id);
  expect([after.state, after.reason?.code]).toEqual(["with_operator", "all-asked"]);
});

test("a visit that is agreed stays, and a person is to look; if nobody comes, who waited is asked and nobody who left", async () => {
  const listed = await run.openListed();
  const first = ranked(listed, 1);
  await run.choose(first.id);
  await run.accept(first.id);
  const { engagement } = await run.read(listed.id);
  await decided(first.providerId, "suspended");
  expect(await run.read(listed.id)).toMatchObject({ state: "agreed", engagement });
  expect((await run.told(listed.id)).at(-1)).toEqual({
    event: "engagement.in-doubt",
    payload: { requestId: listed.id, matchId: first.id, engagementId: engagement?.id },
  });
  await decided(ranked(listed, 2).providerId, "suspended");
  run.clock.advance({ days: 3 });
  await run.report(engagement?.id ?? "", "no_show");
  expect(ranked(await run.read(listed.id), 3).state).toBe("asked");
});

test("a visit whose day is over is asked about as always", async () => {
  const listed = await run.openListed();
  const first = ranked(listed, 1);
  await run.choose(first.id);
  await run.accept(first.id, "2026-11-24");
  run.clock.advance({ days: 1, hours: 1 });
  await decided(first.providerId, "closed");
  const events = (await run.told(listed.id)).map(({ event }) => event);
  expect(events).not.toContain("engagement.in-doubt");
});

test("news that has been overtaken changes nothing, and repeated news nothing more", async () => {
  const listed = await run.openListed();
  const first = ranked(listed, 1);
  await run.choose(first.id);
  const late = run.decide(first.providerId, "suspended");
  run.decide(first.providerId, "verified");
  await late();
  await run.settle();
  expect(ranked(await run.read(listed.id), 1).state).toBe("asked");

  const again = run.decide(first.providerId, "suspended");
  await again();
  await run.settle();
  const before = [await run.read(listed.id), await run.told(listed.id)];
  await again();
  await run.settle();
  expect([await run.read(listed.id), await run.told(listed.id)]).toEqual(before);
  expect(await run.used(ranked(listed, 2).offerId)).toBe(1);
});

test("a search that found them just before does not put them on a list", async () => {
  const [gone, here] = [candidate({ distanceKm: 2 }), candidate({ distanceKm: 20 })];
  run.catalog.near = [gone, here];
  run.catalog.beforeAnswer = async () => {
    run.catalog.beforeAnswer = async () => {};
    run.catalog.near = [here];
    await run.decide(gone.providerId, "suspended")();
    await vi.waitFor(async () => {
      const [waiting] = await run.owner.sql`
        select 1 from events.deliveries
        where event = 'provider.decided' and subscriber = 'matching' and handled_at is null`;
      expect(waiting).toBeUndefined();
    }, 20_000);
  };
  const listed = await run.openListed();
  expect(listed.matches.map(({ providerId }) => providerId)).toEqual([here.providerId]);
});

test("a choice and a suspension at the same moment leave nobody asked who is gone", async () => {
  const listed = await run.openListed();
  const first = ranked(listed, 1);
  const suspended = run.decide(first.providerId, "suspended");
  await Promise.all([run.choose(first.id).catch(() => {}), suspended().then(() => run.settle())]);
  await run.settle();
  expect(ranked(await run.read(listed.id), 1).state).toBe("declined");
  expect(await run.used(first.offerId)).toBe(0);
});
