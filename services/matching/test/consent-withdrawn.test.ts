import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, startMatching, type MatchingRun } from "./matching-run.ts";

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

async function withdraw(personId: string): Promise<void> {
  run.consents.without.add(personId);
  await run.consents.tellWithdrawn(personId);
  await run.settle();
}

test("what somebody has open is called off as if they had, and providers get the place back", async () => {
  const asked = await run.openListed();
  const agreed = await run.openListed({ personId: asked.personId, districtCode: "220101" });
  const others = await run.openListed();
  const [first, second] = [ranked(asked, 1), ranked(agreed, 2)];
  await run.choose(first.id);
  await run.choose(second.id);
  await run.accept(second.id);
  await withdraw(asked.personId);
  for (const [request, match] of [
    [asked, first],
    [agreed, second],
  ] as const) {
    expect((await run.read(request.id)).state).toBe("cancelled");
    expect((await run.told(request.id)).at(-1)).toEqual({
      event: "request.cancelled",
      payload: { requestId: request.id, matchId: match.id },
    });
    expect(await run.used(match.offerId)).toBe(0);
  }
  expect((await run.read(others.id)).state).toBe("listed");
});

test("an agent who withdraws is asked nothing more, and what they agreed to is looked at by a person", async () => {
  const [asking, visited] = [await run.openListed(), await run.openListed()];
  const first = ranked(asking, 1);
  await run.choose(first.id);
  await run.choose(ranked(visited, 1).id);
  await run.accept(ranked(visited, 1).id);
  await withdraw(first.providerPersonId);
  const after = await run.read(asking.id);
  expect(after.matches.map(({ state }) => state)).toEqual(["declined", "asked"]);
  expect((await run.standing(first.providerId))?.["asks"]).toBe(1);
  expect((await run.read(visited.id)).state).toBe("agreed");
  expect((await run.told(visited.id)).at(-1)?.event).toBe("engagement.in-doubt");
});

test("another purpose changes nothing, nor a withdrawal after which they agreed again", async () => {
  const listed = await run.openListed();
  run.consents.without.add(listed.personId);
  await run.consents.tellWithdrawn(listed.personId, "bulletins");
  await run.settle();
  expect((await run.read(listed.id)).state).toBe("listed");
  run.consents.without.delete(listed.personId);
  await run.consents.tellWithdrawn(listed.personId);
  await run.settle();
  expect((await run.read(listed.id)).state).toBe("listed");
});

test("told twice it is done once, also of somebody who has been erased since", async () => {
  const listed = await run.openListed();
  run.consents.erased.add(listed.personId);
  await run.consents.tellWithdrawn(listed.personId);
  await run.consents.tellWithdrawn(listed.personId);
  await run.settle();
  const told = (await run.told(listed.id)).filter(({ event }) => event === "request.cancelled");
  expect(told).toHaveLength(1);
  const parked = await run.owner.sql`
      select 1 from events.deliveries where handled_at is null and subscriber = 'matching'`;
  expect(parked).toHaveLength(0);
});
