import { randomUUID } from "node:crypto";
import { matchingPersonalData } from "@minka/contracts/personal-data";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, startMatching, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
beforeAll(async () => void (run = await startMatching()));
afterAll(() => run.stop());

const rosa = randomUUID();
const rosasProvider = randomUUID();
beforeEach(() => {
  const own = { providerPersonId: rosa, providerId: rosasProvider, providerName: "Rosa Tuanama Shupingahua" };
  Object.assign(run.catalog, {
    near: [
      candidate({ ...own, distanceKm: 2 }),
      candidate({ distanceKm: 20, providerName: "Segundo" }),
      candidate({ distanceKm: 50, providerName: "Elva" }),
    ],
    far: [],
  });
});

function order(personId: string, names: string[] = [], providerIds: string[] = []) {
  return {
    personId,
    phones: [],
    sharedPhones: [],
    names,
    documents: [],
    askedAt: run.clock().toISOString(),
    tell: true,
    acquaintances: [],
    providerIds,
  };
}
const eraseRosa = () =>
  run.callAs("profiles")(
    matchingPersonalData.eraseData,
    { body: order(rosa, ["Rosa Tuanama Shupingahua"], [rosasProvider]) },
    { trace: "erasure" },
  );
const erase = (personId: string) =>
  run.callAs("profiles")(matchingPersonalData.eraseData, { body: order(personId) }, { trace: "erasure" });

test("an erased requester's open requests end, the provider has the place back and is told", async () => {
  const listed = await run.openListed();
  const match = ranked(listed, 2);
  await run.choose(match.id);
  await run.accept(match.id);
  const answer = await erase(listed.personId);
  expect(answer.acquaintances).toContain(rosa);
  expect((await run.read(listed.id)).state).toBe("cancelled");
  expect(await run.used(match.offerId)).toBe(0);
  expect((await run.told(listed.id)).at(-1)).toEqual({
    event: "request.cancelled",
    payload: { requestId: listed.id, matchId: match.id },
  });
});

test("a rating stays when who gave it is erased", async () => {
  const listed = await run.openListed();
  const match = ranked(listed, 2);
  await run.choose(match.id);
  await run.accept(match.id);
  const { engagement } = await run.read(listed.id);
  await run.report(engagement?.id ?? "", "done");
  await run.rate(engagement?.id ?? "", 4);
  await erase(listed.personId);
  expect((await run.read(listed.id)).engagement).toMatchObject({ state: "done", score: 4 });
  expect(await run.standing(match.providerId)).toMatchObject({ ratings: 1, rating_sum: 4 });
});

test("an erased provider loses their name in every list, and the next one is asked", async () => {
  const listed = await run.openListed();
  await run.choose(ranked(listed, 1).id);
  await eraseRosa();
  const after = await run.read(listed.id);
  expect(ranked(after, 1)).toMatchObject({ providerName: "Proveedor retirado", state: "declined" });
  expect(ranked(after, 2)).toMatchObject({ providerName: "Segundo", state: "asked" });
});

test("a visit that an erased provider had promised goes to the next", async () => {
  const listed = await run.openListed();
  await run.choose(ranked(listed, 1).id);
  await run.accept(ranked(listed, 1).id);
  await eraseRosa();
  const after = await run.read(listed.id);
  expect(after.state).toBe("asking");
  expect(ranked(after, 2).state).toBe("asked");
});

test("a list on which an erased provider was the only one is searched on", async () => {
  run.catalog.near.splice(1);
  const listed = await run.openListed();
  await eraseRosa();
  await run.settle();
  expect((await run.read(listed.id)).state).toBe("with_operator");
});

test("who is erased is never asked again, though the one after them does not come", async () => {
  const listed = await run.openListed();
  const second = ranked(listed, 2);
  await run.choose(second.id);
  await run.accept(second.id);
  await eraseRosa();
  const { engagement } = await run.read(listed.id);
  run.clock.advance({ days: 3 });
  await run.report(engagement?.id ?? "", "no_show");
  expect(ranked(await run.read(listed.id), 1).state).toBe("declined");
  expect(ranked(await run.read(listed.id), 3).state).toBe("asked");
});

test("erasing again changes nothing and answers the same", async () => {
  const listed = await run.openListed();
  const first = await eraseRosa();
  const before = await run.told(listed.id);
  expect(await eraseRosa()).toEqual(first);
  expect(await run.told(listed.id)).toEqual(before);
});

test("what is held on a person holds nobody else's name that they were not shown", async () => {
  const listed = await run.openListed();
  await run.choose(ranked(listed, 1).id);
  const { personId, askedAt: _, tell: __, acquaintances: ___, providerIds: ____, ...who } = order(rosa);
  const { sections } = await run.callAs("profiles")(
    matchingPersonalData.exportData,
    { body: { personId, ...who } },
    { trace: "export" },
  );
  expect(sections["asksReceived"]).toContainEqual(
    expect.objectContaining({ state: "asked", need: expect.objectContaining({ kind: "assistance" }) }),
  );
  expect(JSON.stringify(sections)).not.toContain("Segundo");
  expect(JSON.stringify(sections)).not.toContain(listed.personId);
});
